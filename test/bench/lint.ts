import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, typicalRun } from "./command";

/** What a lint of many URLs costs. */
export interface LintCost {
  /** What holds the URLs. */
  readonly source: string;
  readonly urls: number;
  readonly medianSeconds: number;
  readonly limitSeconds: number;
  readonly peakMegabytes: number;
  readonly limitMegabytes: number;
}

const URLS = 100_000;
const RUNS = 3;

// Every tenth URL has two mistakes: no network's list is wrong everywhere, and none is right.
const urls = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const clickId = at % 10 === 0 ? "{clickid}" : "#s2#";
    return `https://track${at % 50}.partner.net/pb?cid=${clickId}&payout=#price#&x=${at}`;
  });

const SOURCES: Readonly<Record<string, (count: number) => string>> = {
  "a file of lines": (count) => urls(count).join("\n"),
  "a CSV": (count) =>
    [
      "affiliate_id,offer_id,postback_url",
      ...urls(count).map((url, at) => `${1 + (at % 500)},${at + 1},${url}`),
    ].join("\n"),
};

/** Checks 100,000 URLs, each time in a fresh process. */
export function lintCosts(): LintCost[] {
  const folder = mkdtempSync(join(tmpdir(), "cake-bench-"));
  try {
    return Object.entries(SOURCES).map(([source, textOf]) => {
      const file = join(folder, "urls");
      writeFileSync(file, textOf(URLS));
      const cost = typicalRun(RUNS, () => runCommand("lint", file));
      return { source, urls: URLS, ...cost, limitSeconds: 5, limitMegabytes: 300 };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
