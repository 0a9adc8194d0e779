import { describe, expect, it } from "vitest";
import { breakageFigures, corpusFigures, isSeen, meanRate, total } from "../../corpus/figures";
import { corpusNumbers, STEP, savedResults } from "../../corpus/results";

const corpus = corpusFigures();
const ways = breakageFigures(STEP);

describe("the rules", () => {
  it("refuse no good URL", () => {
    expect(corpus.refused.map(({ url }) => url)).toEqual([]);
  });

  it("warn about at most one in 200 good URLs", () => {
    const urls = corpus.warned.map(({ url }) => url);
    expect(urls.length, urls.join("\n")).toBeLessThanOrEqual(corpus.good / 200);
  });

  it("catch at least 95 of 100 breakages that change what the partner receives", () => {
    const { caught, changing } = total(ways.filter(isSeen));
    expect(caught / changing).toBeGreaterThanOrEqual(0.95);
  });
});

describe("the fixes", () => {
  it("lead at most one in 100 times to a wrong URL in which nothing is found", () => {
    const wrong = ways.flatMap(({ wrongFixes }) => wrongFixes);
    expect(wrong.length, wrong.slice(0, 20).join("\n")).toBeLessThanOrEqual(total(ways).fixes / 100);
  });
});

describe("the figures", () => {
  it("count each way the same in the mean", () => {
    const counts = { made: 0, fixes: 0 };
    const ways = [
      { ...counts, changing: 1000, caught: 1000 },
      { ...counts, changing: 10, caught: 5 },
      { ...counts, changing: 0, caught: 0 },
    ];
    expect(meanRate(ways)).toBe(0.75);
  });
});

describe("the saved figures", () => {
  it("are those of today's rules", () => {
    const { corpus: numbers, sample } = savedResults();
    const now = { corpus: corpusNumbers(corpus), sample: total(ways) };
    expect(now, 'run "npm run docs"').toEqual({ corpus: numbers, sample });
  });
});
