import { describe, expect, it } from "vitest";
import { Pace } from "../../../provider/http/pace";
import { byHand, FakeClock, settled } from "./fakeClock";

/** A pace, and tasks that end when the test says so. */
function paceOf(atOnce: number) {
  const clock = new FakeClock();
  const pace = new Pace({ atOnce }, clock);
  const started: number[] = [];
  const task = (name: number) => {
    const end = byHand();
    const done = pace.run(() => {
      started.push(name);
      return end.promise;
    });
    return { end: end.resolve, fail: end.reject, done };
  };
  return { clock, pace, started, task };
}

describe("the number of calls in flight", () => {
  it("stays at the limit, and the others follow in their order as places become free", async () => {
    const { started, task } = paceOf(2);
    const tasks = [1, 2, 3, 4].map(task);
    await settled();
    expect(started).toEqual([1, 2]);
    tasks[1]?.end();
    await settled();
    expect(started).toEqual([1, 2, 3]);
    tasks[0]?.end();
    await settled();
    expect(started).toEqual([1, 2, 3, 4]);
  });

  it("frees the place of a call that fails", async () => {
    const { started, task } = paceOf(1);
    const first = task(1);
    task(2);
    await settled();
    first.fail(new Error("no"));
    await expect(first.done).rejects.toThrow("no");
    await settled();
    expect(started).toEqual([1, 2]);
  });

  it("is not exceeded by one that comes while another leaves, or after it", async () => {
    const { started, task } = paceOf(1);
    const first = task(1);
    task(2);
    await settled();
    first.end();
    task(3);
    await settled();
    task(4);
    await settled();
    expect(started).toEqual([1, 2]);
  });

  it("answers what the call answers", async () => {
    const { pace } = paceOf(1);
    expect(await pace.run(async () => "answer")).toBe("answer");
  });
});

describe("holding back", () => {
  it("makes every call wait that has not started", async () => {
    const { clock, pace, started, task } = paceOf(2);
    const start = clock.now();
    pace.holdBack(5_000);
    task(1);
    task(2);
    await settled();
    expect(clock.now() - start).toBe(5_000);
    expect(started.sort()).toEqual([1, 2]);
  });

  it("keeps the longest of several requests to wait", async () => {
    const { clock, pace, task } = paceOf(1);
    pace.holdBack(5_000);
    pace.holdBack(1_000);
    task(1);
    await settled();
    expect(clock.pauses).toEqual([5_000]);
  });

  it("goes on waiting where a further one comes meanwhile", async () => {
    const { clock, pace, started, task } = paceOf(1);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms) => {
      if (clock.pauses.length === 0) pace.holdBack(ms + 2_000);
      return sleep(ms);
    };
    pace.holdBack(5_000);
    task(1);
    await settled();
    expect(clock.pauses).toEqual([5_000, 2_000]);
    expect(started).toEqual([1]);
  });

  it("costs nothing when the time is over", async () => {
    const { clock, pace, task } = paceOf(1);
    pace.holdBack(5_000);
    clock.time += 5_000;
    task(1);
    await settled();
    expect(clock.pauses).toEqual([]);
  });
});
