import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { acme, declare } from "../support/declare";
import { failureOf } from "../support/failures";
import { project } from "../support/places";
import { once, takeCalls } from "../support/steps";
import { openWorld, withCli } from "../support/world";
import { activeIds, comesUp, isRefused, isSettled, live, made, open, URL } from "./support";

const OTHER_URL = "https://other.example/postback?cid=#s2#";

withCli.concurrent("one owner for each postback", () => {
  it("two providers of one instance make one active postback of equal declarations, and two of different ones", async () => {
    await using world = await open();
    const second = { ...acme(), provider: "second", after: ["one"] };
    await isRefused(world, { one: acme(), other: second });
    expect(activeIds(world)).toHaveLength(1);
    await comesUp(world, { one: acme(), other: { ...second, args: { ...second.args, offerId: 12346 } } });
    expect(activeIds(world)).toHaveLength(2);
    await isSettled(world);
  });

  it("a postback that moves from a removed provider to another resource stays active", async () => {
    await using world = await open();
    await comesUp(world, { a: { ...acme(), provider: "second" } });
    const id = world.cake.lastId;
    await comesUp(world, { b: acme({ adopt: { postbackId: id } }) });
    expect(live(world)).toEqual([`${id} 12345 active`]);
    await isSettled(world);
    expect((await once(world, (stack) => stack.refresh())).did).toEqual({});
  });

  it("a resource and a child of a component with the same name are two", async () => {
    await using world = await open();
    const { result } = await comesUp(world, {
      "acme/acme-23": acme(),
      "acme-23": { ...acme({ postbackUrl: OTHER_URL }), after: ["acme/acme-23"] },
    });
    expect(result.stdout + result.stderr).not.toMatch(/interrupted/i);
    expect(world.cake.postbacks().map(({ postbackUrl }) => postbackUrl)).toEqual([URL, OTHER_URL]);
    await isSettled(world);
  });

  it("a postback that a second machine changed can be replaced by the first one", async () => {
    await using world = await open();
    await comesUp(world, { acme: acme() });
    world.stack.setEnv("CAKE_JOURNAL_DIR", mkdtempSync(join(tmpdir(), "cake-journal-")));
    await comesUp(world, { acme: acme({ postbackUrl: OTHER_URL }) });
    world.stack.setEnv("CAKE_JOURNAL_DIR", world.journal);
    await comesUp(world, { acme: acme({ postbackUrl: OTHER_URL, affiliateId: 67931 }) });
    const active = world.cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
    expect(active).toMatchObject([{ affiliateId: 67931 }]);
  });

  it("a state that was thrown away stops at the live postback, and takes it with CAKE_ON_EXISTING=adopt", async () => {
    await using world = await open();
    const empty = await world.stack.exportStack();
    await comesUp(world, { acme: acme() });
    const id = world.cake.lastId;
    // Until a run has seen it in the state, a create without an end is taken over instead.
    await isSettled(world);
    await world.stack.importStack(empty);
    expect(await isRefused(world, { acme: acme() })).toContain(String(id));
    world.stack.setEnv("CAKE_ON_EXISTING", "adopt");
    await comesUp(world, { acme: acme() });
    expect(live(world)).toEqual([`${id} 12345 active`]);
    await isSettled(world);
  });

  it("two stacks at once make one active postback of equal declarations", async () => {
    await using one = await open();
    await using two = await openWorld({
      workDir: project("declared.ts"),
      stackName: "other",
      beside: one,
    });
    for (const world of [one, two]) await declare(world, { acme: acme() });
    const ends = await Promise.allSettled([one.stack.up(), two.stack.up()]);
    expect(activeIds(one)).toHaveLength(1);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("a target with adopt of another's postback deactivates nothing, and the next full run names both owners", async () => {
    await using world = await open();
    await comesUp(world, { a: acme() });
    const id = world.cake.lastId;
    await declare(world, { a: acme(), b: acme({ adopt: { postbackId: id } }) });
    await world.stack.up({ target: ["**b"] }).catch(() => undefined);
    expect(activeIds(world)).toEqual([id]);

    const outcome = await world.stack.up().catch((error: { stdout: string; stderr: string }) => error);
    expect(outcome.stdout + outcome.stderr).toContain(String(id));
    expect(activeIds(world)).toEqual([id]);
    await comesUp(world, { b: acme({ adopt: { postbackId: id } }) });
    expect(activeIds(world), "when the first owner is removed").toEqual([id]);
  });
});

withCli.concurrent("a rename", () => {
  it("with an alias changes nothing, of a resource and of the stack", async () => {
    await using world = await open();
    await comesUp(world, { old: acme() });
    takeCalls(world.cake);
    expect((await comesUp(world, { now: acme({}, { aliases: [{ name: "old" }] }) })).calls).toEqual({});
    await world.stack.rename("prod");
    expect((await once(world, (stack) => stack.up())).calls).toEqual({});
    await isSettled(world);
  });

  it("without an alias stops with and without --refresh, for a type whose name no article tells", async () => {
    await using world = await open();
    await comesUp(world, { old: acme({ postbackTypeId: 2 }) });
    const before = live(world);
    const id = String(world.cake.lastId);
    expect(await isRefused(world, { now: acme({ postbackTypeId: 2 }) })).toContain(id);
    expect(live(world)).toEqual(before);
    const refreshing = { now: acme({ postbackTypeId: 2 }) };
    expect(await isRefused(world, refreshing, (stack) => stack.up({ refresh: true }))).toContain(id);
    expect(live(world)).toEqual(before);
    world.stack.setEnv("CAKE_ON_EXISTING", "adopt");
    await world.stack.up({ refresh: true });
    expect(live(world)).toEqual(before);
    await isSettled(world);
  });

  it("without an alias deactivates nothing under --continue-on-error, and ends well with adopt", async () => {
    await using world = await open();
    await comesUp(world, { old: acme() });
    const id = world.cake.lastId;
    await isRefused(world, { now: acme() }, (stack) => stack.up({ continueOnError: true }));
    expect(live(world)).toEqual([`${id} 12345 active`]);
    world.stack.setEnv("CAKE_ON_EXISTING", "adopt");
    await world.stack.up();
    expect(live(world)).toEqual([`${id} 12345 active`]);
    await isSettled(world);
  });

  it("with adopt in the program takes the postback over under --refresh", async () => {
    await using world = await open();
    await comesUp(world, { old: acme() });
    const id = world.cake.lastId;
    await declare(world, { now: acme({ adopt: { postbackId: id } }) });
    await world.stack.up({ refresh: true });
    expect(live(world)).toEqual([`${id} 12345 active`]);
    await isSettled(world);
  });
});

withCli.concurrent("a replacement", () => {
  it("of an offer by all offers and back leaves one active postback each time", async () => {
    await using world = await open();
    await comesUp(world, { acme: acme() });
    for (const offerId of [0, 12345]) {
      await comesUp(world, { acme: acme({ offerId }) });
      const active = world.cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
      expect(active).toMatchObject([{ offerId }]);
    }
    await isSettled(world);
  });

  it("of a type and back leaves one active postback, also after a create that was refused", async () => {
    await using world = await open();
    await comesUp(world, { acme: acme({ postbackTypeId: 2 }) });
    await declare(world, { acme: acme({ postbackTypeId: 1 }) });
    world.cake.injectFault({ on: "create", fault: { kind: "refused", message: "Not today" } });
    await failureOf(world.stack.up());
    await world.stack.up();
    const active = () => world.cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
    expect(active()).toMatchObject([{ postbackType: "Server" }]);
    await comesUp(world, { acme: acme({ postbackTypeId: 2 }) });
    expect(active()).toMatchObject([{ postbackType: "iFrame" }]);
    await isSettled(world);
  });

  it("whose create cannot succeed leaves the old postback active", async () => {
    await using world = await open();
    await comesUp(world, { acme: acme() });
    const id = world.cake.lastId;
    const theirs = made(world, { postbackType: "iFrame" });
    await isRefused(world, { acme: acme({ postbackTypeId: 2 }) });
    expect(activeIds(world)).toEqual([id, theirs]);
  });
});
