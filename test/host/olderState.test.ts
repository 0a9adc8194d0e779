import { describe, expect, it } from "vitest";
import { inputs, rows, stateOf, URL_B, without } from "./support/postbacks";
import type { Bag } from "./support/proto";
import { type Host, World } from "./support/world";

const LATER_FIELDS = ["urlParts", "domain", "__origin", "postbackTypeId"];

describe.concurrent("a state that another version of the package wrote", () => {
  async function opened(): Promise<{ world: World; host: Host }> {
    const world = await World.open({ instances: { cake: { postbacks: rows(1) } } });
    return { world, host: await world.host() };
  }

  it.each<[string, string[], Bag]>([
    ...LATER_FIELDS.map((name): [string, string[], Bag] => [`lacks ${name}`, [name], {}]),
    ["lacks all of them", LATER_FIELDS, {}],
    ["knows more", [], { later: { deep: [1, null] }, __later: "x" }],
    ["knows less and more", LATER_FIELDS, { later: true }],
  ])("is compared, read, changed and deleted, and replaces nothing: it %s", async (_, lacking, more) => {
    const { world, host } = await opened();
    await using _ended = world;
    const { cake } = world;
    const saved = { ...without(stateOf(cake, 1), ...lacking), ...more };
    const declared = inputs({ affiliateId: 1000 });
    const changed = inputs({ affiliateId: 1000, postbackUrl: URL_B });

    expect(await host.diff("1", saved, declared)).toMatchObject({ changes: false, replaces: [] });
    expect(await host.diff("1", saved, changed)).toMatchObject({ changes: true, replaces: [] });

    const origin = lacking.includes("__origin") ? ["__origin"] : [];
    const reading = await host.read("1", saved);
    expect(reading.id).toBe("1");
    expect(reading.props).toEqual(without(stateOf(cake, 1), ...origin));
    expect(reading.inputs).toEqual(without(declared, ...origin));

    const { outs } = await host.update("1", saved, changed);
    expect(outs).toEqual(stateOf(cake, 1));
    expect(outs.postbackUrl).toBe(URL_B);

    // What a run keeps it does not delete: a destroy is a run of its own.
    const destroying = await world.host();
    await destroying.delete("1", { ...saved, postbackUrl: URL_B });
    expect(cake.postback(1)?.postbackStatus).toBe("inactive");
    expect(cake.calls("create")).toBe(0);
  });

  it("keeps to inputs that lack what the class has set since", async () => {
    const { world, host } = await opened();
    await using _ended = world;
    const saved = stateOf(world.cake, 1);
    const declared = without(inputs({ affiliateId: 1000 }), "urlParts", "__origin");

    expect(await host.check(declared, declared)).toEqual({ inputs: declared, failures: [] });
    expect((await host.diff("1", saved, declared)).changes).toBe(false);
    const { outs } = await host.update("1", saved, { ...declared, postbackStatus: "inactive" });
    expect(outs).toEqual(stateOf(world.cake, 1));
  });

  it("names a type that no article does, and still replaces nothing", async () => {
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
