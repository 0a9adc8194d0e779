import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Sandbox, startSandbox } from "../../provider/sandbox";
import { copyOf } from "../stack/support/places";
import { rowOf } from "./peers/network";
import { ProcessWatch } from "./processes";
import type { OperationName, Sample } from "./results";
import type { BenchEngine, BenchStack } from "./stacks";

/** What is the same for all operations of one story. */
export type Setting = Pick<Sample, "peer" | "size" | "others" | "latencyMs" | "checkpoints" | "parallel">;

/** One operation, measured; the day is that of the whole run. */
export type Measured = Omit<Sample, "day">;
type Told = (sample: Measured) => void;

const COMMAND = join(__dirname, "../../dist/cli/main.js");

/** The life of one stack: each operation once, in the order in which a user meets them. */
export async function live(engine: BenchEngine, setting: Setting, tell: Told): Promise<void> {
  const workDir = join(__dirname, "peers", setting.peer);
  await using place = await open(engine, setting, workDir);
  const { bench } = place;
  const step = (operation: OperationName, perform: () => Promise<void>) =>
    measured(place, setting, operation, perform).then(tell);
  await bench.stack.setConfig("bench:count", { value: String(setting.size) });
  await step("first preview", () => bench.preview());
  await step("up", () => bench.up());
  await step("no-change up", () => bench.up());
  await bench.stack.setConfig("bench:changed", { value: "true" });
  await step("one change", () => bench.up());
  await step("refresh", () => bench.refresh());
  await step("destroy", () => bench.destroy());
}

/** Postbacks that others made are taken over: the command writes code and import file, the engine takes them in. */
export async function takeOver(engine: BenchEngine, setting: Setting, tell: Told): Promise<void> {
  const folder = copyOf("adopt-existing", (copy) => rmSync(join(copy, "postbacks"), { recursive: true }));
  await using place = await open(engine, setting, folder);
  const { cake, bench } = place;
  for (let index = 0; index < setting.size; index++) {
    const { affiliateId, offerId, postbackUrl } = rowOf(index);
    cake.add({ affiliateId, offerId, postbackUrl, postbackStatus: "active" });
  }
  const state = join(folder, "state.json");
  writeFileSync(state, JSON.stringify(await bench.stack.exportStack()));
  const adopt = async () => {
    const all = [COMMAND, "adopt", "--state", state, "--domain", cake.url];
    const env = { PATH: "", CAKE_API_KEY: cake.apiKey, BENCH_RUN: place.mark };
    await promisify(execFile)(process.execPath, all, { cwd: folder, env, maxBuffer: 1e9 });
  };
  tell(await measured(place, setting, "adopt", adopt));
  const file = join(folder, ".pulumi-cake/import.json");
  tell(await measured(place, setting, "import", () => bench.takeIn(file)));
  rmSync(folder, { recursive: true });
}

interface Place extends AsyncDisposable {
  readonly bench: BenchStack;
  readonly cake: ReturnType<Sandbox["instance"]>;
  /** What the processes of this run carry in their environment. */
  readonly mark: string;
}

async function open(engine: BenchEngine, setting: Setting, workDir: string): Promise<Place> {
  const sandbox = await startSandbox({ instances: { cake: {} } });
  const cake = sandbox.instance();
  for (let index = 0; index < setting.others; index++)
    cake.add({ affiliateId: 500_000 + index, offerId: 1, postbackUrl: rowOf(index).postbackUrl });
  cake.behave({ latencyMs: setting.latencyMs });
  const mark = randomUUID();
  const notes = mkdtempSync(join(tmpdir(), "cake-bench-"));
  const bench = await engine.create({
    stackName: "dev",
    workDir,
    env: { ...ENVIRONMENT, ...environmentOf(setting), BENCH_RUN: mark, CAKE_JOURNAL_DIR: notes },
  });
  await bench.stack.setAllConfig({
    "cake:domain": { value: cake.url },
    "cake:apiKey": { value: cake.apiKey, secret: true },
  });
  return {
    ...{ bench, cake, mark },
    async [Symbol.asyncDispose]() {
      await bench.stack.dispose();
      await sandbox.close();
      rmSync(notes, { recursive: true });
    },
  };
}

const ENVIRONMENT = {
  // The time that TypeScript takes to check the program is the same for all, and none of the engine's.
  PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  NO_PROXY: "127.0.0.1",
  CAKE_ALLOW_CHANGES: "1000000",
  // What CAKE bears is not known. The benchmark measures the provider, not the pace that it keeps to.
  CAKE_CALLS_PER_SECOND: "1000",
};

function environmentOf({ checkpoints, parallel }: Setting): Record<string, string> {
  return {
    ...(checkpoints ? {} : { PULUMI_SKIP_CHECKPOINTS: "true" }),
    ...(parallel === 0 ? {} : { PULUMI_PARALLEL: String(parallel), CAKE_CONCURRENCY: String(parallel) }),
  };
}

async function measured(
  { cake, bench, mark }: Place,
  setting: Setting,
  operation: OperationName,
  perform: () => Promise<void>,
): Promise<Measured> {
  cake.forgetRequests();
  const watch = new ProcessWatch(`BENCH_RUN=${mark}`);
  const start = performance.now();
  await perform();
  const seconds = (performance.now() - start) / 1000;
  const { engine, program, host, command, other } = watch.stop();
  const { requests } = cake;
  const cpuSeconds = [engine, program, host, command, other].reduce((sum, one) => sum + one.cpuSeconds, 0);
  return {
    ...setting,
    operation,
    seconds: rounded(seconds, 2),
    cpuSeconds: rounded(cpuSeconds, 1),
    programCpuSeconds: rounded(program.cpuSeconds, 1),
    hostMegabytes: rounded(Math.max(host.peakMegabytes, command.peakMegabytes), 0),
    calls: requests.length,
    apiSeconds: rounded(timeInCalls(requests, setting.latencyMs) / 1000, 2),
    stateBytes: Buffer.byteLength(JSON.stringify(await bench.stack.exportStack())),
  };
}

/** How long at least one call was under way, in milliseconds; each takes as long as the latency. */
function timeInCalls(requests: readonly { readonly at: number }[], latencyMs: number): number {
  let [total, until] = [0, 0];
  for (const { at } of requests) {
    total += at + latencyMs - Math.max(at, until);
    until = at + latencyMs;
  }
  return total;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
