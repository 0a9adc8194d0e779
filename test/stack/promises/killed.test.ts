import { expect, it } from "vitest";
import { isLong } from "../../long";
import { acme, declare } from "../support/declare";
import { failureOf } from "../support/failures";
import {
  afterItsAnswer,
  beforeItIsSent,
  type KillPoint,
  killedUp,
  whileItIsUnderWay,
  whileItsAnswerIsUnderWay,
} from "../support/kill";
import { takeCalls } from "../support/steps";
import { type World, withCli } from "../support/world";
import { activeIds, comesUp, isRefused, isSettled, made, open } from "./support";

const EDITED_URL = "https://new.example/postback?cid=#s2#";

/** A stack without a postback, at a CAKE that has one of another affiliate. */
async function openBesideAnother(): Promise<World> {
  const world = await open({ "cake:requestTimeout": { value: "10" }, "cake:listLag": { value: "1" } });
  made(world, { affiliateId: 2004 });
  await declare(world, { acme: acme() });
  return world;
}

type Kill = [when: string, pointOf: (world: World) => KillPoint];
const long = (kill: Kill): Kill[] => (isLong ? [kill] : []);

const ours = ({ cake }: World) => cake.postbacks().filter(({ affiliateId }) => affiliateId === 67890);

/** The next run neither asks CAKE for a second postback, nor changes the one that is there. */
async function isTakenOver(world: World): Promise<void> {
  const before = ours(world);
  takeCalls(world.cake);
  await world.stack.up();
  expect(takeCalls(world.cake)).not.toHaveProperty("create");
  expect(ours(world)).toEqual(before);
  await isSettled(world);
}

withCli("a run that is killed in a create", () => {
  it.each<[string, KillPoint]>([
    ["before it is sent", beforeItIsSent],
    [
      "while CAKE has not made it, together with all of its processes",
      { ...whileItIsUnderWay, target: "both" },
    ],
  ])(
    "%s, leaves nothing behind, and the next one makes one postback, also of an edited program",
    async (_name, point) => {
      await using world = await openBesideAnother();
      await killedUp(world, point);
      expect(ours(world)).toEqual([]);
      await comesUp(world, { acme: acme({ postbackUrl: EDITED_URL }) });
      expect(ours(world)).toMatchObject([{ postbackUrl: EDITED_URL, postbackStatus: "active" }]);
      await isSettled(world);
    },
  );

  it.each<Kill>([
    ["while the request is under way", () => ({ ...whileItIsUnderWay, late: true })],
    ["while the answer is under way", () => whileItsAnswerIsUnderWay],
    ["after the answer", afterItsAnswer],
    ...long([
      "while the answer is under way, with all of its processes",
      () => ({ ...whileItsAnswerIsUnderWay, target: "both" }),
    ]),
  ])("%s, is followed by one that takes the postback over", async (_name, pointOf) => {
    await using world = await openBesideAnother();
    await killedUp(world, pointOf(world));
    expect(ours(world)).toHaveLength(1);
    await isTakenOver(world);
  });

  it.each<Kill>([
    ["after the answer", afterItsAnswer],
    ...long(["while the answer is under way", () => whileItsAnswerIsUnderWay]),
  ])(
    "%s, is followed by one that stops at an edited program, and takes the postback over when the edit is undone",
    async (_name, pointOf) => {
      await using world = await openBesideAnother();
      await killedUp(world, pointOf(world));
      const [before] = ours(world);
      const edited = { postbackUrl: EDITED_URL };
      expect(await isRefused(world, { acme: acme(edited) })).toContain(String(before?.postbackId));
      expect(ours(world)).toEqual([before]);
      await comesUp(world, { acme: acme() });
      expect(ours(world)).toEqual([before]);
      await comesUp(world, { acme: acme(edited) });
      expect(ours(world)).toEqual([{ ...before, ...edited }]);
      await isSettled(world);
    },
  );

  it("after a rename of the stack or of the resource, is followed by one that makes no second postback", async () => {
    await using world = await openBesideAnother();
    await killedUp(world, whileItsAnswerIsUnderWay);
    await world.stack.rename("prod");
    const before = ours(world);
    await world.stack.up().catch(() => undefined);
    expect(ours(world)).toEqual(before);
    await declare(world, { now: acme({}, { aliases: [{ name: "acme" }] }) });
    await world.stack.up().catch(() => undefined);
    expect(ours(world)).toEqual(before);
    await comesUp(world, { now: acme({ adopt: { postbackId: before[0]?.postbackId } }) });
    expect(ours(world)).toEqual(before);
    await isSettled(world);
  });

  it("stops where the instance has no list, also after a rename of the stack", async () => {
    await using world = await openBesideAnother();
    await world.stack.setConfig("cake:endpoints", { value: "without-list" });
    await killedUp(world, whileItsAnswerIsUnderWay);
    await failureOf(world.stack.up());
    await world.stack.rename("prod");
    await failureOf(world.stack.up());
    expect(ours(world)).toHaveLength(1);
  });

  it("has a way on in an instance whose list is empty", async () => {
    await using world = await openBesideAnother();
    world.cake.remove(world.cake.lastId);
    await killedUp(world, { ...whileItIsUnderWay, target: "both" });
    const text = await isRefused(world, { acme: acme() });
    const [, entry] = /CAKE_ON_UNKNOWN=create:([0-9a-f-]+)/.exec(text) ?? [];
    expect(entry, text).toBeDefined();
    expect(ours(world)).toEqual([]);
    world.stack.setEnv("CAKE_ON_UNKNOWN", `create:${entry}`);
    await world.stack.up();
    expect(activeIds(world)).toHaveLength(1);
    world.stack.setEnv("CAKE_ON_UNKNOWN", undefined);
    await isSettled(world);
  });
});
