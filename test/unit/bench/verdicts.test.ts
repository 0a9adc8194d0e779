import { describe, expect, it } from "vitest";
import { kept, keyOf, type Results, type Sample } from "../../bench/results";
import { isKept, verdictsOf } from "../../bench/verdicts";

const about = { engine: "Pulumi CLI v3", node: "20", machine: "2 cores (x), linux", day: "2026-01-01" };
const sample = (changes: Partial<Sample>): Sample => ({
  ...{ peer: "ours", size: 1_000, others: 0, latencyMs: 0, checkpoints: false, parallel: 0, operation: "up" },
  ...{
    day: "2026-01-01",
    seconds: 10,
    cpuSeconds: 9,
    programCpuSeconds: 5,
    hostMegabytes: 100,
    calls: 1_002,
  },
  ...{ apiSeconds: 0, stateBytes: 1 },
  ...changes,
});
const results = (...samples: Sample[]): Results => ({ ...about, loading: [], review: undefined, samples });
const verdict = (of: Results, what: RegExp) => verdictsOf(of).find((one) => what.test(one.what));

describe("what the benchmark finds of a promise", () => {
  it("is nothing where nothing was measured", () => {
    expect(verdictsOf(results())).toEqual([]);
  });

  it("is missed by one call more", () => {
    expect(isKept(results(sample({})))).toBe(true);
    expect(isKept(results(sample({ calls: 1_003 })))).toBe(false);
  });

  it("is missed by a lint that takes too long or too much memory, and by a URL that takes too long", () => {
    const limits = { limitSeconds: 5, limitMegabytes: 300 };
    const lint = (medianSeconds: number, peakMegabytes: number) => [
      { source: "a CSV", urls: 100_000, medianSeconds, peakMegabytes, ...limits },
    ];
    const rules = (secondsPerMegabyte: number) => ({
      ...{ microsecondsPerUrl: 20, secondsPerMegabyte, limitSecondsPerMegabyte: 1 },
    });
    const keeps = (more: Partial<Results>) => isKept({ ...results(), ...more });
    expect(keeps({ lint: lint(5, 300), rules: rules(1) })).toBe(true);
    expect(keeps({ lint: lint(5.1, 300) })).toBe(false);
    expect(keeps({ lint: lint(5, 301) })).toBe(false);
    expect(keeps({ rules: rules(1.1) })).toBe(false);
  });

  it("is the median of the runs, beside that of the empty provider", () => {
    const ours = [10, 11, 99].map((seconds) => sample({ seconds }));
    const floor = [10, 10, 10].map((seconds) => sample({ peer: "floor", seconds, calls: 0 }));
    expect(verdict(results(...ours, ...floor), /^Up of 1,000 at 0 ms/)).toMatchObject({
      measured: 1.1,
      limit: 1.05,
    });
  });

  it("is told of creates by what they take above the empty provider, with the engine's own concurrency", () => {
    const run = results(sample({ latencyMs: 100, seconds: 20 }), sample({ peer: "floor", seconds: 11 }));
    const found = verdict(run, /^Up of 1,000 at 100 ms/);
    expect(found?.measured).toBe(9);
    expect(found?.limit).toBeCloseTo(13.75);
  });
});

describe("what the benchmark finds of the plugin", () => {
  const starts = (cpuSeconds: number, megabytes = 60) => ({
    dynamic: { cpuSeconds: 0.8, megabytes: 130 },
    plugin: { cpuSeconds, megabytes },
  });

  it("is missed by more processor time in a refresh or a destroy than the dynamic resource takes", () => {
    for (const operation of ["refresh", "destroy"] as const) {
      const ours = sample({ operation, calls: 3, cpuSeconds: 5 });
      const plugin = (cpuSeconds: number) => results(ours, sample({ ...ours, peer: "plugin", cpuSeconds }));
      expect(isKept(plugin(5))).toBe(true);
      expect(isKept(plugin(5.1))).toBe(false);
    }
  });

  it("is missed by a larger state, and by a slower or larger process at its start", () => {
    expect(isKept(results(sample({}), sample({ peer: "plugin", stateBytes: 1 })))).toBe(true);
    expect(isKept(results(sample({}), sample({ peer: "plugin", stateBytes: 2 })))).toBe(false);
    expect(isKept({ ...results(), starts: starts(0.2) })).toBe(true);
    expect(isKept({ ...results(), starts: starts(0.9) })).toBe(false);
    expect(isKept({ ...results(), starts: starts(0.2, 131) })).toBe(false);
  });

  it("is judged by the newest day, on which seconds may be missing", () => {
    const earlier = sample({ operation: "refresh", calls: 3, cpuSeconds: 99 });
    const busy = { ...earlier, day: "2026-01-02", seconds: undefined };
    const run = results(earlier, { ...busy, cpuSeconds: 5 }, { ...busy, peer: "plugin", cpuSeconds: 6 });
    expect(verdict(run, /^Plugin, refresh/)).toMatchObject({ limit: 5, measured: 6 });
  });
});

describe("the samples of earlier runs", () => {
  const saved = results(sample({}), sample({ operation: "refresh" }));

  it("stay beside new ones of something else", () => {
    const key = "ours up 1000 0 0 false 0";
    expect(kept(saved, about, new Set([key])).map(({ operation }) => operation)).toEqual(["refresh"]);
  });

  it("keep their seconds beside new ones that have none", () => {
    const anew = new Set([keyOf(sample({ seconds: undefined }))]);
    expect(kept(saved, about, anew)).toEqual(saved.samples);
  });

  it("are dropped where another engine, Node or machine measured them", () => {
    for (const other of [{ engine: "stack runner" }, { node: "24" }, { machine: "8 cores" }])
      expect(kept(saved, { ...about, ...other }, new Set())).toEqual([]);
  });
});
