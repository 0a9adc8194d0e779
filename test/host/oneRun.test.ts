import { describe, expect, it } from "vitest";
import { isLong } from "../long";
import { DOORS, type Door, inBothDoors, rowsFor } from "./support/doors";
import { refusalOf } from "./support/failures";
import { identityOf, inputs, rows, stateOf } from "./support/postbacks";
import { type Host, World } from "./support/world";

/** Two provider processes of one run: they have the engine in common. */
async function opened(door: Door, other: Door): Promise<{ world: World; one: Host; two: Host }> {
  const world = await World.open(door, { instances: { cake: { postbacks: rows(3) } } });
  const settings = { "cake:listLag": "1" };
  const one = await world.host({ settings });
  const two = await world.host({ settings, door: other, besides: one });
  return { world, one, two };
}

// A program may be another's than the one that a removed provider was declared in: then a run has both.
const PAIRS: readonly (readonly [Door, Door])[] = [
  ["dynamic", "dynamic"],
  ["plugin", "dynamic"],
  ...(isLong
    ? ([
        ["dynamic", "plugin"],
        ["plugin", "plugin"],
      ] as const)
    : []),
];

describe.concurrent.each(PAIRS)(
  "%s door and %s door: two processes of one run, for one instance",
  (door, other) => {
    const both = inBothDoors(other === "dynamic" ? door : other);

    it("make one record of a postback that is declared through both", async () => {
      const { world, one, two } = await opened(door, other);
      await using _ended = world;
      const { cake } = world;

      const outcomes = await Promise.allSettled([
        one.create(inputs({ __urn: identityOf("one") })),
        two.create(inputs({ __urn: identityOf("two") })),
      ]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { message: expect.stringContaining("[equal-postback-is-live]") },
      });
      expect(cake.calls("create")).toBe(1);
      expect(cake.postbacks()).toHaveLength(4);
    });

    it("leave alone what one of them has adopted when the other one is to delete it, and say so", async () => {
      const { world, one, two } = await opened(door, other);
      await using _ended = world;
      const { cake } = world;
      const adopting = inputs({ affiliateId: 1000, adopt: { postbackId: 1 }, __urn: identityOf("renamed") });

      await one.create(adopting);
      await two.delete("1", stateOf(cake, 1));

      expect(two.said).toMatch(/postback 1 \(affiliate 1000, offer 12345\)/i);
      expect(cake.postback(1)?.postbackStatus).toBe("active");
      expect(cake.calls("update")).toBe(0);
    });

    both("do not deactivate what a create of the other one asked for and did not get", async () => {
      const { world, one, two } = await opened(door, other);
      await using _ended = world;
      const { cake } = world;
      const renamed = inputs({ affiliateId: 1000, __urn: identityOf("renamed") });

      expect((await refusalOf(one.create(renamed))).message).toContain("[equal-postback-is-live]");
      const { message } = await refusalOf(two.delete("1", stateOf(cake, 1)));

      expect(message).toContain("[delete-of-asked-for]");
      expect(message).toMatch(/postback 1\b/i);
      expect(cake.postback(1)?.postbackStatus).toBe("active");
    });

    both("do not adopt what the other one has deactivated", async () => {
      const { world, one, two } = await opened(door, other);
      await using _ended = world;
      const { cake } = world;
      const adopting = inputs({ affiliateId: 1000, adopt: { postbackId: 1 }, __urn: identityOf("renamed") });

      await two.delete("1", stateOf(cake, 1));
      expect((await refusalOf(one.create(adopting))).message).toContain("[being-deactivated]");
      expect(cake.postback(1)?.postbackStatus).toBe("inactive");
    });

    both("deactivate nothing for a run before, although its engine had the same address", async () => {
      const { world, one, two } = await opened(door, other);
      await using _ended = world;
      const { cake } = world;
      const renamed = inputs({ affiliateId: 1000, __urn: identityOf("renamed") });
      await refusalOf(one.create(renamed));
      await one.process.end();

      await two.delete("1", stateOf(cake, 1));
      expect(cake.postback(1)?.postbackStatus).toBe("inactive");
    });
  },
);

describe.concurrent.each(DOORS)("%s door: two runs at once on one machine", (door) => {
  it.each(
    rowsFor(door, [
      ["of one stack, which take the one record", identityOf("one"), true],
      ["of two stacks, of which one is refused", identityOf("two"), false],
    ] as const),
  )("make one record of a postback: %s", async (_, identity, isTaken) => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(3) } } });
    const { cake } = world;
    const settings = { "cake:listLag": "1" };
    const one = await world.host({ settings });
    const two = await world.host({ settings });
    const answer = cake.pause("create", { when: "after" });

    const first = one.create(inputs({ __urn: identityOf("one") }));
    await answer.arrived;
    const second = two.create(inputs({ __urn: identity })).then(
      ({ id }) => id,
      (error: Error) => error.message,
    );
    await two.says("nother run has not finished");
    answer.release();

    const { id } = await first;
    expect(await second).toEqual(isTaken ? id : expect.stringContaining("[equal-postback-is-live]"));
    expect(cake.calls("create")).toBe(1);
  });
});
