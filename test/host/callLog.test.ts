import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ownManifest } from "../../provider/manifest";
import { callsIn, linesIn, requestsOf } from "../unit/callLog/support";
import { serveRelay } from "../unit/http/servers";
import { DOORS, inBothDoors } from "./support/doors";
import { refusalOf } from "./support/failures";
import { identityOf, inputs, rows, stateOf, URL_B } from "./support/postbacks";
import { World } from "./support/world";

const SLOW_DOWN = { kind: "restricted" } as const;

describe.each(DOORS)("%s door: the log of a provider process", (door) => {
  const both = inBothDoors(door);

  it("has a line for each request of a run and of a refresh, throttled ones included", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(3) } } });
    const { cake, log } = world;
    cake.injectFault({ on: "create", fault: SLOW_DOWN });
    cake.injectFault({ on: "list", fault: SLOW_DOWN, after: 1 });
    const host = await world.host();
    const { id, outs } = await host.create(inputs());
    await host.update(id, outs, inputs({ postbackUrl: URL_B }));
    await host.delete("1", stateOf(cake, 1));
    const refresh = await world.host();
    for (const id of [2, 3]) await refresh.read(String(id), stateOf(cake, id));

    const lines = linesIn(log);
    expect(callsIn(lines)).toEqual(requestsOf(cake));
    expect(new Set(lines.map((line) => line.process)).size, "two processes append to one file").toBe(2);
    const version = ownManifest().version;
    for (const line of lines) expect(line).toMatchObject({ by: "provider", version, instance: cake.domain });
    expect(lines.filter(({ endpoint }) => endpoint === "create")).toMatchObject([
      { attempt: 1, outcome: "throttled", resource: identityOf(67890), affiliateId: 67890, offerId: 12345 },
      { attempt: 2, outcome: "ok", resource: identityOf(67890), postbackId: Number(id) },
    ]);
    expect(lines.filter(({ endpoint }) => endpoint === "update")).toMatchObject([
      { attempt: 1, outcome: "ok", resource: identityOf(67890), postbackId: Number(id) },
      { attempt: 1, outcome: "ok", postbackId: 1 },
    ]);
    expect(readFileSync(log, "utf8")).not.toMatch(/https?:|#s2#|api_key/);
  });

  both(
    "is refused before anything is sent where its place cannot be used, and a preview needs none",
    async () => {
      await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
      const { cake } = world;
      const host = await world.host({ env: { CAKE_LOG: "cake.log" } });
      const saved = stateOf(cake, 1);
      expect((await host.check({}, inputs())).failures).toEqual([]);
      expect((await host.diff("1", saved, inputs({ affiliateId: 1000 }))).changes).toBe(false);
      for (const call of [
        () => host.create(inputs()),
        () => host.read("1", saved),
        () => host.update("1", saved, inputs({ affiliateId: 1000, postbackUrl: URL_B })),
        () => host.delete("1", saved),
      ]) {
        const { message } = await refusalOf(call());
        expect(message).toContain("cake.log is not an absolute path. Nothing was sent to CAKE.");
        expect(message).toContain("[call-log-unusable]");
      }
      expect(cake.requests).toEqual([]);
    },
  );

  both("stands beside a name and a version that each request carries", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake, log } = world;
    const relay = await serveRelay(cake.url);
    const host = await world.host({ settings: { "cake:domain": relay.url.href } });
    const { id, outs } = await host.create(inputs());
    const { outs: updated } = await host.update(id, outs, inputs({ postbackUrl: URL_B }));
    await host.delete(id, updated).catch(() => undefined);
    expect(new Set(relay.requests.map(({ headers }) => headers["user-agent"]))).toEqual(
      new Set([`pulumi-cake/${ownManifest().version}`]),
    );
    expect(relay.requests.length).toBe(cake.requests.length);
    expect(linesIn(log).length).toBe(cake.requests.length);
  });
});
