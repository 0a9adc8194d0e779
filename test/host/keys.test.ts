import { describe, expect, it } from "vitest";
import { DOORS, inBothDoors } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf } from "./support/postbacks";
import { World } from "./support/world";

describe.concurrent.each(DOORS)("%s door: an explicit provider", (door) => {
  const both = inBothDoors(door);

  it("takes the variable of its own name, and not that of the default provider", async () => {
    await using world = await World.open(door, {
      instances: { us: { apiKey: "key-of-us" }, eu: { apiKey: "key-of-eu" } },
    });
    const eu = world.instance("eu");
    const settings = { "cake:name": "eu", "cake:domain": eu.url, "cake:apiKey": "an-old-key" };
    const env = { CAKE_API_KEY: "key-of-us", CAKE_EU_API_KEY: "key-of-eu", CAKE_DOMAIN: world.cake.url };
    const host = await world.host({ settings, env });

    const { outs } = await host.create(inputs());
    expect(outs.domain).toBe(eu.domain);
    expect(eu.postbacks()).toHaveLength(1);
    expect(world.cake.requests).toHaveLength(0);
  });

  it("never falls back to the key of the default provider", async () => {
    await using world = await World.open(door);
    const settings = { "cake:name": "eu west-1", "cake:apiKey": undefined };
    const host = await world.host({ settings, env: { CAKE_API_KEY: world.cake.apiKey } });

    const { message } = await refusalOf(host.create(inputs()));
    expect(message).toContain("CAKE_EU_WEST_1_API_KEY");
    expect(world.cake.requests).toHaveLength(0);
  });

  both("never falls back to the domain of the environment", async () => {
    await using world = await World.open(door);
    const settings = { "cake:name": "eu", "cake:domain": undefined };
    const host = await world.host({ settings, env: { CAKE_DOMAIN: world.cake.url } });

    expect((await refusalOf(host.create(inputs()))).message).toContain(
      'The provider "eu" has no CAKE instance',
    );
    expect(world.cake.requests).toHaveLength(0);
  });
});

describe.concurrent.each(DOORS)("%s door: a key that was rotated after the last up", (door) => {
  const both = inBothDoors(door);

  const OLD = "the-old-key";

  async function rotated(): Promise<World> {
    const world = await World.open(door, { instances: { cake: { apiKey: OLD, postbacks: rows(2) } } });
    world.cake.rotateKey("the-new-key");
    return world;
  }

  both("refreshes and deletes with the newer key of the environment", async () => {
    await using world = await rotated();
    const { cake } = world;
    const host = await world.host({
      settings: { "cake:apiKey": OLD },
      env: { CAKE_API_KEY: "the-new-key" },
    });
    const saved = stateOf(cake, 1);

    expect((await host.read("1", saved)).props).toEqual(saved);
    await host.delete("1", saved);
    expect(cake.postback(1)?.postbackStatus).toBe("inactive");
  });

  it("says what to do with the old one, and stops calling CAKE after its answer", async () => {
    await using world = await rotated();
    const { cake } = world;
    const host = await world.host({ settings: { "cake:apiKey": OLD } });

    for (const call of [
      host.read("1", stateOf(cake, 1)),
      host.delete("2", stateOf(cake, 2)),
      host.create(inputs()),
    ]) {
      const { message } = await refusalOf(call);
      expect(message).toContain("does not accept the API key");
      expect(message).toMatch(/Set the new one in CAKE_API_KEY.*wins over a saved one/);
      expect(message).not.toContain(OLD);
    }
    // The second call may have opened the whole list before the first one was answered.
    expect(cake.requests.length).toBeLessThanOrEqual(2);
  });
});
