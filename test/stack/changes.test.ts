import type { InstanceOptions } from "pulumi-cake/sandbox";
import { expect, it } from "vitest";
import { isLong } from "../long";
import { acme, type Declared, declaration, declare } from "./support/declare";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { changesOf, once, preview, takeCalls, twice, writing } from "./support/steps";
import { openWorld, type World, withCli } from "./support/world";

withCli.concurrent("changes", () => {
  /** A stack that has one postback. */
  async function openWith(
    postback: Declared,
    instances: Record<string, InstanceOptions> = { cake: {} },
  ): Promise<World> {
    const world = await openWorld({
      workDir: project("declared.ts"),
      config: { "postbacks:declared": declaration({ acme: postback }) },
      instances,
    });
    await world.stack.up();
    takeCalls(world.cake);
    return world;
  }
  /** The writes since CAKE was last asked, in the order of arrival. */
  const takeWrites = ({ cake }: World) => {
    const writes = cake.requests.map(({ operation }) => operation).filter((name) => name !== "list");
    cake.forgetRequests();
    return writes;
  };
  const statuses = ({ cake }: World) => cake.postbacks().map(({ postbackStatus }) => postbackStatus);

  it("another affiliate: creates first, then switches off the old one", async () => {
    await using world = await openWith(acme());
    const { stack, cake } = world;
    await declare(world, { acme: acme({ affiliateId: 67931 }) });
    const shown = await preview(world);
    expect(changesOf(shown, "acme")).toEqual(["affiliateId: 67890 → 67931"]);
    expect(shown.result.steps.find(({ op }) => op === "replace")?.replaceKeys).toEqual(["affiliateId"]);
    await stack.up();
    expect(takeWrites(world)).toEqual(["create", "update"]);
    expect(cake.postbacks().map(({ affiliateId }) => affiliateId)).toEqual([67890, 67931]);
    expect(statuses(world)).toEqual(["inactive", "active"]);
    expect(await once(world, () => stack.up())).toMatchObject({ did: {}, calls: {} });
  });

  it.runIf(isLong)("another type: switches off the old one first, because both would fire", async () => {
    await using world = await openWith(acme());
    const { stack } = world;
    await declare(world, { acme: acme({ postbackTypeId: 2 }) });
    await stack.up();
    expect(takeWrites(world)).toEqual(["update", "create"]);
    expect(statuses(world)).toEqual(["inactive", "active"]);
    expect(await once(world, () => stack.up())).toMatchObject({ did: {}, calls: {} });
  });

  it.runIf(isLong)(
    "ignoreChanges on the URL holds through refresh and up, for CAKE's changes and the program's",
    async () => {
      const options = { ignoreChanges: ["postbackUrl"] };
      await using world = await openWith(acme({}, options));
      const { stack, cake } = world;
      const byHand = "https://tracker.example/postback?cid=#s3#";
      cake.edit(cake.lastId, { postbackUrl: byHand });
      await once(world, () => stack.refresh());
      expect((await preview(world)).did).toEqual({});
      await declare(world, { acme: acme({ postbackUrl: "https://new.example/postback?cid=#s2#" }, options) });
      expect(await twice(world, () => stack.up())).toMatchObject({ did: {}, calls: {} });
      expect(cake.postback(cake.lastId)?.postbackUrl).toBe(byHand);

      await declare(world, { acme: acme({ postbackStatus: "inactive" }, options) });
      expect((await twice(world, () => stack.up())).calls).toEqual(writing({ update: 1 }));
      expect(cake.postback(cake.lastId)).toMatchObject({ postbackUrl: byHand, postbackStatus: "inactive" });
    },
  );

  it.runIf(isLong)("protect keeps a postback from being switched off", async () => {
    await using world = await openWith(acme({}, { protect: true }));
    const { stack, cake } = world;
    await declare(world, {});
    expect(messagesOf(await failureOf(stack.up()))).toContain("protected");
    expect(messagesOf(await failureOf(stack.destroy()))).toContain("protected");
    expect(takeCalls(cake)).toEqual({});
    expect(statuses(world)).toEqual(["active"]);
  });

  it.runIf(isLong)("retainOnDelete leaves the postback active, and asks CAKE nothing", async () => {
    await using world = await openWith(acme({}, { retainOnDelete: true }));
    const { stack } = world;
    await declare(world, {});
    expect((await twice(world, () => stack.up())).calls).toEqual({});
    expect(statuses(world)).toEqual(["active"]);
  });

  it("another instance: preview, up and a refresh of the program refuse, and neither instance is asked", async () => {
    await using world = await openWith(acme(), { cake: {}, other: {} });
    const { stack, cake, sandbox } = world;
    const other = sandbox.instance("other");
    await stack.setConfig("cake:domain", { value: other.url });
    const refused = messagesOf(await failureOf(stack.preview()));
    expect(refused).toContain(`lives on ${cake.domain}, and cake:domain is ${other.domain}`);
    expect(messagesOf(await failureOf(stack.up()))).toContain("cake:formerDomains");
    expect(messagesOf(await failureOf(stack.refresh({ runProgram: true })))).toContain("another partner's");
    expect(takeCalls(cake, other)).toEqual({});

    await stack.setConfig("cake:formerDomains", { value: cake.domain });
    await stack.setConfig("cake:domain", { value: cake.url });
    expect(await twice(world, () => stack.up())).toMatchObject({ did: {}, calls: {} });
  });
});
