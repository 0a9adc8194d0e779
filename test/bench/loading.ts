import { execFileSync } from "node:child_process";

/** What loading a module costs a process, in milliseconds. */
export interface LoadingCost {
  readonly what: string;
  readonly medianMs: number;
  readonly limitMs: number;
}

const ROOT = `${__dirname}/../..`;
const RUNS = 15;

/** Medians over fresh processes, because a module is loaded only once in each. */
export function loadingCosts(): LoadingCost[] {
  return [
    {
      what: 'require("pulumi-cake") in a program, over @pulumi/pulumi',
      medianMs: loadingMs("pulumi-cake", "@pulumi/pulumi", RUNS),
      limitMs: 40,
    },
    {
      what: 'require("pulumi-cake/host") in the provider process',
      medianMs: loadingMs("pulumi-cake/host", undefined, RUNS),
      limitMs: 120,
    },
  ];
}

/**
 * What loading an entry of the built package adds, in milliseconds: the median of fresh processes.
 *
 * @param over What the process has loaded already.
 */
export function loadingMs(entry: string, over: string | undefined, runs: number): number {
  const before = over === undefined ? "" : `require("${over}")`;
  const code = `${before};const start=performance.now();require("${entry}");console.log(performance.now()-start)`;
  const times = Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, ["-e", code], { cwd: ROOT, encoding: "utf8" })),
  );
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
