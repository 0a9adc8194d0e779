import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ProviderContext } from "../../../../provider/lifecycle/context";
import { create } from "../../../../provider/lifecycle/create";
import type { Inputs } from "../../../../provider/lifecycle/state";
import { failure, inputsOf, NEW_URL, startCake, URL } from "../support";

type World = Awaited<ReturnType<typeof startCake>>;

/** A create whose run ends before Pulumi learns of it: with CAKE's answer, or without one. */
async function interrupted(world: World, end: "answered" | "lost" | "never", inputs: Inputs): Promise<void> {
  const { cake, run } = world;
  if (end === "answered") {
    await create(run().session, inputs);
    return;
  }
  // Nobody can look after it, so the run has no more than its note.
  cake.injectFault({
    on: "create",
    fault: { kind: "reset", when: end === "lost" ? "after" : "before" },
    times: 1,
  });
  cake.injectFault({ on: "list", fault: { kind: "html" }, times: Infinity, after: 1 });
  await failure(create(run().session, inputs));
  cake.recover();
}

const declaredNow = inputsOf({ postbackUrl: NEW_URL });
const createNow = (session: ProviderContext, inputs = declaredNow) => create(session, inputs);

describe("a create that was interrupted when its resource was declared otherwise", () => {
  it.each(["answered", "lost"] as const)("is changed to what is declared now: %s", async (end) => {
    const world = await startCake();
    await interrupted(world, end, inputsOf());
    const { session, told } = world.run();
    const { outs } = await createNow(session);
    expect(outs).toMatchObject({ postbackId: world.cake.lastId, postbackUrl: NEW_URL });
    expect(world.cake.postbacks()).toHaveLength(1);
    expect(world.cake.postback(outs.postbackId)?.postbackUrl).toBe(NEW_URL);
    expect(told.join()).toContain("declared otherwise then");
    expect(readdirSync(world.notes), "notes").toEqual([]);
  });

  it("is forgotten where it provably made nothing", async () => {
    const world = await startCake({ postbacks: [] });
    world.cake.add({ affiliateId: 1, offerId: 1, postbackUrl: "https://other.example/" });
    await interrupted(world, "never", inputsOf());
    const { outs } = await createNow(world.run().session);
    expect(world.cake.postbacks().map(({ postbackUrl }) => postbackUrl)).toEqual([
      "https://other.example/",
      NEW_URL,
    ]);
    expect(outs.postbackId).toBe(world.cake.lastId);
  });

  it.each([{ offerId: 99 }, { affiliateId: 99 }])(
    "stops the new one where an update cannot make it that: %j",
    async (otherwise) => {
      const world = await startCake();
      await interrupted(world, "lost", inputsOf(otherwise));
      const left = world.cake.lastId;
      const { message } = await failure(createNow(world.run().session, inputsOf()));
      expect(message).toContain(`switch postback ${left} off in CAKE and run again`);
      expect(world.cake.postbacks()).toHaveLength(1);

      world.cake.edit(left, { postbackStatus: "inactive" });
      const { outs } = await createNow(world.run().session, inputsOf());
      expect(outs.postbackUrl).toBe(URL);
      expect(world.cake.postbacks()).toHaveLength(2);
    },
  );

  it("stops the new one where somebody has changed the record since", async () => {
    const world = await startCake();
    await interrupted(world, "answered", inputsOf());
    world.cake.edit(world.cake.lastId, { postbackUrl: "https://by.hand.example/" });
    const { message } = await failure(createNow(world.run().session));
    expect(message).toContain("in no state");
    expect(world.cake.postbacks()).toMatchObject([{ postbackUrl: "https://by.hand.example/" }]);
  });

  it("stops the new one where CAKE cannot be looked at", async () => {
    const world = await startCake();
    await interrupted(world, "lost", inputsOf());
    const blind = world.run({ config: { endpoints: "documented" } });
    const { message } = await failure(createNow(blind.session));
    expect(message).toContain("Outcome unknown");
    expect(message).toContain(world.notes);
    expect(world.cake.postbacks()).toHaveLength(1);
  });

  it("is another resource's business where another resource has it", async () => {
    const world = await startCake();
    await interrupted(world, "answered", inputsOf());
    const { session } = world.run();
    const other = inputsOf({ __origin: "origin-2", adopt: { postbackId: world.cake.lastId } });
    await create(session, other);
    const { outs } = await createNow(session);
    expect(outs.postbackUrl).toBe(NEW_URL);
    expect(world.cake.postbacks()).toHaveLength(2);
  });
});
