import { describe, expect, it } from "vitest";
import { FirstWrite } from "../../../../provider/lifecycle/safety/firstWrite";
import { byHand, settled } from "../../http/fakeClock";

/** Operations that end when the test says so, behind one canary. */
function behindOne() {
  const canary = new FirstWrite();
  const started: string[] = [];
  const alone: string[] = [];
  const run = (name: string) => {
    const end = byHand<string>();
    const result = canary.run((isAlone) => {
      started.push(name);
      if (isAlone) alone.push(name);
      return end.promise;
    });
    // What a test does not look at must not end it.
    result.catch(() => undefined);
    return { succeed: () => end.resolve(name), fail: (why: string) => end.reject(new Error(why)), result };
  };
  return { canary, started, alone, run };
}

describe("the first operation", () => {
  it("runs alone, and when it has succeeded all others go at once", async () => {
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

  it("that fails lets the next one be the first", async () => {
    const { started, alone, run } = behindOne();
    const first = run("first");
    const second = run("second");
    run("third");
    await settled();
    first.fail("no");
    await expect(first.result).rejects.toThrow("no");
    await settled();
    expect(started).toEqual(["first", "second"]);
    second.succeed();
    await settled();
    expect(started).toEqual(["first", "second", "third"]);
    expect(alone).toEqual(["first", "second"]);
  });

  it("hands its result on", async () => {
    const { run } = behindOne();
    const first = run("first");
    first.succeed();
    expect(await first.result).toBe("first");
  });

  it("that throws at once is no exception", async () => {
    const canary = new FirstWrite();
    await expect(
      canary.run(() => {
        throw new Error("at once");
      }),
    ).rejects.toThrow("at once");
    expect(await canary.run(async () => "next")).toBe("next");
  });
});

describe("a stop", () => {
  it("keeps back those that wait, and all that come later", async () => {
    const { canary, started, run } = behindOne();
    const first = run("first");
    const second = run("second");
    await settled();
    canary.stop(new Error("danger"));
    first.fail("danger");
    await expect(second.result).rejects.toThrow("danger");
    await expect(run("third").result).rejects.toThrow("danger");
    expect(started).toEqual(["first"]);
  });

  it("also counts when the others were already let go", async () => {
    const { canary, started, run } = behindOne();
    run("first").succeed();
    await settled();
    run("second");
    canary.stop(new Error("danger"));
    await expect(run("third").result).rejects.toThrow("danger");
    expect(started).toEqual(["first", "second"]);
  });

  it("is not undone by an operation that was under way and succeeds", async () => {
    const { canary, started, run } = behindOne();
    const first = run("first");
    const waited = run("waited");
    first.succeed();
    await settled();
    const later = run("later");
    canary.stop(new Error("danger"));
    waited.succeed();
    later.succeed();
    await Promise.all([waited.result, later.result]);
    await expect(run("too late").result).rejects.toThrow("danger");
    expect(started).toEqual(["first", "waited", "later"]);
  });

  it("keeps its first reason", async () => {
    const { canary, run } = behindOne();
    canary.stop(new Error("first reason"));
    canary.stop(new Error("second reason"));
    await expect(run("any").result).rejects.toThrow("first reason");
  });
});
