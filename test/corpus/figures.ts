/** How the rules do on the corpus and on its breakages. */
import type { EvaluatedFinding } from "../../provider/postback/rules/evaluate";
import {
  badSamples,
  differences,
  findingsIn,
  goodSamples,
  inShort,
  publishedSamples,
  type Sample,
} from "../unit/postback/rules/support";
import { type Breakage, breakagesBy, WAYS } from "./breakages";
import { changesForPartner } from "./receiver";
import type { Way } from "./way";

export interface CorpusFigures {
  readonly good: number;
  readonly published: number;
  readonly bad: number;
  /** Good URLs in which an error is found. */
  readonly refused: readonly Sample[];
  /** Good URLs in which anything is found. */
  readonly warned: readonly Sample[];
  /** Bad URLs in which not all is found that is wanted, or something else. */
  readonly misjudged: readonly Sample[];
}

/** The breakages of one way. */
export interface WayFigures extends Counts {
  readonly group: string;
  readonly name: string;
  /** Why nobody could see them in the URL alone, if that is so. */
  readonly unseen: string | undefined;
  readonly missed: readonly Breakage[];
  /** Fixes that lead to a URL in which nothing is found any more, and that the partner still cannot use. */
  readonly wrongFixes: readonly string[];
}

export interface Counts {
  readonly made: number;
  /** Those that change what the partner receives. */
  readonly changing: number;
  /** Those of them in which a rule finds something that it does not find in the good URL. */
  readonly caught: number;
  /** The fixes that are offered for them. */
  readonly fixes: number;
}

export function corpusFigures(): CorpusFigures {
  return {
    good: goodSamples.length,
    published: publishedSamples.length,
    bad: badSamples.length,
    refused: goodSamples.filter((sample) => findingsIn(sample).some(({ severity }) => severity === "error")),
    warned: goodSamples.filter((sample) => findingsIn(sample).length > 0),
    misjudged: badSamples.filter((sample) => differences(sample, findingsIn(sample)).length > 0),
  };
}

/** The breakages of every way; with a step of n, every n-th of them. */
export function breakageFigures(step = 1): WayFigures[] {
  const known = new Map(goodSamples.map((good) => [good, new Set(inShort(findingsIn(good)))]));
  return Object.entries(WAYS).flatMap(([group, ways]) =>
    ways.map((way) => ({ group, name: way.name, unseen: way.unseen, ...wayFigures(way, step, known) })),
  );
}

function wayFigures(
  way: Way,
  step: number,
  known: ReadonlyMap<Sample, ReadonlySet<string>>,
): Omit<WayFigures, "group" | "name" | "unseen"> {
  const made = breakagesBy(way, step);
  const changing = made
    .filter(({ isChange }) => isChange)
    .map((breakage) => ({ breakage, findings: findingsIn({ ...breakage.good, url: breakage.url }) }));
  const isClean = (good: Sample, findings: readonly EvaluatedFinding[]) =>
    inShort(findings).every((one) => known.get(good)?.has(one));
  const missed = changing.filter(({ breakage, findings }) => isClean(breakage.good, findings));
  const fixes = changing.flatMap(({ breakage: { good, url }, findings }) =>
    [...new Set(findings.flatMap(({ fixed }) => fixed ?? []))].map((fixed) => ({ good, url, fixed })),
  );
  return {
    made: made.length,
    changing: changing.length,
    caught: changing.length - missed.length,
    missed: missed.map(({ breakage }) => breakage),
    fixes: fixes.length,
    wrongFixes: fixes
      .filter(({ good, fixed }) => changesForPartner(good, fixed))
      .filter(({ good, fixed }) => isClean(good, findingsIn({ ...good, url: fixed })))
      .map(({ url, fixed }) => `${url} → ${fixed}`),
  };
}

/** The breakages that somebody could see in the URL. */
export function isSeen({ unseen }: Pick<WayFigures, "unseen">): boolean {
  return unseen === undefined;
}

export function total(figures: readonly Counts[]): Counts {
  const sum = (of: (one: Counts) => number) => figures.reduce((all, one) => all + of(one), 0);
  return {
    made: sum(({ made }) => made),
    changing: sum(({ changing }) => changing),
    caught: sum(({ caught }) => caught),
    fixes: sum(({ fixes }) => fixes),
  };
}

/** The rate of caught breakages if each way counts the same, however many places it has. */
export function meanRate(figures: readonly Counts[]): number {
  const rates = figures
    .filter(({ changing }) => changing > 0)
    .map(({ caught, changing }) => caught / changing);
  return rates.reduce((all, one) => all + one, 0) / rates.length;
}
