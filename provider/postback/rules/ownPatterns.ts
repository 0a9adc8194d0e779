import { createContext, Script } from "node:vm";

/** Whether a project's pattern is found in a URL; "not tried" where the pattern has used up its time before. */
type Match = "found" | "not found" | "too slow" | "not tried";

/** The patterns of a project in one run. They share nothing with other runs. */
export interface OwnPatterns {
  match(pattern: string, url: string): Match;
}

/** Milliseconds for one pattern. Others may write the URLs, and some patterns run for years on a bad one. */
interface Limits {
  readonly oneUrl: number;
  /** For all URLs of the run together. */
  readonly allUrls: number;
}

export const PATTERN_LIMITS: Limits = { oneUrl: 1_000, allUrls: 5_000 };

/** Searches URLs one after the other until the time is up, and says for each that it finished whether it was found. */
export type Search = (
  pattern: RegExp,
  urls: readonly string[],
  milliseconds: number,
) => { readonly found: readonly boolean[]; readonly milliseconds: number };

/** What starting a search costs. It is not the pattern's time, which tens of thousands of quick searches would use up. */
const FREE_MILLISECONDS = 1;

// Interrupting a match needs a thread of its own, which costs more than hundreds of usual matches.
const BATCH = 1_000;

/**
 * Matches patterns in bounded time, however many URLs there are.
 *
 * @param urls The URLs of the run in their order, if they are known. They are searched many at a time, which is much faster.
 */
export function ownPatterns(
  urls: readonly string[] = [],
  limits: Limits = PATTERN_LIMITS,
  search: Search = interruptibleSearch(),
): OwnPatterns {
  const byPattern = new Map<string, (url: string) => Match>();
  let batchFrom: BatchFrom | undefined;
  return {
    match: (pattern, url) => {
      batchFrom ??= batchesOf(urls);
      const match = byPattern.get(pattern) ?? matcherOf(pattern, batchFrom, limits, search);
      byPattern.set(pattern, match);
      return match(url);
    },
  };
}

/** A URL, and those that are probably asked for next, up to the first one that is known. */
type BatchFrom = (url: string, isKnown: (other: string) => boolean) => readonly string[];

function batchesOf(urls: readonly string[]): BatchFrom {
  const inOrder = [...new Set(urls)];
  const places = new Map(inOrder.map((url, index) => [url, index]));
  return (url, isKnown) => {
    const first = places.get(url);
    if (first === undefined) return [url];
    let end = first + 1;
    while (end < Math.min(first + BATCH, inOrder.length) && !isKnown(inOrder[end] ?? "")) end++;
    return inOrder.slice(first, end);
  };
}

function matcherOf(
  pattern: string,
  batchFrom: BatchFrom,
  { oneUrl, allUrls }: Limits,
  search: Search,
): (url: string) => Match {
  const compiled = new RegExp(pattern, "u");
  const matches = new Map<string, Match>();
  let left = allUrls;
  return (url) => {
    const known = matches.get(url);
    if (known !== undefined) return known;
    if (left < 1) return "not tried";
    const limit = Math.min(oneUrl, Math.ceil(left));
    const batch = batchFrom(url, (other) => matches.has(other));
    const { found, milliseconds } = search(compiled, batch, limit);
    if (milliseconds > FREE_MILLISECONDS) left -= milliseconds;
    for (const [index, one] of found.entries()) matches.set(batch[index] ?? url, one ? "found" : "not found");
    // Only the first one had the time for itself alone. Another one that did not finish is tried again.
    if (found.length === 0) matches.set(url, limit < oneUrl ? "not tried" : "too slow");
    return matches.get(url) ?? "not tried";
  };
}

/** Only a script of node:vm can be interrupted within a match. */
function interruptibleSearch(): Search {
  let script: Script | undefined;
  const context = {};
  return (pattern, urls, timeout) => {
    if (script === undefined) {
      script = new Script(
        "{ const [one, all] = [pattern, urls]; for (const url of all) found.push(one.test(url)); }",
      );
      createContext(context);
    }
    const found: boolean[] = [];
    Object.assign(context, { pattern, urls, found });
    const start = performance.now();
    try {
      script.runInContext(context, { timeout });
    } catch (error) {
      if (!isUnfinished(error)) throw error;
    }
    return { found, milliseconds: performance.now() - start };
  };
}

// A match that needs too much memory is one that needs too much time, too. The error belongs to the script's context, in
// which Error is another class.
function isUnfinished(error: unknown): boolean {
  const { name, code } = Object(error) as NodeJS.ErrnoException;
  return name === "RangeError" || code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
