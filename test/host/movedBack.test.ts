import { describe, expect, it } from "vitest";
import { SHELL } from "../../provider/resource/shell";
import { inputs, rows, stateOf, URL_B, without } from "./support/postbacks";
import type { Bag } from "./support/proto";
import { writes } from "./support/requests";
import { type Host, World } from "./support/world";

/** A live postback, its state as the plugin leaves it, and what the program declares for the dynamic resource. */
async function moved(changes: Bag = {}) {
  const world = await World.open("dynamic", { instances: { cake: { postbacks: rows(1) } } });
  const state = without(stateOf(world.cake, 1, changes), "__provider", "__urn");
  const [{ affiliateId }] = rows(1) as [ReturnType<typeof rows>[number]];
  const declared = (others: Bag = {}) => inputs({ affiliateId, ...others });
  return { world, host: await world.host(), state, declared };
}

const planned = async (host: Host, olds: Bag, state: Bag, news: Bag) => {
  await host.check(without(olds, "__provider", "__urn"), news);
  return host.diff("1", state, news);
};

describe.concurrent("a postback that comes back from the plugin", () => {
  it("is an update that asks CAKE nothing and names this package's code in the state", async () => {
    const { world, host, state, declared } = await moved();
    await using _ = world;
    expect(await planned(host, declared(), state, declared())).toMatchObject({ changes: true, replaces: [] });
    const { outs } = await host.update("1", state, declared());
    expect(outs).toEqual(stateOf(world.cake, 1));
    expect(outs).toMatchObject({ __provider: SHELL });
    expect(world.cake.requests).toEqual([]);
    expect(await planned(host, declared(), outs, declared())).toMatchObject({ changes: false });
  });

  it("is read if the plugin's last operation left it unproven", async () => {
    const { world, host, state, declared } = await moved({ __unproven: true });
    await using _ = world;
    const { outs } = await host.update("1", state, declared());
    expect(world.cake.requests.map(({ operation }) => operation)).toEqual(["list"]);
    expect(outs).toEqual(stateOf(world.cake, 1));
  });

  it("is changed in CAKE if the program changes it in the same run", async () => {
    const { world, host, state, declared } = await moved();
    await using _ = world;
    await host.update("1", state, declared({ postbackUrl: URL_B }));
    expect(writes(world.cake).map(({ fields }) => fields)).toEqual([{ postback_id: 1, postback_url: URL_B }]);
  });

  it("is not replaced in the same run", async () => {
    const { world, host, state, declared } = await moved();
    await using _ = world;
    const news = declared({ offerId: 12346 });
    await expect(planned(host, declared(), state, news)).rejects.toThrow("[replaced-while-moving]");
    expect(world.cake.requests).toEqual([]);
  });
});
