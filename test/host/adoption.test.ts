import { describe, expect, it } from "vitest";
import { DOORS, inBothDoors } from "./support/doors";
import { inputs, rows, stateOf, without } from "./support/postbacks";
import { World } from "./support/world";

// CAKE knows no macros in braces.
const BROKEN = "https://tracker.partner.example/postback?cid={clickid}&payout=#price#";
const ADOPT = { adopt: { postbackId: 1 } };

describe.concurrent.each(DOORS)("%s door: an adopt that stays in the program", (door) => {
  const both = inBothDoors(door);

  both("lets no edited URL pass that breaks a rule", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const host = await world.host();
    const declared = inputs({ affiliateId: 1000 });
    const edited = inputs({ affiliateId: 1000, postbackUrl: BROKEN, ...ADOPT });

    const first = await host.check({}, edited);
    expect(first.failures).toEqual([]);
    expect(first.inputs).toMatchObject(ADOPT);

    const next = await world.host();
    const { failures, inputs: checked } = await next.check({ ...declared, ...ADOPT }, edited);
    expect(failures).toHaveLength(1);
    expect(checked).not.toHaveProperty("adopt");
  });

  it("is not taken for a new one by the second check of a replacement, which has no old inputs", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host();
    const declared = inputs({ affiliateId: 1000 });
    const moved = { ...declared, offerId: 777, ...ADOPT };

    const { inputs: checked } = await host.check(declared, moved);
    expect(await host.diff("1", stateOf(cake, 1), checked)).toMatchObject({ replaces: ["offerId"] });
    const again = await host.check({}, moved);
    expect(again).toEqual({ inputs: without(moved, "adopt"), failures: [] });

    const { id } = await host.create(again.inputs);
    await host.delete("1", stateOf(cake, 1));
    expect(id).not.toBe("1");
    expect(cake.postback(1)?.postbackStatus).toBe("inactive");
  });
});
