import { pieces } from "../macros";
import { type Place, placesOf } from "./places";

/** A hash that belongs to no macro. */
export interface StrayHash {
  readonly place: Place;
  /** The hash with the words beside it. */
  readonly text: string;
  /** Whether it is what is left of a macro, rather than the beginning of a fragment. */
  readonly isTorn: boolean;
}

/** The hashes of a URL that belong to no macro, those of HTML entities (`&#38;`) left out. */
export function strayHashes(url: string, macros: ReadonlySet<string>): StrayHash[] {
  return placesOf(url)
    .filter(({ text }) => !/^#x?[0-9a-f]{1,7};/i.test(text))
    .flatMap((place) => straysAt(place, macros));
}

function straysAt(place: Place, macros: ReadonlySet<string>): StrayHash[] {
  const valueAt = place.kind === "parameter" ? place.text.indexOf("=") + 1 : -1;
  const stretches = pieces(place.text);
  return stretches.flatMap(({ text, at, macro }, index) => {
    if (macro !== undefined) return [];
    const parts = text.split("#");
    let hashAt = at - 1;
    return parts.slice(1).map((after, nth) => {
      const before = parts[nth] ?? "";
      hashAt += before.length + 1;
      const words = [wordAtEnd(before), wordAtStart(after)];
      const isBesideMacro =
        (hashAt === at && index > 0) || (hashAt === at + text.length - 1 && index < stretches.length - 1);
      const isTorn =
        isBesideMacro || hashAt === valueAt || words.some((word) => macros.has(word.toLowerCase()));
      return { place, text: words.join("#"), isTorn };
    });
  });
}

/** No macro's name is longer. Without a bound, the search for a word at the end would try each of its letters. */
const LONGEST = 40;

function wordAtEnd(text: string): string {
  return /\w*$/.exec(text.slice(-LONGEST))?.[0] ?? "";
}

function wordAtStart(text: string): string {
  return /^\w*/.exec(text.slice(0, LONGEST))?.[0] ?? "";
}
