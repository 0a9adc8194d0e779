import { describe, expect, it } from "vitest";
import { engines } from "./engines";
import { project } from "./support/places";
import { preview, twice, writing } from "./support/steps";
import { openWorld } from "./support/world";

const ROWS_PER_PAGE = 500;

describe.each(engines)("calls to CAKE on the $name", (engine) => {
  it.each([0, 1, 3, 501])(
    "%i postbacks: a POST each, the pages of a listing, and none without a change",
    async (count) => {
      await using world = await openWorld(engine, {
        workDir: project("many.ts"),
        config: { "postbacks:count": { value: String(count) } },
        // A checkpoint after each of 501 steps is the engine's work, not ours.
        env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
      });
      const { stack, cake } = world;

      expect(Object.keys((await preview(world)).did)).toHaveLength(count);
      const up = await twice(world, () => stack.up());
      expect(up.calls).toEqual(count === 0 ? {} : writing({ create: count }));
      expect(cake.postbacks()).toHaveLength(count);

      const pages = count === 0 ? {} : { list: Math.ceil(count / ROWS_PER_PAGE) };
      const refresh = await twice(world, () => stack.refresh(), pages);
      expect(refresh.did).toEqual({});
      expect(refresh.calls).toEqual(pages);
    },
  );

  it("a refresh costs the pages of the instance, however few postbacks the stack has", async () => {
    await using world = await openWorld(engine, {
      workDir: project("many.ts"),
      config: { "postbacks:count": { value: "3" } },
    });
    const { stack, cake } = world;
    for (let offerId = 1; offerId <= 1000; offerId++) {
      cake.add({ affiliateId: 70000, offerId, postbackUrl: "https://other.example/postback?cid=#s2#" });
    }
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 3 }, 2));
    expect((await twice(world, () => stack.refresh(), { list: 3 })).calls).toEqual({ list: 3 });
  });
});
