/** What was measured, as the docs show it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  breakageFigures,
  type CorpusFigures,
  type Counts,
  corpusFigures,
  isSeen,
  meanRate,
  total,
  type WayFigures,
} from "./figures";

const FILE = join(__dirname, "results.json");

/** Of each way, every so many breakages are enough to see that the results are out of date. */
export const STEP = 11;

export interface Results {
  readonly corpus: Readonly<Record<keyof CorpusFigures, number>>;
  readonly groups: Readonly<Record<string, Counts>>;
  readonly unseen: Counts;
  readonly meanRate: number;
  readonly wrongFixes: number;
  /** The breakages that a test makes again. */
  readonly sample: Counts;
}

function resultsOf(corpus: CorpusFigures, ways: readonly WayFigures[], sample: Counts): Results {
  const seen = ways.filter(isSeen);
  const groups = [...new Set(ways.map(({ group }) => group))];
  return {
    corpus: corpusNumbers(corpus),
    groups: Object.fromEntries(
      groups.map((name) => [name, total(seen.filter(({ group }) => group === name))]),
    ),
    unseen: total(ways.filter((one) => !isSeen(one))),
    meanRate: meanRate(seen),
    wrongFixes: ways.flatMap(({ wrongFixes }) => wrongFixes).length,
    sample,
  };
}

export function corpusNumbers({ refused, warned, misjudged, ...others }: CorpusFigures): Results["corpus"] {
  return {
    ...others,
    refused: refused.length,
    warned: warned.length,
    misjudged: misjudged.length,
  };
}

/** Measures all, and saves it. */
export function measure(): { readonly corpus: CorpusFigures; readonly ways: readonly WayFigures[] } {
  const [corpus, ways] = [corpusFigures(), breakageFigures()];
  const results = resultsOf(corpus, ways, total(breakageFigures(STEP)));
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  return { corpus, ways };
}

export function savedResults(): Results {
  if (!existsSync(FILE)) throw new Error('Nothing was measured yet: run "npm run rules:figures".');
  return JSON.parse(readFileSync(FILE, "utf8")) as Results;
}
