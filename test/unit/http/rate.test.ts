import { describe, expect, it } from "vitest";
import { Rate } from "../../../provider/http/rate";
import { FakeClock } from "./fakeClock";

function rateOf(perSecond: number) {
  const clock = new FakeClock();
  const rate = new Rate(perSecond, clock);
  /** How many calls may start within the time, each as soon as it may. */
  const starts = (ms: number) => {
    const end = clock.now() + ms;
    let count = 0;
    for (;;) {
      const wait = rate.waitMs();
      if (clock.now() + wait >= end) {
        clock.time = end;
        return count;
      }
      clock.time += wait;
      rate.take();
      count += 1;
    }
  };
  return { clock, rate, starts };
}

describe("a rate", () => {
  it("lets two seconds' worth of calls go at once, and then as many in a second as it says", () => {
    const { starts } = rateOf(20);
    expect(starts(1)).toBe(40);
    expect(starts(10_000)).toBe(200);
  });

  it("lets a burst go again after two quiet seconds, and never more than that", () => {
    const { clock, starts } = rateOf(20);
    starts(1);
    clock.time += 1_000;
    expect(starts(1)).toBe(20);
    clock.time += 3_600_000;
    expect(starts(1)).toBe(40);
  });

  it("holds for one call in a second, too", () => {
    const { starts } = rateOf(1);
    expect(starts(1)).toBe(2);
    expect(starts(10_000)).toBe(10);
  });
});

describe("a throttle", () => {
  it("halves the rate and ends the burst", () => {
    const { clock, rate, starts } = rateOf(20);
    rate.lower(clock.now());
    expect(starts(10_001)).toBe(100);
  });

  it("counts once for the calls that were under way together", () => {
    const { clock, rate, starts } = rateOf(20);
    const startedAt = clock.now();
    clock.time += 100;
    for (let call = 0; call < 8; call += 1) rate.lower(startedAt);
    expect(starts(10_001)).toBe(100);
  });

  it("of a later call halves it again, but never below one in a second", () => {
    const { clock, rate, starts } = rateOf(20);
    for (const expected of [100, 50, 25, 12, 10, 10]) {
      clock.time += 1;
      rate.lower(clock.now());
      expect(starts(10_001)).toBe(expected);
    }
  });

  it("is made good slowly, a hundredth with each answer, up to what is set", () => {
    const { clock, rate, starts } = rateOf(20);
    rate.lower(clock.now());
    for (let answers = 0; answers < 25; answers += 1) rate.raise();
    expect(starts(10_001)).toBe(150);
    for (let answers = 0; answers < 1_000; answers += 1) rate.raise();
    starts(1);
    expect(starts(10_000)).toBe(200);
  });
});
