import { describe, expect, it } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { EngineGone } from "../../../provider/lifecycle/errors";
import { messages } from "../../../provider/lifecycle/messages";
import { notice } from "../../../provider/message";
import {
  callsOf,
  entriesIn,
  failure,
  inputsOf,
  OTHER_URN,
  opened,
  rowOf,
  startCake,
  stateOf,
  URN,
} from "./support";

const gone = () => new EngineGone(messages.engineGone());

describe("what is said once", () => {
  it("is said once in a process, however many resources it concerns", () => {
    const { context, told } = opened();
    const [one, two] = [notice("first", "one"), notice("second", "two")];
    for (const message of [one, one, two, one]) context.logOnce("warning", message);
    context.warn(one);
    context.info(one);
    expect(told).toEqual(["one [first]", "two [second]", "one [first]", "one [first]"]);
  });
});

describe("the calendar", () => {
  it("is only asked for the day", () => {
    const { context, clock } = opened();
    clock.date = () => Date.parse("2026-12-31T23:59:59Z");
    expect(context.today).toBe("2026-12-31");
  });

  it.each([-3_600_000, 3_600_000, -360_000])("that steps by %i ms makes no call wait", async (step) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { offerId: 9 })] });
    const { context, clock } = run();
    const { date } = clock;
    await create(context, URN, inputsOf());
    clock.date = () => date.call(clock) + step;
    await create(context, OTHER_URN, inputsOf({ offerId: 1 }));
    await remove(context, "5", stateOf(rowOf(5, { offerId: 9 }), cake.domain));
    expect(Math.max(0, ...clock.pauses)).toBeLessThan(1_000);
    expect(cake.postbacks()).toHaveLength(3);
  });
});

describe("a process whose engine is gone", () => {
  it("drops what waits for its turn, and lets a write in flight come to its end", async () => {
    const { cake, run, journal } = await startCake();
    const { context } = run();
    const pause = cake.pause("create");
    const [first, second] = [URN, OTHER_URN].map((urn, offerId) =>
      create(context, urn, inputsOf({ offerId: 1 + offerId })),
    );
    const waiting = failure(second ?? Promise.resolve());
    await pause.arrived;
    const halted = context.halt(gone());
    pause.release();
    // What is in flight has been made, and what follows it can no longer be read back.
    const ended = await failure(first ?? Promise.resolve());
    await halted;
    expect(ended.message).toMatch(/engine-gone|create-not-confirmed/);
    expect((await waiting).message).toMatch(/engine-gone|stopped-by-earlier-write/);
    expect(callsOf(cake).create).toBe(1);
    expect(entriesIn(journal)).toHaveLength(1);
  });

  it("sends nothing that comes later, also where it never called before", async () => {
    const { cake, run, journal } = await startCake();
    const { context } = run();
    await context.halt(gone());
    expect((await failure(create(context, URN, inputsOf()))).message).toContain("[engine-gone]");
    expect(cake.requests).toEqual([]);
    expect(entriesIn(journal)).toEqual([]);
  });
});
