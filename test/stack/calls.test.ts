import { expect, it } from "vitest";
import { isLong } from "../long";
import { project } from "./support/places";
import { once, preview, reading, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

withCli.concurrent("calls to CAKE", () => {
  const open = (count: number) =>
    openWorld({
      workDir: project("many.ts"),
      config: { "postbacks:count": { value: String(count) } },
      // A checkpoint after each of 501 steps would be the engine's time, not ours.
      env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
    });

  it.each(isLong ? [0, 1, 3] : [0, 3])(
    "%i postbacks: a POST each, a listing, and no call without a change",
    async (count) => {
      await using world = await open(count);
      const { stack, cake } = world;
      const listing = count === 0 ? {} : reading();

      expect(Object.keys((await preview(world)).did)).toHaveLength(count);
      const up = await twice(world, () => stack.up());
      expect(up.calls).toEqual(count === 0 ? {} : writing({ create: count }));
      expect(cake.postbacks()).toHaveLength(count);

      const refresh = await twice(world, () => stack.refresh(), listing);
      expect(refresh).toMatchObject({ did: {}, calls: listing });
      expect((await preview(world)).did).toEqual({});
    },
  );

  it.runIf(isLong)(
    "501 postbacks: a POST each, two pages to refresh, and no call without a change",
    async () => {
      await using world = await open(501);
      const { stack, cake } = world;
      expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 501 }));
      expect(cake.postbacks()).toHaveLength(501);
      expect(await once(world, () => stack.refresh())).toMatchObject({ did: {}, calls: reading(2) });
    },
  );

  it("a refresh costs the pages of the instance, however few postbacks the stack has", async () => {
    await using world = await open(3);
    const { stack, cake } = world;
    for (let offerId = 1; offerId <= 1000; offerId++) {
      cake.add({ affiliateId: 70000, offerId, postbackUrl: "https://other.example/postback?cid=#s2#" });
    }
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 3 }, 2));
    expect((await twice(world, () => stack.refresh(), reading(3))).calls).toEqual(reading(3));
  });
});
