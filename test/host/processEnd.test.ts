import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DOORS, type Door, inBothDoors } from "./support/doors";
import { refusalOf } from "./support/failures";
import { phasesIn } from "./support/journal";
import { Folder } from "./support/layouts";
import { inputs, rows, stateOf } from "./support/postbacks";
import { REPOSITORY } from "./support/process";
import { World } from "./support/world";

const BOUND_MS = 25_000;

/** What a CLI that was killed sees of a call: nothing. */
function forget(call: Promise<unknown>): void {
  call.catch(() => undefined);
}

function openWorld(door: Door): Promise<World> {
  return World.open(door, { instances: { cake: { postbacks: rows(3) } } });
}

describe.concurrent.each(DOORS)("%s door: a process whose engine is gone", (door) => {
  const both = inBothDoors(door);

  it("ends by itself while it is idle", async () => {
    await using world = await openWorld(door);
    const host = await world.host();
    // The first call loads the package.
    await host.check({}, inputs());
    await host.engine.close();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    expect(world.cake.requests).toEqual([]);
  });

  it("ends while a create waits for its answer, which the journal then has as sent", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host();
    const answer = cake.pause("create", { when: "after" });
    forget(host.create(inputs({ affiliateId: 1 })));
    await answer.arrived;
    forget(host.create(inputs({ affiliateId: 2 })));
    await host.engine.close();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    expect(cake.calls("create")).toBe(1);
    expect(phasesIn(world.journal)).toEqual(["sent"]);
  });

  both("ends while a create waits to be sent again, and does not send it", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host();
    cake.injectFault({ on: "create", fault: { kind: "rateLimited", retryAfter: 120 } });
    const answer = cake.pause("create", { when: "after" });
    forget(host.create(inputs({ affiliateId: 1 })));
    await answer.arrived;
    answer.release();
    await host.engine.close();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    expect(cake.calls("create")).toBe(1);
  });

  both("ends while it reads the list, and sends nothing after that", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host();
    const list = cake.pause("list");
    forget(host.delete("1", stateOf(cake, 1)));
    await list.arrived;
    await host.engine.close();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    list.release();
    expect(cake.calls("update")).toBe(0);
  });
});

describe.concurrent("a dynamic-provider process whose output nobody reads any more", () => {
  it("ends when it has something to say on stderr", async () => {
    await using world = await openWorld("dynamic");
    const host = await world.host();
    host.process.breakStream("stderr");
    // Pulumi prints the error of a read.
    forget(refusalOf(host.read("abc", stateOf(world.cake, 1))));

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
  });

  it("lets a write in flight end, which the journal then has as made", async () => {
    await using world = await openWorld("dynamic");
    const { cake } = world;
    const host = await world.host();
    const answer = cake.pause("create", { when: "after" });
    forget(host.create(inputs({ affiliateId: 1 })));
    await answer.arrived;
    host.process.breakStream("stderr");
    await refusalOf(host.read("abc", stateOf(cake, 1)));
    // It is still there, for the sake of the write.
    await host.check({}, inputs());
    answer.release();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    expect(phasesIn(world.journal)).toEqual(["made"]);
  });

  it("ends when something prints on stdout", async () => {
    await using world = await openWorld("dynamic");
    using folder = new Folder();
    const entry = JSON.stringify(join(REPOSITORY, "dist/host.js"));
    folder.write(
      "node_modules/pulumi-cake/host.js",
      `const door = require(${entry});
module.exports = { ...door, check: (...all) => { console.log("a careless dependency"); return door.check(...all); } };`,
    );
    const host = await world.host({ env: { CAKE_HOST_FROM: folder.path } });
    host.process.breakStream("stdout");
    forget(host.check({}, inputs()));

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
  });
});
