import { describe, expect, it } from "vitest";
import { DOORS, inBothDoors, rowsFor } from "./support/doors";
import { inputs, rows, stateOf, URL_B, without } from "./support/postbacks";
import type { Bag } from "./support/proto";
import { writes } from "./support/requests";
import { type Host, World } from "./support/world";

const LATER_FIELDS = ["urlParts", "domain", "__urn", "postbackTypeId"];

const OTHER_STATES: readonly [string, string[], Bag][] = [
  ["knows less and more", LATER_FIELDS, { later: true }],
  ...LATER_FIELDS.map((name): [string, string[], Bag] => [`lacks ${name}`, [name], {}]),
  ["lacks all of them", LATER_FIELDS, {}],
  ["knows more", [], { later: { deep: [1, null] }, __later: "x" }],
];

describe.concurrent.each(DOORS)("%s door: a state that another version of the package wrote", (door) => {
  const both = inBothDoors(door);

  async function opened(): Promise<{ world: World; host: Host }> {
    const world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    return { world, host: await world.host() };
  }

  it.each(rowsFor(door, OTHER_STATES))(
    "is compared, read, changed and deleted, and replaces nothing: it %s",
    async (_, lacking, more) => {
      const { world, host } = await opened();
      await using _ended = world;
      const { cake } = world;
      const saved = { ...without(stateOf(cake, 1), ...lacking), ...more };
      const declared = inputs({ affiliateId: 1000 });
      const changed = inputs({ affiliateId: 1000, postbackUrl: URL_B });

      expect(await host.diff("1", saved, declared)).toMatchObject({ changes: false, replaces: [] });
      expect(await host.diff("1", saved, changed)).toMatchObject({ changes: true, replaces: [] });

      const identity = lacking.includes("__urn") ? ["__urn"] : [];
      const reading = await host.read("1", saved);
      expect(reading.id).toBe("1");
      expect(reading.props).toEqual(without(stateOf(cake, 1), ...identity));
      expect(reading.inputs).toEqual(without(declared, ...identity));

      const { outs } = await host.update("1", saved, changed);
      expect(outs).toEqual(stateOf(cake, 1));
      expect(outs.postbackUrl).toBe(URL_B);

      // What a run keeps it does not delete: a destroy is a run of its own.
      const destroying = await world.host();
      await destroying.delete("1", { ...saved, postbackUrl: URL_B });
      expect(cake.postback(1)?.postbackStatus).toBe("inactive");
      expect(cake.calls("create")).toBe(0);
    },
  );

  both("keeps to inputs that lack what the class has set since", async () => {
    const { world, host } = await opened();
    await using _ended = world;
    const saved = stateOf(world.cake, 1);
    const declared = without(inputs({ affiliateId: 1000 }), "urlParts", "__urn");

    expect(await host.check(declared, declared)).toEqual({ inputs: declared, failures: [] });
    expect((await host.diff("1", saved, declared)).changes).toBe(false);
    const { outs } = await host.update("1", saved, { ...declared, postbackStatus: "inactive" });
    expect(outs).toEqual(without(stateOf(world.cake, 1), "__urn"));
  });

  it("of the first edition is read and goes on without a call that changes anything", async () => {
    const { world, host } = await opened();
    await using _ended = world;
    const { cake } = world;
    const earlier = (bag: Bag): Bag => ({ ...without(bag, "__urn"), __origin: "0123456789abcdef" });
    const saved = earlier(stateOf(cake, 1));
    const declared = inputs({ affiliateId: 1000 });

    const { props, inputs: live = {} } = await host.read("1", saved);
    expect(props).toEqual(without(stateOf(cake, 1), "__urn"));
    expect(live).toEqual(without(declared, "__urn"));

    for (const [olds, state] of [
      [earlier(declared), saved],
      [live, props],
    ] as const) {
      const { inputs: news, failures } = await host.check(olds, declared);
      expect(failures).toEqual([]);
      expect(news).toEqual(declared);
      expect(await host.diff("1", state, news)).toMatchObject({ changes: false, replaces: [] });
    }
    expect(writes(cake)).toEqual([]);
  });

  both("names a type that no article does, and still replaces nothing", async () => {
    const { world, host } = await opened();
    await using _ended = world;
    const { cake } = world;
    cake.edit(1, { postbackType: "Carrier pigeon" });
    const saved = without(stateOf(cake, 1), "postbackTypeId");

    const { props } = await host.read("1", saved);
    expect(props).toMatchObject({ postbackType: "Carrier pigeon" });
    expect(await host.diff("1", props, inputs({ affiliateId: 1000 }))).toMatchObject({ changes: false });
  });
});
