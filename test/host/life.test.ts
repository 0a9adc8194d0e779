import { describe, expect, it } from "vitest";
import { urlHash } from "../../provider/lifecycle/state";
import { SHELL } from "../../provider/resource/shell";
import { DOORS, inBothDoors } from "./support/doors";
import { inputs, rows, stateOf, URL_A, URL_B, without } from "./support/postbacks";
import { wholeLists, writes } from "./support/requests";
import { World } from "./support/world";

describe.concurrent.each(DOORS)("%s door: the life of a postback in the engine's process", (door) => {
  const both = inBothDoors(door);

  it("is declared, created, left alone, read, changed and switched off, with one read of the list for each thing to know", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    // As the engine starts them, to the letter.
    const start = () => world.host({ isEager: true });
    const first = await start();

    const declared = without(inputs(), "postbackStatus", "postbackTypeId");
    expect(await first.check({}, declared)).toEqual({ inputs: inputs(), failures: [] });
    expect(cake.requests).toHaveLength(0);

    const { id, outs } = await first.create(inputs());
    expect(id).toBe(String(cake.lastId));
    expect(outs).toEqual(stateOf(cake, cake.lastId));
    expect(outs).toMatchObject({ domain: cake.domain, postbackType: "Server", __provider: SHELL });

    // The next run.
    const second = await start();
    expect(await second.diff(id, outs, inputs())).toEqual({
      changes: false,
      replaces: [],
      deleteBeforeReplace: false,
    });
    expect(await second.read(id, outs)).toEqual({ id, props: outs, inputs: inputs() });
    const changed = inputs({ postbackUrl: URL_B });
    expect(await second.check(inputs(), changed)).toEqual({ inputs: changed, failures: [] });
    expect(await second.diff(id, outs, changed)).toMatchObject({ changes: true, replaces: [] });
    const updated = await second.update(id, outs, changed);
    expect(updated.outs).toEqual(stateOf(cake, cake.lastId));
    expect(updated.outs).toMatchObject({ postbackUrl: URL_B, __provider: SHELL });

    // What a run has declared it does not deactivate: a destroy is a run of its own.
    const third = await start();
    await third.delete(id, updated.outs);

    expect(cake.postbacks()).toMatchObject([{ postbackUrl: URL_B, postbackStatus: "inactive" }]);
    expect(wholeLists(cake)).toBe(4);
    expect(writes(cake).map(({ operation }) => operation)).toEqual(["create", "update", "update"]);
    expect(writes(cake).map(({ fields }) => fields)).toEqual([
      {
        affiliate_id: 67890,
        offer_id: 12345,
        postback_url: URL_A,
        postback_status: "active",
        postback_type_id: 1,
      },
      { postback_id: cake.lastId, postback_url: URL_B },
      { postback_id: cake.lastId, postback_status: "inactive" },
    ]);
    expect(first.said).toBe("");
    expect(second.said).toBe("");
    expect(third.said).toMatch(/^CAKE cannot delete postbacks: .*\n$/);
  });

  both("shows what somebody changed in CAKE as live value against declared value", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host();
    const saved = stateOf(cake, 1);
    const declared = inputs({ affiliateId: 1000 });
    cake.edit(1, { postbackUrl: URL_B });

    const { id, props, inputs: live } = await host.read("1", saved);
    expect(id).toBe("1");
    const applied = { __applied: urlHash(URL_A) };
    expect(props).toEqual({ ...stateOf(cake, 1), ...applied });
    expect(live).toEqual({ ...inputs({ affiliateId: 1000, postbackUrl: URL_B }), ...applied });
    expect(await host.diff("1", props, declared)).toMatchObject({ changes: true, replaces: [] });
  });

  it("replaces by a create and a delete of one process, which never switches off what it made", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host();
    const saved = stateOf(cake, 1);
    const declared = inputs({ affiliateId: 1000, offerId: 777 });

    expect(await host.diff("1", saved, declared)).toEqual({
      changes: true,
      replaces: ["offerId"],
      deleteBeforeReplace: false,
    });
    const { id, outs } = await host.create(declared);
    await host.delete("1", saved);
    await host.delete(id, outs);
    expect(cake.postback(1)?.postbackStatus).toBe("inactive");
    expect(cake.postback(Number(id))).toMatchObject({ offerId: 777, postbackStatus: "active" });
  });

  both("drops a postback from the state only where it is proven gone and a person says so", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(2) } } });
    const { cake } = world;
    const saved = stateOf(cake, 1);
    cake.remove(1);

    const careful = await world.host();
    await expect(careful.read("1", saved)).rejects.toThrow("CAKE_ON_MISSING=forget:1");
    const told = await world.host({ env: { CAKE_ON_MISSING: "forget:1" } });
    expect((await told.read("1", saved)).id).toBe("");
    await told.delete("1", saved);
    expect(cake.calls("update")).toBe(0);
  });
});
