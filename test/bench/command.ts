import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** What a run of a command took. */
export interface CommandRun {
  readonly seconds: number;
  readonly megabytes: number;
}

const COMMAND = join(__dirname, "../../dist/cli/main.js");

/** Runs a command of pulumi-cake in a fresh process, and forgets what it prints. */
export function runCommand(...args: readonly string[]): CommandRun {
  // The command as it is, and what its process has used at its end.
  const code = `process.argv.splice(1, 0, ${JSON.stringify(COMMAND)});
    process.on("exit", () => { process.exitCode = 0; console.error(process.resourceUsage().maxRSS); });
    require(${JSON.stringify(COMMAND)});`;
  const script = 'node="$0" code="$1"; shift; "$node" -e "$code" "$@" 2>&1 >/dev/null';
  const start = performance.now();
  const printed = execFileSync("sh", ["-c", script, process.execPath, code, ...args], { encoding: "utf8" });
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(printed) / 1024 };
}

/** The median time and the highest peak of some runs. */
export function typicalRun(
  times: number,
  run: () => CommandRun,
): { readonly medianSeconds: number; readonly peakMegabytes: number } {
  const runs = Array.from({ length: times }, run);
  const seconds = runs.map((one) => one.seconds).sort((one, other) => one - other);
  return {
    medianSeconds: seconds[Math.floor(times / 2)] ?? Number.NaN,
    peakMegabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
  };
}
