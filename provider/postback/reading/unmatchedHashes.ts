import { tokenizeMacros } from "../macros";
import { type UrlComponent, UrlReading } from "./reading";

/** A hash that belongs to no macro. */
export interface UnmatchedHash {
  readonly component: UrlComponent;
  /** The hash with the words next to it. */
  readonly text: string;
  /** Whether it is left of a macro, rather than the beginning of a fragment. */
  readonly isTorn: boolean;
}

/**
 * The hashes of a URL that belong to no macro. Other rules find the hashes of HTML entities (`&#38;`) and of macros
 * that are half encoded (`%23s2#`).
 */
export function unmatchedHashes(reading: UrlReading, macros: ReadonlySet<string>): UnmatchedHash[] {
  // Nearly all URLs have two hashes for each macro.
  if (countHashes(reading.url) === 2 * reading.macros.length) return [];
  const plain = withPlainHashes(reading, macros);
  return (plain === reading.url ? reading : new UrlReading(plain)).components
    .filter(({ text }) => !/^#x?[0-9a-f]{1,7};/i.test(text))
    .flatMap((component) => unmatchedHashesIn(component, macros));
}

function countHashes(text: string): number {
  let count = 0;
  for (let at = text.indexOf("#"); at !== -1; at = text.indexOf("#", at + 1)) count++;
  return count;
}

function unmatchedHashesIn(component: UrlComponent, macros: ReadonlySet<string>): UnmatchedHash[] {
  const valueAt = component.kind === "parameter" ? component.text.indexOf("=") + 1 : -1;
  const tokens = tokenizeMacros(component.text);
  return tokens.flatMap(({ text, at, macro }, index) => {
    if (macro !== undefined) return [];
    const parts = text.split("#");
    let hashAt = at - 1;
    return parts.slice(1).map((after, nth) => {
      const before = parts[nth] ?? "";
      hashAt += before.length + 1;
      const words = [wordAtEnd(before), wordAtStart(after)];
      const isBesideMacro =
        (hashAt === at && index > 0) || (hashAt === at + text.length - 1 && index < tokens.length - 1);
      const isTorn =
        isBesideMacro || hashAt === valueAt || words.some((word) => macros.has(word.toLowerCase()));
      return { component, text: words.join("#"), isTorn };
    });
  });
}

/** No name of a macro is longer. Without a limit, the search for a word at the end would try each of its letters. */
const MAX_LENGTH = 40;

function wordAtEnd(text: string): string {
  return /\w*$/.exec(text.slice(-MAX_LENGTH))?.[0] ?? "";
}

function wordAtStart(text: string): string {
  return /^\w*/.exec(text.slice(0, MAX_LENGTH))?.[0] ?? "";
}

/** A name between two hashes, at least one of which is percent-encoded, maybe more than once. */
const ESCAPED = /#\w+%(?:25)*23|%(?:25)*23\w+(?:#|%(?:25)*23)/gi;

/** The macros whose hashes are percent-encoded, as they are spelled. */
export function escapedMacrosIn(text: string, macros: ReadonlySet<string>): string[] {
  return tokenizeMacros(text)
    .flatMap(({ text, macro }) => (macro === undefined ? (text.match(ESCAPED) ?? []) : []))
    .filter((found) => macros.has(nameOf(found).toLowerCase()));
}

/** The URL with the hashes of known macros decoded. */
export function withPlainHashes({ tokens }: UrlReading, macros: ReadonlySet<string>): string {
  const plain = (found: string) => (macros.has(nameOf(found).toLowerCase()) ? `#${nameOf(found)}#` : found);
  return tokens
    .map(({ text, macro }) => (macro === undefined ? text.replace(ESCAPED, plain) : text))
    .join("");
}

function nameOf(escaped: string): string {
  return escaped.replace(/^(?:#|%(?:25)*23)|(?:#|%(?:25)*23)$/gi, "");
}
