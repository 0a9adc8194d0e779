import { describe, expect, it } from "vitest";
import { DOORS } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf, URL_B } from "./support/postbacks";
import { World } from "./support/world";

// What the process prints of an error that has no stack.
const printed = (message: string) => `Error: ${message}: \n`;

describe.concurrent.each(DOORS)("%s door: an error that a user can do something about", (door) => {
  it("is told once by diff, read and delete, as its message and no stack", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(3) } } });
    const { cake } = world;
    const host = await world.host();
    const elsewhere = stateOf(cake, 1, { domain: "other.example" });
    const drifted = stateOf(cake, 2);
    cake.edit(2, { postbackUrl: URL_B });

    const messages: string[] = [];
    for (const call of [
      () => host.diff("1", elsewhere, inputs()),
      () => host.read("1", elsewhere),
      () => host.read("abc", stateOf(cake, 3)),
      () => host.delete("1", elsewhere),
      () => host.delete("2", drifted),
    ]) {
      messages.push((await refusalOf(call())).message);
    }
    expect(host.said).toBe(door === "dynamic" ? messages.map(printed).join("") : "");
    expect(host.everything).not.toMatch(/^\s+at /m);
    expect(host.everything).not.toContain("bug in pulumi-cake");
    expect(host.process.stdout).toMatch(/^\d+\n$/);
  });

  it("is told by create and update in the answer alone", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(3) } } });
    const { cake } = world;
    const host = await world.host();
    const drifted = stateOf(cake, 1);
    cake.edit(1, { postbackUrl: URL_B });

    await refusalOf(host.create(inputs({ affiliateId: 1001 })));
    await refusalOf(host.update("1", drifted, inputs({ affiliateId: 1000, postbackStatus: "inactive" })));
    cake.injectFault({ on: "update", fault: { kind: "refused", message: "Not today" } });
    await refusalOf(host.delete("3", stateOf(cake, 3)));

    expect(host.said).toMatch(
      door === "dynamic" ? /^Error: CAKE refused the request: [^\n]*Not today[^\n]*\n$/ : /^$/,
    );
  });

  it("is a list of failures in check, and never an error", async () => {
    await using world = await World.open(door);
    const host = await world.host();

    const { failures } = await host.check(
      {},
      { __provider: inputs().__provider, postbackURL: "x", domain: 1 },
    );
    expect(failures.length).toBeGreaterThan(3);
    expect(host.said).toBe("");
  });
});

describe.concurrent.each(DOORS)("%s door: an answer of CAKE", (door) => {
  it("that is far too long, or cut inside a character, is told and never hangs", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host({ settings: { "cake:endpoints": "documented" } });
    const long = "No. ".repeat(50_000);

    for (const message of [
      long,
      "😀".repeat(200),
      `x${"😀".repeat(200)}`,
      "\ud83d",
      "\u0000\u001b[31m\u202e",
    ]) {
      cake.injectFault({ on: "create", fault: { kind: "refused", message } });
      const refusal = await refusalOf(host.create(inputs()));
      expect(refusal.message).toContain("CAKE refused the request");
      expect(refusal.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    cake.injectFault({ on: "create", fault: { kind: "altered", alter: () => ({ request_status: long }) } });
    expect((await refusalOf(host.create(inputs()))).message).toContain("No. No.");
  });
});

describe.concurrent.each(DOORS)("%s door: methods that the package has nothing to do with", (door) => {
  it("do not stop it", async () => {
    await using world = await World.open(door);
    const host = await world.host();

    await host.cancel();
    await host.create(inputs());
    expect(world.cake.calls("create")).toBe(1);
  });
});
