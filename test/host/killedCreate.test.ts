import { describe, expect, it, vi } from "vitest";
import { DOORS, type Door, inBothDoors, rowsFor } from "./support/doors";
import { refusalOf } from "./support/failures";
import { phasesIn, rewind } from "./support/journal";
import { identityOf, inputs, rows, URL_B } from "./support/postbacks";
import { type Host, World } from "./support/world";

const SETTINGS = { "cake:listLag": "1" };
const PAIR = { affiliateId: 67890, offerId: 12345 };

/** Brings a create to some step, where it is killed. */
interface Step {
  readonly until: (host: Host, world: World) => Promise<void>;
  readonly phase: string | undefined;
  readonly isMade: boolean;
}

const begin = (host: Host): void => void host.create(inputs()).catch(() => undefined);

const STEPS: Readonly<Record<string, Step>> = {
  "before it was noted": {
    until: async (host, { cake }) => {
      const list = cake.pause("list");
      begin(host);
      await list.arrived;
    },
    phase: undefined,
    isMade: false,
  },
  "after it was noted, before it was sent": {
    until: async (host, { cake }) => {
      cake.injectFault({ on: "create", fault: { kind: "hang" } });
      begin(host);
      await vi.waitFor(() => expect(cake.calls("create")).toBe(1), 15_000);
    },
    phase: "taken",
    isMade: false,
  },
  "after it was sent, and CAKE never carried it out": {
    until: async (host, { cake }) => {
      cake.injectFault({ on: "create", fault: { kind: "hang" } });
      begin(host);
      await vi.waitFor(() => expect(cake.calls("create")).toBe(1), 15_000);
    },
    phase: "sent",
    isMade: false,
  },
  "after it was sent, and CAKE carried it out": {
    until: async (host, { cake }) => {
      const answer = cake.pause("create", { when: "after" });
      begin(host);
      await answer.arrived;
    },
    phase: "sent",
    isMade: true,
  },
  "after it was answered": {
    until: async (host) => {
      await host.create(inputs());
    },
    phase: "made",
    isMade: true,
  },
};

/** A CAKE in which a process was killed at a step. */
async function killedAt(door: Door, { until, phase }: Step): Promise<World> {
  const world = await World.open(door, { instances: { cake: { postbacks: rows(2) } } });
  const host = await world.host({ settings: SETTINGS });
  await until(host, world);
  await host.process.end();
  world.cake.recover();
  if (phase === "taken") rewind(world.journal);
  expect(phasesIn(world.journal)).toEqual(phase === undefined ? [] : [phase]);
  return world;
}

function ofPair({ cake }: World) {
  return cake.postbacks().filter(({ affiliateId }) => affiliateId === PAIR.affiliateId);
}

describe.concurrent.each(DOORS)("%s door: a create whose process was killed", (door) => {
  const both = inBothDoors(door);

  it.each(rowsFor(door, Object.entries(STEPS).reverse()))(
    "makes one record in the end: %s",
    async (_, step) => {
      await using world = await killedAt(door, step);
      const next = await world.host({ settings: SETTINGS });

      const { id } = await next.create(inputs());
      expect(ofPair(world)).toMatchObject([{ postbackId: Number(id), postbackStatus: "active" }]);

      // The state shows it from now on, and nothing is left to be decided.
      const later = await world.host({ settings: SETTINGS });
      await later.diff(id, { ...inputs(), postbackId: Number(id) }, inputs());
      expect(phasesIn(world.journal)).toEqual([]);
    },
  );

  it.each(rowsFor(door, Object.entries(STEPS).reverse()))(
    "stops once the program was edited, if it made a record: %s",
    async (_, step) => {
      await using world = await killedAt(door, step);
      const next = await world.host({ settings: SETTINGS });
      const edited = inputs({ postbackUrl: URL_B });

      if (step.isMade) {
        const [left] = ofPair(world);
        const { message } = await refusalOf(next.create(edited));
        expect(message).toContain("[interrupted-create-left]");
        expect(message).toContain(`postback ${left?.postbackId}`);
        expect(message).toContain("CAKE_ON_UNKNOWN=create:");
        expect(ofPair(world)).toEqual([left]);
      } else {
        await next.create(edited);
        expect(ofPair(world)).toMatchObject([{ postbackUrl: URL_B }]);
      }
      expect(world.cake.calls("update")).toBe(0);
    },
  );

  both("names the record also where the program was edited to another affiliate", async () => {
    await using world = await killedAt(door, STEPS["after it was answered"] as Step);
    const next = await world.host({ settings: SETTINGS });
    const moved = inputs({ affiliateId: 4711, __urn: identityOf(PAIR.affiliateId) });

    const { message } = await refusalOf(next.create(moved));
    expect(message).toContain(`postback ${ofPair(world)[0]?.postbackId}`);
    expect(world.cake.calls("create")).toBe(1);
  });

  both("goes on as a person says who has looked into CAKE", async () => {
    await using world = await killedAt(door, STEPS["after it was sent, and CAKE carried it out"] as Step);
    const [left] = ofPair(world);
    const edited = inputs({ postbackUrl: URL_B });
    const next = await world.host({ settings: SETTINGS });
    const [, entry = ""] = /create:([0-9a-f-]+)/.exec((await refusalOf(next.create(edited))).message) ?? [];
    world.cake.edit(left?.postbackId ?? 0, { postbackStatus: "inactive" });

    const told = await world.host({ settings: SETTINGS, env: { CAKE_ON_UNKNOWN: `create:${entry}` } });
    await told.create(edited);
    expect(ofPair(world)).toMatchObject([{ postbackStatus: "inactive" }, { postbackUrl: URL_B }]);
    expect(phasesIn(world.journal)).toEqual(["made"]);
  });
});
