import { describe, expect, it } from "vitest";
import type { Operation } from "../../provider/sandbox";
import { DOORS, type Door, inBothDoors, rowsFor } from "./support/doors";
import { NoAnswer } from "./support/failures";
import { inputs, rows, stateOf, URL_B } from "./support/postbacks";
import { type Host, World } from "./support/world";

interface Write {
  readonly operation: Operation;
  readonly start: (host: Host, world: World) => Promise<unknown>;
}

const create: Write = {
  operation: "create",
  start: (host) => host.create(inputs({ affiliateId: 1 })),
};
const update: Write = {
  operation: "update",
  start: (host, { cake }) =>
    host.update("1", stateOf(cake, 1), inputs({ affiliateId: 1000, postbackUrl: URL_B })),
};
const remove: Write = {
  operation: "update",
  start: (host, { cake }) => host.delete("1", stateOf(cake, 1)),
};
const WRITES: [string, Write][] = [
  ["create", create],
  ["update", update],
  ["delete", remove],
];

function openWorld(door: Door): Promise<World> {
  return World.open(door, { instances: { cake: { postbacks: rows(2) } } });
}

/** What a CLI that was killed sees of a call: nothing. */
function unanswered(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "an answer",
    (error: unknown) => error,
  );
}

async function expectEnd(host: Host, call: Promise<unknown>): Promise<void> {
  expect(await call).toBeInstanceOf(NoAnswer);
  expect(await host.process.exited).toBe(1);
  // Nobody is left to read it, and to write it would fail.
  expect(host.said).toBe("");
}

describe.concurrent.each(DOORS)("%s door: a write that waits while the CLI is killed", (door) => {
  const both = inBothDoors(door);

  it.each(rowsFor(door, WRITES))(
    "is never sent, and the process ends, after a list that took long: %s",
    async (_, write) => {
      await using world = await openWorld(door);
      const { cake } = world;
      const host = await world.host();
      const list = cake.pause("list");
      const call = unanswered(write.start(host, world));
      await list.arrived;
      await host.engine.close();
      list.release();

      await expectEnd(host, call);
      expect(cake.calls(write.operation)).toBe(0);
    },
  );

  it.each(rowsFor(door, WRITES))(
    "is not sent a second time, and the process ends, after a throttling: %s",
    async (_, write) => {
      await using world = await openWorld(door);
      const { cake } = world;
      const host = await world.host();
      cake.injectFault({ on: write.operation, fault: { kind: "rateLimited", retryAfter: 0.1 } });
      const answer = cake.pause(write.operation, { when: "after" });
      const before = JSON.stringify(cake.postbacks());
      const call = unanswered(write.start(host, world));
      await answer.arrived;
      await host.engine.close();
      answer.release();

      await expectEnd(host, call);
      expect(cake.calls(write.operation)).toBe(1);
      expect(JSON.stringify(cake.postbacks())).toBe(before);
    },
  );

  both("is not sent when its turn comes, behind the first one of the run", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host();
    const first = cake.pause("create", { when: "after" });
    const call = unanswered(
      Promise.all([1, 2, 3].map((affiliateId) => host.create(inputs({ affiliateId })))),
    );
    await first.arrived;
    await host.engine.close();
    first.release();

    await expectEnd(host, call);
    expect(cake.calls("create")).toBe(1);
  });

  both("is not sent when its turn comes, among more calls than may go at once", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host({ settings: { "cake:concurrency": "1" } });
    await host.create(inputs({ affiliateId: 1 }));
    const second = cake.pause("create", { when: "after" });
    const call = unanswered(
      Promise.all([2, 3, 4].map((affiliateId) => host.create(inputs({ affiliateId })))),
    );
    await second.arrived;
    await host.engine.close();
    second.release();

    await expectEnd(host, call);
    expect(cake.calls("create")).toBe(2);
  });
});

describe.concurrent.each(DOORS)("%s door: a write that waits while the CLI lives", (door) => {
  it.each(rowsFor(door, WRITES))(
    "is sent after a list that took long, and after a throttling: %s",
    async (_, write) => {
      await using world = await openWorld(door);
      const { cake } = world;
      const host = await world.host();
      cake.injectFault({ on: write.operation, fault: { kind: "rateLimited", retryAfter: 0.1 } });
      const list = cake.pause("list");
      const call = write.start(host, world);
      await list.arrived;
      list.release();

      await call;
      expect(cake.calls(write.operation)).toBe(2);
    },
  );

  it.each(rowsFor(door, ["255.255.255.255:1", "nonsense"]))(
    "is sent where the engine's address tells nothing: %s",
    async (engineAddress) => {
      await using world = await openWorld(door);
      const host = await world.host({ engineAddress });

      await host.create(inputs());
      expect(world.cake.calls("create")).toBe(1);
    },
  );
});

describe.concurrent.each(DOORS)("%s door: a read while the CLI is killed", (door) => {
  it("ends like any other, for it changes nothing", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host();
    const list = cake.pause("list");
    const reading = host.read("1", stateOf(cake, 1));
    await list.arrived;
    await host.engine.close();
    list.release();

    expect((await reading).id).toBe("1");
  });
});
