import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { TYPE_TOKEN } from "../../provider/postback/postback";
import { urlParts } from "../../provider/postback/url";
import { SHELL } from "../../provider/resource/shell";
import { grpc, messages, services, toStruct } from "../host/support/proto";
import { rowOf } from "./peers/network";
import { PLUGIN } from "./plugin";
import { ProcessWatch } from "./processes";

/** What a provider takes from its start until it has checked one postback. */
export interface StartCost {
  /** Of all its processes. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** The same for both doors. */
export interface StartCosts {
  readonly dynamic: StartCost;
  readonly plugin: StartCost;
}

const ROOT = `${__dirname}/../..`;
const RUNS = 9;
const NOBODY = "127.0.0.1:9";

/** Medians over fresh processes, which take turns. They are started as the engine starts them. */
export async function startCosts(): Promise<StartCosts> {
  const script = createRequire(__filename).resolve("@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
  const runs: StartCosts[] = [];
  for (let run = 0; run < RUNS; run++)
    runs.push({ dynamic: await started("sh", [script, NOBODY]), plugin: await started(PLUGIN, [NOBODY]) });
  return {
    dynamic: median(runs.map(({ dynamic }) => dynamic)),
    plugin: median(runs.map(({ plugin }) => plugin)),
  };
}

async function started(file: string, args: readonly string[]): Promise<StartCost> {
  const mark = randomUUID();
  const watch = new ProcessWatch(`BENCH_RUN=${mark}`);
  const child = spawn(file, args, {
    cwd: ROOT,
    // Its group, because a shell is between.
    detached: true,
    env: { PATH: process.env.PATH, PULUMI_NODEJS_PROJECT: "bench", BENCH_RUN: mark },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout, "data");
  await checkOne(Number(port));
  const { host, other } = watch.stop();
  process.kill(-(child.pid ?? Number.NaN), "SIGKILL");
  return { cpuSeconds: host.cpuSeconds + other.cpuSeconds, megabytes: host.peakMegabytes };
}

/** What the engine asks first. Each door finds its own settings and leaves those of the other. */
async function checkOne(port: number): Promise<void> {
  const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const { name, ...row } = rowOf(0);
  const configure = new messages.ConfigureRequest();
  configure.setArgs(toStruct({ domain: NOBODY, apiKey: "key", "cake:domain": NOBODY, "cake:apiKey": "key" }));
  const check = new messages.CheckRequest();
  check.setUrn(`urn:pulumi:dev::bench::${TYPE_TOKEN}::${name}`);
  check.setOlds(toStruct({}));
  check.setNews(toStruct({ ...row, urlParts: urlParts(row.postbackUrl), __provider: SHELL, __urn: "0" }));
  await promisify(client.configure.bind(client))(configure);
  await promisify(client.check.bind(client))(check);
  client.close();
}

function median(costs: readonly StartCost[]): StartCost {
  const middle = (values: number[]) =>
    values.sort((one, other) => one - other)[Math.floor(RUNS / 2)] ?? Number.NaN;
  return {
    cpuSeconds: middle(costs.map(({ cpuSeconds }) => cpuSeconds)),
    megabytes: Math.round(middle(costs.map(({ megabytes }) => megabytes))),
  };
}
