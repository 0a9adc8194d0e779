import { describe, expect, it } from "vitest";
import { Pace, type Turn } from "../../../provider/http/pace";
import { byHand, FakeClock, settled, Timeline } from "./fakeClock";

/** A pace, and tasks that end when the test says so. */
function paceOf(atOnce: number, perSecond = 1_000) {
  const clock = new FakeClock();
  const pace = new Pace({ atOnce, perSecond }, clock);
  const started: number[] = [];
  const task = (name: number, turn?: Turn) => {
    const end = byHand();
    const done = pace.run(() => {
      started.push(name);
      return end.promise;
    }, turn);
    return { end: end.resolve, fail: end.reject, done };
  };
  return { clock, pace, started, task };
}

describe("the number of calls in flight", () => {
  it("stays at the limit, and the others follow in their order as places become free", async () => {
    const { started, task } = paceOf(2);
    const tasks = [1, 2, 3, 4].map((name) => task(name));
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

describe("the number of calls in a second", () => {
  it("lets the 21 pages of ten thousand rows go without a wait", async () => {
    const { clock, pace } = paceOf(4, 20);
    await Promise.all(Array.from({ length: 21 }, () => pace.run(async () => undefined)));
    expect(clock.pauses).toEqual([]);
  });

  it("is kept by any number of calls, which wait and do not fail", async () => {
    const clock = new Timeline();
    const pace = new Pace({ atOnce: 8, perSecond: 20 }, clock);
    const call = () => pace.run(() => clock.sleep(100));
    await clock.until(Promise.all(Array.from({ length: 1_000 }, call)));
    // 40 at once, 960 at 20 in a second, and the last one's own time.
    expect(clock.elapsed).toBe(48_000 + 100);
  });

  it("falls when the server asks to slow down, and rises again with its answers", async () => {
    const { clock, pace } = paceOf(1, 10);
    const call = () => pace.run(async () => undefined);
    pace.slowDown(clock.now());
    const timeOf = async (calls: number) => {
      const start = clock.now();
      for (let made = 0; made < calls; made += 1) await call();
      return clock.now() - start;
    };
    expect(await timeOf(10)).toBe(2_000);
    for (let answers = 0; answers < 50; answers += 1) pace.speedUp();
    expect(await timeOf(10)).toBe(1_000);
  });
});

describe("a call that goes again", () => {
  it("goes before all that have not been called yet", async () => {
    const { started, task } = paceOf(1);
    const first = task(1);
    task(2);
    task(3, { again: true });
    await settled();
    first.end();
    await settled();
    expect(started).toEqual([1, 3]);
  });
});

describe("permission", () => {
  const denied = { permit: () => expect.fail("no longer wanted") };

  it("is asked for before a call starts, and without it the next one has its place", async () => {
    const { started, task } = paceOf(1);
    await expect(task(1, denied).done).rejects.toThrow("no longer wanted");
    task(2);
    await settled();
    expect(started).toEqual([2]);
  });

  it("is asked for again at once when the pace is woken, however long the wait was to be", async () => {
    const { clock, pace, started, task } = paceOf(2);
    clock.sleep = () => new Promise(() => undefined);
    pace.holdBack(3_600_000);
    let wanted = true;
    const permit = () => {
      if (!wanted) throw new Error("no longer wanted");
    };
    const tasks = [1, 2, 3, 4].map((name) => task(name, { permit }).done.catch(({ message }) => message));
    const pause = pace.pause(3_600_000);
    await settled();
    wanted = false;
    pace.wake();
    expect(await Promise.all(tasks)).toEqual(Array(4).fill("no longer wanted"));
    await pause;
    expect(started).toEqual([]);
  });

  it("that is still given lets a woken call go on waiting", async () => {
    const { clock, pace, started, task } = paceOf(1);
    const sleeps: number[] = [];
    clock.sleep = (ms) => {
      sleeps.push(ms);
      return new Promise(() => undefined);
    };
    pace.holdBack(5_000);
    task(1);
    await settled();
    clock.time += 1_000;
    pace.wake();
    await settled();
    expect(sleeps).toEqual([5_000, 4_000]);
    expect(started).toEqual([]);
  });
});
