// How a postback leaves a stack without CAKE noticing, and how a bad merge is undone: docs/guide.md describes both.
import { expect, it } from "vitest";
import { isLong } from "../long";
import { acme, type Declared, declaration, declare } from "./support/declare";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { once, takeCalls, twice, writing } from "./support/steps";
import { openWorld, type World, withCli } from "./support/world";

const URN = "urn:pulumi:dev::postbacks::pulumi-nodejs:dynamic/cake:AffiliatePostback::acme";
const other = acme({ affiliateId: 67891, postbackUrl: "https://other.example/postback?cid=#s2#" });

withCli.concurrent("leaving and undoing", () => {
  async function openWith(postbacks: Record<string, Declared>): Promise<World> {
    const config = { "postbacks:declared": declaration(postbacks) };
    const world = await openWorld({ workDir: project("declared.ts"), config });
    await world.stack.up();
    takeCalls(world.cake);
    return world;
  }
  const postbackOf = ({ cake }: World, { args }: Declared) =>
    cake.postbacks().find(({ affiliateId }) => affiliateId === args.affiliateId);
  const statuses = (world: World) => [acme(), other].map((one) => postbackOf(world, one)?.postbackStatus);

  it.runIf(isLong)(
    "retainOnDelete lets postbacks go that stay active in CAKE, once an up has applied it",
    async () => {
      await using world = await openWith({ acme: acme(), other });
      await declare(world, { acme: acme({}, { retainOnDelete: true }), other });
      expect(await once(world, (stack) => stack.up())).toMatchObject({ calls: {} });
      await declare(world, { other });
      const left = await twice(world, (stack) => stack.up());
      expect(left.calls).toEqual({});
      expect(statuses(world)).toEqual(["active", "active"]);
      const { deployment } = await world.stack.exportStack();
      expect(JSON.stringify(deployment)).not.toContain(URN);
    },
  );

  it.runIf(isLong)(
    "protect stops an up from a branch without the row, and nothing is switched off",
    async () => {
      await using world = await openWith({ acme: acme({}, { protect: true }), other });
      await declare(world, { other });
      expect(messagesOf(await failureOf(world.stack.up()))).toContain("protect");
      expect(statuses(world)).toEqual(["active", "active"]);
      expect(takeCalls(world.cake)).toEqual({});
    },
  );

  it("a revert of a bad merge switches the same record on again, by its id in the code", async () => {
    await using world = await openWith({ acme: acme(), other });
    const adopted = acme({ adopt: { postbackId: postbackOf(world, acme())?.postbackId } });
    await declare(world, { acme: adopted, other });
    expect(await once(world, (stack) => stack.up())).toMatchObject({ calls: {} });
    await declare(world, { other });
    await world.stack.up();
    expect(statuses(world)).toEqual(["inactive", "active"]);
    await declare(world, { acme: adopted, other });
    const reverted = await twice(world, (stack) => stack.up());
    expect(reverted).toMatchObject({ did: { acme: "create" }, calls: { update: 1 } });
    expect(reverted.calls).not.toHaveProperty("create");
    expect(statuses(world)).toEqual(["active", "active"]);
  });

  it.runIf(isLong)(
    "without its ID in the code, a revert creates a new postback, unless CAKE_ON_EXISTING activates the old one",
    async () => {
      await using world = await openWith({ acme: acme(), other });
      const { postbackId } = postbackOf(world, acme()) ?? {};
      const loseAndRevert = async () => {
        await declare(world, { other });
        await world.stack.up();
        await declare(world, { acme: acme(), other });
        return (await once(world, (stack) => stack.up())).calls;
      };
      expect(await loseAndRevert()).toEqual(writing({ create: 1 }));
      expect(statuses(world)).toEqual(["inactive", "active"]);
      world.stack.setEnv("CAKE_ON_EXISTING", "adopt");
      expect(await loseAndRevert()).toEqual(writing({ update: 1 }));
      expect(world.cake.postback(postbackId ?? 0)?.postbackStatus).toBe("active");
    },
  );

  it.runIf(isLong)("state delete takes a protected postback out, and CAKE is not asked", async () => {
    await using world = await openWith({ acme: acme({}, { protect: true }), other });
    const { stack } = world;
    await stack.command(["state", "delete", URN, "--force", "--yes"]);
    await declare(world, { other });
    expect(await twice(world, () => stack.up())).toMatchObject({ did: {}, calls: {} });
    expect(statuses(world)).toEqual(["active", "active"]);
  });
});
