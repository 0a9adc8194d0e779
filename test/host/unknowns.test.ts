import { describe, expect, it } from "vitest";
import { DOORS } from "./support/doors";
import { inputs, rows, stateOf } from "./support/postbacks";
import type { Bag } from "./support/proto";
import { World } from "./support/world";

// What the engine puts in place of a value that a preview cannot know.
// Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go.
const SENTINELS = {
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  bool: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

const INPUTS = [
  "affiliateId",
  "offerId",
  "postbackUrl",
  "postbackStatus",
  "postbackTypeId",
  "adopt",
  "urlParts",
];

/** One declaration for each input, and for each place inside one, with an unknown value there. */
function declarations(unknown: string): [place: string, Bag][] {
  return [
    ...INPUTS.map((name): [string, Bag] => [name, { [name]: unknown }]),
    ["URL and parts", { postbackUrl: unknown, urlParts: unknown }],
    ["inside adopt", { adopt: { postbackId: unknown } }],
    [
      "inside the parts",
      { postbackUrl: unknown, urlParts: { host: unknown, path: "/", query: { cid: unknown } } },
    ],
    ["everywhere", Object.fromEntries(INPUTS.map((name) => [name, unknown]))],
  ];
}

describe.concurrent.each(DOORS)("%s door: values that a preview does not know", (door) => {
  it("pass through check as they are", async () => {
    await using world = await World.open(door);
    const host = await world.host();

    for (const [type, unknown] of Object.entries(SENTINELS)) {
      for (const [place, changes] of declarations(unknown)) {
        const { inputs: checked, failures } = await host.check({}, { ...inputs(), ...changes });
        expect(failures, `${type}, ${place}`).toEqual([]);
        // The parts of a URL that is known are made anew, whatever stood there.
        const known = place === "urlParts" ? inputs() : { ...inputs(), ...changes };
        // The plugin makes the parts, and for the dynamic door the class does.
        const isMade = door === "plugin" && "postbackUrl" in changes;
        expect(checked, `${type}, ${place}`).toEqual(
          isMade ? { ...known, urlParts: SENTINELS.string } : known,
        );
      }
    }
  });

  it("are told from values that are wrong", async () => {
    await using world = await World.open(door);
    const host = await world.host();

    const { failures } = await host.check({}, { ...inputs(), offerId: SENTINELS.number, affiliateId: -1 });
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("affiliateId") }]);
  });

  it("count as changes in diff, and never fail it", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const host = await world.host();
    const saved = stateOf(world.cake, 1);
    const replacing = ["affiliateId", "offerId", "postbackTypeId"];
    const updating = ["postbackUrl", "postbackStatus"];

    for (const [type, unknown] of Object.entries(SENTINELS)) {
      for (const [place, changes] of declarations(unknown)) {
        const names = Object.keys(changes);
        expect(
          await host.diff("1", saved, { ...inputs({ affiliateId: 1000 }), ...changes }),
          `${type}, ${place}`,
        ).toMatchObject({
          changes: names.some((name) => [...replacing, ...updating].includes(name)),
          replaces: replacing.filter((name) => names.includes(name)),
        });
      }
    }
    expect(world.cake.requests).toHaveLength(0);
  });

  it.runIf(door === "dynamic")(
    "may be the provider itself: the process then takes the one of the old inputs",
    async () => {
      await using world = await World.open(door);
      const host = await world.host();
      const declared = { ...inputs(), __provider: SENTINELS.string };

      expect(await host.check(inputs(), declared)).toEqual({ inputs: declared, failures: [] });
    },
  );
});
