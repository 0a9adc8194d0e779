import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine } from "./support/engine";
import { refusalOf } from "./support/failures";
import { Folder } from "./support/layouts";
import { inputs, rows, stateOf, URL_B } from "./support/postbacks";
import { HostProcess, REPOSITORY, SOON_ENDS } from "./support/process";
import { type Host, World } from "./support/world";

const BOUND_MS = 25_000;
const ENDPOINT = "tcp://127.0.0.1:5775";

function openWorld(): Promise<World> {
  return World.open("plugin", { instances: { cake: { postbacks: rows(2) } } });
}

/** A process that throws where nobody catches it, as soon as it is told. */
function careless(folder: Folder): string {
  return `--require ${JSON.stringify(
    folder.write(
      "careless.cjs",
      `process.on("SIGUSR2", () => Promise.reject(new Error("a careless dependency")));`,
    ),
  )}`;
}

describe.concurrent("a plugin that the engine starts as an executable", () => {
  it("ends when its standard input does, although something answers at the engine's address", async () => {
    await using world = await openWorld();
    const host = await world.host({ isFed: true });
    await host.check({}, inputs());
    host.process.endInput();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    expect(host.process.stderr).toBe("");
    expect(host.process.stdout).toMatch(/^\d+\n$/);
  });

  it("finds the engine's address behind the flags for logs and traces, and ends with it", async () => {
    await using world = await openWorld();
    const flags = ["--logtostderr", "-v=9", "--tracing", ENDPOINT];
    const host = await world.host({ flags, env: SOON_ENDS });
    await host.engine.close();

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
  });

  it("ends after an error that no call has caught, with one message and no key", async () => {
    await using world = await openWorld();
    using folder = new Folder();
    const host = await world.host({ env: { NODE_OPTIONS: careless(folder) } });
    await host.check({}, inputs());
    host.process.signal("SIGUSR2");

    expect(await host.process.endsWithin(BOUND_MS)).toBe(1);
    expect(host.process.stderr).toMatch(
      /^This is a bug in pulumi-cake[^\n]*\nError: a careless dependency\n/,
    );
    expect(host.process.stderr.match(/bug in pulumi-cake/g)).toHaveLength(1);
  });
});

describe.concurrent("a plugin that a person has started", () => {
  it("outlives the engines that attach, and writes for the one that is there", async () => {
    await using world = await openWorld();
    const { cake } = world;
    await using first = await standing(world);
    await first.host.create(inputs({ affiliateId: 5 }));
    await first.engine.close();
    // Longer than the time in which it would see that its engine is gone.
    expect(await first.host.process.endsWithin(1_000)).toBe("still running");

    const next = await openEngine("plugin");
    await first.host.attach(next.address);
    await first.host.configure({ "cake:domain": cake.url, "cake:apiKey": cake.apiKey });
    await first.host.create(inputs({ affiliateId: 6 }));
    expect(cake.calls("create")).toBe(2);
    await next.close();
  });
});

describe.concurrent("a plugin to which one engine gives two providers", () => {
  it("serves the first one, and no key of another instance comes near it", async () => {
    await using world = await openWorld();
    await using only = await standing(world);
    const { host } = only;
    const eu = { "cake:name": "eu", "cake:domain": world.cake.url, "cake:apiKey": "canary-of-eu" };
    const { message } = await refusalOf(host.configure(eu));
    expect(message).toContain("[two-providers]");
    expect(message).not.toContain("canary");
    await host.create(inputs({ affiliateId: 5 }));
    expect(JSON.stringify(world.cake.requests)).not.toContain("canary");

    const next = await openEngine("plugin");
    await host.attach(next.address);
    await host.configure(eu);
    await next.close();
  });

  it("looks up anew what the next run asks", async () => {
    await using world = await openWorld();
    await using only = await standing(world);
    const { host } = only;
    const { cake } = world;
    const find = () => host.invoke("cake:index:getAffiliatePostbacks", { affiliateId: 4711 });
    expect(await find()).toEqual({ postbacks: [] });
    cake.add({ affiliateId: 4711, offerId: 5, postbackUrl: URL_B });
    expect(await find()).toEqual({ postbacks: [] });
    await host.configure({ "cake:domain": cake.url, "cake:apiKey": cake.apiKey });
    expect((await find()).postbacks).toMatchObject([{ affiliateId: 4711 }]);
  });
});

/** A process without an engine's address, to which one has attached. */
async function standing(world: World) {
  const host: Host = await world.host({ engineAddress: "", env: SOON_ENDS });
  const engine = await openEngine("plugin");
  await host.attach(engine.address);
  const { cake } = world;
  await host.configure({ "cake:domain": cake.url, "cake:apiKey": cake.apiKey });
  return { host, engine, [Symbol.asyncDispose]: () => engine.close() };
}

describe.concurrent("a plugin's answers", () => {
  it("come with logs beside the resource that they concern, and are sent when the engine has them", async () => {
    await using world = await openWorld();
    const host = await world.host();
    await host.delete("1", stateOf(world.cake, 1));
    const plain = "http://tracker.partner.example/postback?cid=#s2#&payout=#price#";
    await host.check({}, inputs({ affiliateId: 9, postbackUrl: plain }));

    const [info, warning] = host.engine.logs;
    expect(info).toMatchObject({ severity: "info", text: expect.stringContaining("cannot delete") });
    expect(info?.urn).toMatch(/::cake:index:AffiliatePostback::affiliate-1000$/);
    expect(warning).toMatchObject({ severity: "warning", text: expect.stringContaining("P12") });
    expect(warning?.urn).toMatch(/::affiliate-9$/);
  });

  it("come without a log where the engine takes none", async () => {
    await using world = await openWorld();
    const listener = await openEngine("dynamic");
    const host = await world.host({ engineAddress: listener.address });
    await host.delete("1", stateOf(world.cake, 1));

    expect(world.cake.postback(1)?.postbackStatus).toBe("inactive");
    await listener.close();
  });

  it("say of a lookup what is wrong, as no bug of ours", async () => {
    await using world = await openWorld();
    const host = await world.host();
    const one = "cake:index:getAffiliatePostback";

    expect(await host.invoke(one, { postbackId: 1 })).toMatchObject({ postbackId: 1, affiliateId: 1000 });
    for (const [token, args, code] of [
      [one, { postbackId: 99 }, "lookup-not-found"],
      [one, { postbackId: "x" }, "lookup"],
      ["cake:index:getOffer", {}, "function-unknown"],
      ["constructor", {}, "function-unknown"],
    ] as const) {
      const { message } = await refusalOf(host.invoke(token, args));
      expect(message).toContain(`[${code}`);
      expect(message).not.toContain("bug in pulumi-cake");
    }
  });

  it("import nothing that is not as declared, and change it in a later run", async () => {
    await using world = await openWorld();
    const { cake } = world;
    const host = await world.host();
    const live = await host.read("1", {});
    const other = { ...live.inputs, postbackUrl: URL_B };
    await host.check({}, other);
    const { message } = await refusalOf(host.diff("1", live.props, other));
    expect(message).toContain("[import-differs]");
    expect(message).toContain("postbackUrl");
    await host.check(live.inputs ?? {}, other);
    expect((await host.diff("1", live.props, other)).changes).toBe(true);
    expect(cake.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("give the schema as it is committed", async () => {
    await using world = await openWorld();
    const host = await world.host();
    const path = join(REPOSITORY, "provider/plugin/schema.json");
    expect(await host.schema()).toEqual(JSON.parse(readFileSync(path, "utf8")));
  });

  it("foresee in a preview what is known, and write nothing", async () => {
    await using world = await openWorld();
    const { cake } = world;
    const host = await world.host();
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    const adopting = inputs({ adopt: { postbackId: 1 } });
    const { adopt: _, ...declared } = adopting;
    const { id, outs } = await host.create(adopting, true);
    expect(id).toBe("");
    expect(outs).toEqual({ ...declared, postbackId: unknown, postbackType: unknown, domain: cake.domain });
    const changed = inputs({ affiliateId: 1000, postbackUrl: URL_B });
    const saved = { ...stateOf(cake, 1), suppress: { P12: "no TLS until March" } };
    const { outs: updated } = await host.update("1", saved, changed, true);
    expect(updated).toEqual({ ...stateOf(cake, 1), ...changed });
    expect(cake.requests).toEqual([]);
  });
});

describe.concurrent("a plugin that cannot listen", () => {
  it("ends with one message", async () => {
    using folder = new Folder();
    const preload = folder.write(
      "deaf.cjs",
      `require("node:net").Server.prototype.listen = function () { setImmediate(() => this.emit("error", new Error("EACCES"))); return this; };`,
    );
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(preload)}` };
    const plugin = HostProcess.start({ door: "plugin", cwd: REPOSITORY, env, engineAddress: "" });

    expect(await plugin.exited).toBe(1);
    expect(plugin.stdout).toBe("");
    expect(plugin.stderr).toMatch(
      /^The plugin cannot listen on 127\.0\.0\.1: [^\n]*\[plugin-cannot-listen\]\n$/,
    );
  });
});
