// Many stacks of one project that share a table: each row is declared by exactly one of them, also while it moves.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readPostbacksCsv } from "pulumi-cake/csv";
import { type SandboxInstance, startSandbox } from "pulumi-cake/sandbox";
import { expect, it } from "vitest";
import { NEEDED, nameOf, rangesOf, stackOf } from "../../examples/sharded/sharding";
import { isLong } from "../long";
import type { CliStack, JsonObject } from "./support/cli";
import { failureOf, messagesOf } from "./support/failures";
import { copyOf, example, temporaryFolder } from "./support/places";
import { preview, previewTwice, reading, takeCalls, twice, writing } from "./support/steps";
import { openWorld, type World, withCli } from "./support/world";

const page = readFileSync(join(example("sharded"), "README.md"), "utf8");
/** The fenced blocks of the README in one language, in their order. */
const blocks = (language: string) =>
  [...page.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , of]) => of === language)
    .map(([, indent = "", , text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""));

/** What the README makes of shards.json, to give this affiliate to `shard-2`. */
const [newShards = ""] = blocks("json");
const NORDLICHT = "affiliate-67931-";

const { rows: sample } = readPostbacksCsv(
  readFileSync(join(example("sharded"), "postbacks.csv")),
  "postbacks.csv",
  NEEDED,
);
const ranges = rangesOf(JSON.parse(readFileSync(join(example("sharded"), "shards.json"), "utf8")));
const ofSample = sample.map(({ affiliateId, offerId, postbackStatus, postbackUrl }) =>
  [affiliateId, offerId, postbackStatus, postbackUrl].join(" "),
);
const inCake = (cake: SandboxInstance) =>
  cake
    .postbacks()
    .map(({ affiliateId, offerId, postbackStatus, postbackUrl }) =>
      [affiliateId, offerId, postbackStatus, postbackUrl].join(" "),
    );

/** The example elsewhere, so that its files can be changed. */
const copy = () => copyOf("sharded");

function edit(folder: string, file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

interface Network extends AsyncDisposable {
  readonly folder: string;
  readonly cake: SandboxInstance;
  readonly one: World;
  readonly two: World;
}

async function openNetwork(): Promise<Network> {
  const workDir = copy();
  const one = await openWorld({ workDir, stackName: "shard-1" });
  const two = await openWorld({ workDir, stackName: "shard-2", beside: one });
  return {
    ...{ folder: workDir, cake: one.cake, one, two },
    async [Symbol.asyncDispose]() {
      await two[Symbol.asyncDispose]();
      await one[Symbol.asyncDispose]();
    },
  };
}

/** What `pulumi state move` does, for stacks that have no backend in common. */
async function moveInState(from: CliStack, to: CliStack, part: string): Promise<void> {
  const [source, target] = [await from.exportStack(), await to.exportStack()];
  const all = source.deployment.resources as JsonObject[];
  const others = target.deployment.resources as JsonObject[];
  const isMoving = ({ urn }: JsonObject) => String(urn).includes(`::${part}`);
  const { provider } = others.find(({ id, type }) => id && String(type).includes("AffiliatePostback")) ?? {};
  const text = JSON.stringify(all.filter(isMoving)).replaceAll(from.name, to.name);
  const moved = (JSON.parse(text) as JsonObject[]).map((one) => ({ ...one, provider: provider ?? null }));
  target.deployment.resources = [...others, ...moved];
  await to.importStack(target);
  source.deployment.resources = all.filter((one) => !isMoving(one));
  await from.importStack(source);
}

withCli("examples/sharded", () => {
  it("declares each row in exactly one stack, also when an affiliate moves; every step twice", async () => {
    await using network = await openNetwork();
    const { folder, cake, one, two } = network;
    for (const shard of [one, two]) {
      const its = sample.filter((row) => stackOf(ranges, row) === shard.stack.name);
      const created = Object.fromEntries(its.map((row) => [nameOf(row), "create"]));
      const shown = await (shard === one ? previewTwice(shard) : preview(shard));
      expect(shown.did).toEqual(created);
      const up = await twice(shard, (stack) => stack.up());
      expect(up).toMatchObject({ did: created, calls: writing({ create: 20 }) });
    }
    const live = cake.postbacks();
    expect(inCake(cake).sort()).toEqual(ofSample.toSorted());

    edit(folder, "shards.json", () => newShards);
    await moveInState(one.stack, two.stack, NORDLICHT);
    for (const shard of [one, two]) {
      expect((await preview(shard)).did).toEqual({});
      expect(await twice(shard, (stack) => stack.up())).toMatchObject({ did: {}, calls: {} });
    }
    expect(cake.postbacks()).toEqual(live);

    edit(folder, "postbacks.csv", (text) => text.replace(/^(67931,.*,12345,main),active/m, "$1,inactive"));
    expect((await preview(one)).did).toEqual({});
    const ended = await twice(two, (stack) => stack.up());
    expect(ended.did).toEqual({ [`${NORDLICHT}offer-12345-main`]: "update" });
    expect(ended.calls).toEqual(writing({ update: 1 }));
    expect(cake.postbacks()).toHaveLength(sample.length);
  });

  it("deactivates nothing and makes nothing twice where only half of a move was done, or a row is lost", async () => {
    await using network = await openNetwork();
    const { folder, cake, one, two } = network;
    for (const { stack } of [one, two]) await stack.up();
    const before = cake.postbacks();
    takeCalls(cake);

    edit(folder, "shards.json", () => newShards);
    expect(messagesOf(await failureOf(one.stack.up()))).toContain("protected");
    expect(takeCalls(cake)).toEqual({});
    expect(messagesOf(await failureOf(two.stack.up()))).toContain("CAKE already has");
    expect(takeCalls(cake)).toEqual(reading());
    expect(cake.postbacks()).toEqual(before);

    cpSync(join(example("sharded"), "shards.json"), join(folder, "shards.json"));
    edit(folder, "postbacks.csv", (text) => text.replace(/\n68777.*/, ""));
    expect(messagesOf(await failureOf(two.stack.up()))).toContain("protected");
    expect(takeCalls(cake)).toEqual({});
    expect(cake.postbacks()).toEqual(before);
  });

  it("refuses what would leave a row out or have it twice, before any call", async () => {
    const folder = copy();
    await using world = await openWorld({ workDir: folder });
    const refusal = async (shards: unknown) => {
      writeFileSync(join(folder, "shards.json"), JSON.stringify(shards));
      const messages = messagesOf(await failureOf(world.stack.up()));
      expect(takeCalls(world.cake)).toEqual({});
      return messages;
    };

    expect(await refusal({ "shard-1": [[67000, 68999]] })).toContain("shards.json: must have a shard dev");
    expect(await refusal({ dev: [[67000, 68999]], other: [[68100, 68100]] })).toContain(
      "shards.json: affiliate 68100 is in two shards, dev and other",
    );
    edit(folder, "postbacks.csv", (text) => text.replace("68777,Fjord Partners,12349", "68777,Twin,12348"));
    expect(await refusal({ dev: [[67000, 68341]], other: [[68343, 68999]] })).toMatch(
      /line 32: must have an affiliate of a shard, found 68342[\s\S]*line 40: must not declare affiliate-68777-offer-12348-main, which line 41 declares/,
    );
  });
});

withCli("the README of examples/sharded", () => {
  const started = promisify(execFile);

  it.runIf(isLong)("can be followed with the pulumi CLI, up to the move of an affiliate", async () => {
    await using sandbox = await startSandbox({ instances: { cake: { postbacks: "network" } } });
    const cake = sandbox.instance();
    const others = inCake(cake);
    const folder = copy();
    edit(folder, "Pulumi.yaml", (text) => text.replace("http://127.0.0.1:8801", cake.url));
    const state = temporaryFolder();
    mkdirSync(join(state, "backend"));
    const env = {
      ...{ ...process.env, PULUMI_HOME: state, PULUMI_BACKEND_URL: `file://${join(state, "backend")}` },
      ...{ PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_SKIP_CONFIRMATIONS: "true", NO_PROXY: "127.0.0.1" },
      ...{
        CAKE_API_KEY: cake.apiKey,
        CAKE_JOURNAL_DIR: state,
        PULUMI_CONFIG_PASSPHRASE: "sandbox",
      },
    };
    const follow = async (block = "") => {
      takeCalls(cake);
      const script = block.replace("CAKE_API_KEY=<key>", `CAKE_API_KEY=${cake.apiKey}`);
      const { stdout } = await started("bash", ["-euo", "pipefail", "-c", script], { cwd: folder, env });
      return { stdout, calls: takeCalls(cake) };
    };
    const [try_, all, move] = blocks("sh");

    expect((await follow(try_)).stdout.match(/\+ 21 created/g)).toHaveLength(2);
    expect(inCake(cake).sort()).toEqual([...others, ...ofSample].sort());
    const again = await follow(all);
    expect(again.stdout.match(/^ +21 unchanged/gm)).toHaveLength(4);
    expect(again.calls).toEqual({});

    const before = cake.postbacks();
    edit(folder, "shards.json", () => newShards);
    const moved = await follow(move);
    expect(moved.stdout).toMatch(/Successfully moved[\s\S]* 16 unchanged[\s\S]* 26 unchanged/);
    expect(moved.calls).toEqual({});
    expect((await follow(all)).calls).toEqual({});
    expect(cake.postbacks()).toEqual(before);
  });
});
