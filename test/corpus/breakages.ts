/** Every known way to break a good URL, at every place. */
import { goodSamples, type Sample } from "../unit/postback/rules/support";
import { cut } from "./cut";
import { changesForPartner, received } from "./receiver";
import type { Way } from "./way";
import { blankWays } from "./ways/blank";
import { doubleWays } from "./ways/double";
import { dropWays } from "./ways/drop";
import { foreignWays } from "./ways/foreign";
import { glueWays } from "./ways/glue";
import { letterWays } from "./ways/letter";
import { quoteWays } from "./ways/quote";
import { rewriteWays } from "./ways/rewrite";
import { swapWays } from "./ways/swap";
import { writeWays } from "./ways/write";

export interface Breakage {
  readonly good: Sample;
  readonly url: string;
  /** Whether the partner receives something else than from the good URL. */
  readonly isChange: boolean;
}

/** The ways, by what they have in common. */
export const WAYS: Readonly<Record<string, readonly Way[]>> = {
  "Something is lost": dropWays,
  "Something is there twice": doubleWays,
  "A macro stands where another one belongs": swapWays,
  "Quotes, brackets or punctuation": quoteWays,
  "Signs are encoded or written in another way": writeWays,
  "A program rewrote the URL": rewriteWays,
  "Parts stick together": glueWays,
  "A macro, a word or a value from elsewhere": foreignWays,
  "A space or an invisible character": blankWays,
  "A letter is lost outside of macros": letterWays,
};

/** What can be broken: the good samples that are URLs, not HTML. */
const SOUND = goodSamples
  .filter(({ url }) => received(url) !== undefined)
  .map((good) => ({ good, parts: cut(good) }));
const GOOD_URLS = new Set(goodSamples.map(({ url }) => url));

/** What a way makes of all good URLs; with a step of n, every n-th of it. What is good, too, is no breakage. */
export function breakagesBy(way: Way, step = 1): Breakage[] {
  return SOUND.flatMap(({ good, parts }) => [...new Set(way.broken(parts))].map((url) => ({ good, url })))
    .filter(({ url }) => !GOOD_URLS.has(url))
    .filter((_, index) => index % step === 0)
    .map(({ good, url }) => ({ good, url, isChange: changesForPartner(good, url) }));
}
