import { describe, expect, it } from "vitest";
import { CakeError, type CakeErrorKind } from "../../../../provider/cake/errors";
import { OutcomeUnknown, PartialFailure, UnsafeOperationError } from "../../../../provider/lifecycle/errors";
import { FirstWrite } from "../../../../provider/lifecycle/safety/firstWrite";
import { notice } from "../../../../provider/message";
import { byHand, settled } from "../../http/fakeClock";
import { failure } from "../support";

const message = notice("some-code", "Why.");
const failed = (kind: CakeErrorKind, text: string) =>
  new CakeError(kind, "create", notice("some-code", text));
const REFUSED = failed("refused", "CAKE said no.");

/** Operations that end when the test says so, behind one first write. */
function behindOne() {
  const first = new FirstWrite();
  const started: string[] = [];
  const alone: string[] = [];
  const run = (name: string) => {
    const end = byHand<string>();
    const result = first.run((isAlone) => {
      started.push(name);
      if (isAlone) alone.push(name);
      return end.promise;
    });
    // What a test does not look at must not end it.
    result.catch(() => undefined);
    return { succeed: () => end.resolve(name), fail: end.reject, result };
  };
  return { first, started, alone, run };
}

describe("the first write of a kind", () => {
  it("goes alone, and when it has succeeded all others go at once", async () => {
    const { started, alone, run } = behindOne();
    const first = run("first");
    for (const name of ["a", "b", "c"]) run(name);
    await settled();
    expect(started).toEqual(["first"]);
    first.succeed();
    await settled();
    expect(started).toEqual(["first", "a", "b", "c"]);
    run("later");
    await settled();
    expect(started).toEqual(["first", "a", "b", "c", "later"]);
    expect(alone).toEqual(["first"]);
  });

  it("hands its result on", async () => {
    const { run } = behindOne();
    const first = run("first");
    first.succeed();
    expect(await first.result).toBe("first");
  });

  it.each<[string, Error]>([
    ["CAKE refused it", REFUSED],
    ["CAKE could not be reached", failed("unreached", "No way.")],
    ["CAKE asked to slow down", failed("throttled", "Later.")],
    ["nothing was sent", new UnsafeOperationError(message)],
  ])("proves nothing where %s, so the next one goes alone", async (_, error) => {
    const { started, alone, run } = behindOne();
    const first = run("first");
    const second = run("second");
    run("third");
    await settled();
    first.fail(error);
    await expect(first.result).rejects.toBe(error);
    await settled();
    expect(started).toEqual(["first", "second"]);
    second.succeed();
    await settled();
    expect(started).toEqual(["first", "second", "third"]);
    expect(alone).toEqual(["first", "second"]);
  });

  it.each<[string, Error]>([
    ["its outcome is unknown", new OutcomeUnknown(message)],
    ["its answer was lost", failed("lost", "Gone.")],
    ["its answer was a web page", failed("webPage", "Log in.")],
    ["its answer was something else", failed("unexpected", "Success.")],
    ["it did something wrong", new PartialFailure("1", {}, message)],
    ["nobody knows why it failed", new TypeError("x is not a function")],
  ])("stops the rest of its kind where %s: five of five do not go out", async (_, error) => {
    const { started, run } = behindOne();
    const five = ["first", "b", "c", "d", "e"].map(run);
    await settled();
    five[0]?.fail(error);
    for (const { result } of five.slice(1))
      expect(await failure(result)).toMatchObject({ code: "stopped-by-earlier-write" });
    expect(await failure(run("later").result)).toMatchObject({ code: "stopped-by-earlier-write" });
    expect(started).toEqual(["first"]);
  });

  it("that throws at once is no exception", async () => {
    const first = new FirstWrite();
    await expect(
      first.run(() => {
        throw REFUSED;
      }),
    ).rejects.toBe(REFUSED);
    expect(await first.run(async () => "next")).toBe("next");
  });
});

describe("a stop", () => {
  it("comes also from a later write whose outcome is unclear", async () => {
    const { started, run } = behindOne();
    run("first").succeed();
    await settled();
    const second = run("second");
    run("third");
    second.fail(new OutcomeUnknown(message));
    await failure(second.result);
    expect(await failure(run("fourth").result)).toMatchObject({ code: "stopped-by-earlier-write" });
    expect(started).toEqual(["first", "second", "third"]);
  });

  it("is not undone by a write that was under way and succeeds", async () => {
    const { first, started, run } = behindOne();
    const one = run("one");
    const waited = run("waited");
    one.succeed();
    await settled();
    const later = run("later");
    first.stop(new Error("danger"));
    waited.succeed();
    later.succeed();
    await Promise.all([waited.result, later.result]);
    expect(await failure(run("too late").result)).toMatchObject({ code: "stopped-by-earlier-write" });
    expect(started).toEqual(["one", "waited", "later"]);
  });

  it("keeps its first reason, and names it", async () => {
    const { first, run } = behindOne();
    first.requireGoing();
    first.stop(new Error("first reason"));
    first.stop(new Error("second reason"));
    await expect(run("any").result).rejects.toThrow("first reason");
    expect(() => first.requireGoing()).toThrow("first reason");
  });
});
