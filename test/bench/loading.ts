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
      medianMs: median(`require("@pulumi/pulumi")`, `require("pulumi-cake")`),
      limitMs: 40,
    },
    {
      what: 'require("pulumi-cake/host") in the provider process',
      medianMs: median("", `require("pulumi-cake/host")`),
      limitMs: 120,
    },
  ];
}

function median(before: string, measured: string): number {
  const code = `${before};const start=performance.now();${measured};console.log(performance.now()-start)`;
  const times = Array.from({ length: RUNS }, () =>
    Number(execFileSync(process.execPath, ["-e", code], { cwd: ROOT, encoding: "utf8" })),
  );
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}
