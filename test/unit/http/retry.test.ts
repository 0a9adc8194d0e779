import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AttemptFailure,
  type FailedAttempt,
  type Repeat,
  retryAfterMs,
  retryDelay,
} from "../../../provider/http/retry";

const attempt = (changes: Partial<FailedAttempt> = {}): FailedAttempt => ({
  failure: "lost",
  repeat: "harmless",
  attempt: 1,
  remainingMs: 300_000,
  ...changes,
});

describe("whether a failed attempt is repeated", () => {
  const table: readonly [Repeat, AttemptFailure, number, boolean][] = [
    ["harmless", "unreached", 1, true],
    ["harmless", "unreached", 3, true],
    ["harmless", "unreached", 4, false],
    ["harmless", "lost", 1, true],
    ["harmless", "lost", 3, true],
    ["harmless", "lost", 4, false],
    ["harmless", "throttled", 1, true],
    ["harmless", "throttled", 50, true],
    ["duplicates", "unreached", 1, true],
    ["duplicates", "unreached", 3, true],
    ["duplicates", "unreached", 4, false],
    ["duplicates", "lost", 1, false],
    ["duplicates", "throttled", 1, true],
    ["duplicates", "throttled", 50, true],
  ];

  it.each(table)("a request that %s, %s, attempt %i: %s", (repeat, failure, number, again) => {
    const delay = retryDelay(attempt({ repeat, failure, attempt: number }), 0.5);
    expect(delay !== "stop").toBe(again);
  });
});

describe("how long it waits", () => {
  it.each([
    ["lost", 1, 500],
    ["lost", 2, 1_000],
    ["lost", 3, 2_000],
    ["unreached", 1, 500],
    ["throttled", 1, 1_000],
    ["throttled", 2, 2_000],
    ["throttled", 6, 20_000],
    ["throttled", 2_000, 20_000],
  ] as const)("%s, attempt %i: up to %i ms, any part of it by chance", (failure, number, most) => {
    const failed = attempt({ failure, attempt: number });
    expect(retryDelay(failed, 0)).toBe(0);
    expect(retryDelay(failed, 0.5)).toBe(most / 2);
    expect(retryDelay(failed, 1)).toBe(most);
  });

  it("is at least what the server asks for", () => {
    expect(retryDelay(attempt({ failure: "throttled", retryAfterMs: 7_000 }), 0)).toBe(7_000);
    expect(retryDelay(attempt({ failure: "throttled", retryAfterMs: 100 }), 1)).toBe(1_000);
  });

  it("gives up where the server asks for more than is left", () => {
    expect(retryDelay(attempt({ failure: "throttled", retryAfterMs: 7_000, remainingMs: 7_001 }), 0)).toBe(
      7_000,
    );
    expect(retryDelay(attempt({ failure: "throttled", retryAfterMs: 7_000, remainingMs: 7_000 }), 0)).toBe(
      "stop",
    );
  });
});

describe("the decision, whatever happens", () => {
  const failures = fc.record({
    failure: fc.constantFrom<AttemptFailure>("unreached", "throttled", "lost"),
    repeat: fc.constantFrom<Repeat>("harmless", "duplicates"),
    attempt: fc.integer({ min: 1, max: 5_000 }),
    retryAfterMs: fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined }),
    remainingMs: fc.integer({ min: -1_000, max: 3_600_000 }),
  });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it("never repeats a create whose request may have arrived", () => {
    fc.assert(
      fc.property(failures, chance, (failed, random) => {
        const lost = { ...failed, repeat: "duplicates", failure: "lost" } as const;
        expect(retryDelay(lost, random)).toBe("stop");
      }),
      { seed: 1 },
    );
  });

  it("never waits longer than what is left, nor shorter than asked", () => {
    fc.assert(
      fc.property(failures, chance, (failed, random) => {
        const delay = retryDelay(failed, random);
        if (delay === "stop") return;
        expect(delay).toBeLessThan(failed.remainingMs);
        expect(delay).toBeGreaterThanOrEqual(failed.retryAfterMs ?? 0);
      }),
      { seed: 2 },
    );
  });

  it("ends: no failure but throttling is repeated more than three times", () => {
    fc.assert(
      fc.property(failures, chance, (failed, random) => {
        fc.pre(failed.failure !== "throttled" && failed.attempt >= 4);
        expect(retryDelay(failed, random)).toBe("stop");
      }),
      { seed: 3 },
    );
  });
});

describe("Retry-After", () => {
  /** The server's own clock, whatever this machine's says. */
  const DATE = "Tue, 01 Jan 2030 00:00:00 GMT";

  it.each([
    [null, undefined],
    ["", undefined],
    ["  ", undefined],
    ["0", 0],
    ["2", 2_000],
    ["1.5", 1_500],
    ["-3", 0],
    ["soon", undefined],
    ["Infinity", undefined],
    ["NaN", undefined],
    ["0x10", undefined],
    ["1e3", undefined],
    ["9".repeat(400), undefined],
    ["retry 5", undefined],
    [" 7 ", 7_000],
    ["31536000", 31_536_000_000],
    ["Tuesday, 01-Jan-30 00:00:30 GMT", 30_000],
    ["Tue Jan  1 00:00:30 2030 GMT", 30_000],
    ["Thu, 01 Jan 2032 00:00:00 GMT", 63_072_000_000],
    ["Tue, 99 Jan 2030 00:00:30 GMT", undefined],
    ["Tue, 01 Jan 2030 00:00:30 GMT", 30_000],
    ["Mon, 31 Dec 2029 23:59:30 GMT", 0],
  ])("%j is %s ms", (header, ms) => {
    expect(retryAfterMs(header, DATE)).toBe(ms);
  });

  it.each([null, "soon"])("that is a date says nothing where the server tells its time as %j", (date) => {
    expect(retryAfterMs("Tue, 01 Jan 2030 00:00:30 GMT", date)).toBeUndefined();
    expect(retryAfterMs("30", date)).toBe(30_000);
  });

  it("never makes a wait that is negative or no number", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), (header) => {
        const ms = retryAfterMs(header, DATE);
        if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
      }),
      { seed: 4 },
    );
  });
});
