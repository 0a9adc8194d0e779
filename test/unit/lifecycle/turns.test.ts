import { expect, it } from "vitest";
import { Turns } from "../../../provider/lifecycle/turns";
import { byHand, settled } from "../http/fakeClock";

it("operations of one name go one after the other, and those of another name beside them", async () => {
  const turns = new Turns();
  const started: string[] = [];
  const [first, second, other] = [byHand(), byHand(), byHand()];
  const run = (name: string, label: string, end: { promise: Promise<void> }) =>
    turns.take(name, () => {
      started.push(label);
      return end.promise;
    });
  const all = [run("a", "first", first), run("a", "second", second), run("b", "other", other)];
  await settled();
  expect(started).toEqual(["first", "other"]);
  first.resolve();
  await settled();
  expect(started).toEqual(["first", "other", "second"]);
  second.resolve();
  other.resolve();
  await Promise.all(all);
});

it("an operation that fails lets the next one go, and hands its error on", async () => {
  const turns = new Turns();
  const failing = turns.take("a", () => Promise.reject(new Error("no")));
  const next = turns.take("a", () => Promise.resolve("next"));
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("next");
  expect(await turns.take("a", async () => "later")).toBe("later");
});
