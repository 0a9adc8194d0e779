import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LintCost } from "./lint";
import type { LoadingCost } from "./loading";
import type { ReviewCost } from "./review";
import type { RulesCost } from "./rules";
import type { StartCosts } from "./starting";

/** Who is measured: this package by each of its doors, an engine that has nothing to do, and what tutorials teach. */
export const PEERS = ["ours", "plugin", "floor", "tutorial"] as const;
export type Peer = (typeof PEERS)[number];

export const OPERATIONS = [
  "first preview",
  "up",
  "no-change up",
  "one change",
  "refresh",
  "destroy",
  "adopt",
  "import",
] as const;
export type OperationName = (typeof OPERATIONS)[number];

/** One operation of one peer, measured once. */
export interface Sample {
  readonly peer: Peer;
  /** How many postbacks the stack declares. */
  readonly size: number;
  /** How many postbacks CAKE has beside them, of which the stack knows nothing. */
  readonly others: number;
  readonly latencyMs: number;
  /** Whether the engine rewrites the state at each step, as it does by itself. */
  readonly checkpoints: boolean;
  /** How many resources the engine works on at once, and how many calls we make at once; 0 is what both do by themselves. */
  readonly parallel: number;
  readonly operation: OperationName;
  readonly day: string;
  /** Missing where the machine was busy with something else, too. */
  readonly seconds?: number | undefined;
  /** Of all processes together. */
  readonly cpuSeconds: number;
  readonly programCpuSeconds: number;
  /** The peak of the provider process, or of the command that adopts. */
  readonly hostMegabytes: number;
  readonly calls: number;
  /** How long at least one call was under way. */
  readonly apiSeconds: number;
  /** The whole state after the operation. */
  readonly stateBytes: number;
}

/** What `npm run bench` saved, from which all numbers in the docs are made. */
export interface Results {
  readonly engine: string;
  readonly node: string;
  readonly machine: string;
  /** Of what needs no stack. */
  readonly day: string;
  readonly loading: readonly LoadingCost[];
  readonly starts?: StartCosts | undefined;
  /** Undefined as long as only stories were measured. */
  readonly review: ReviewCost | undefined;
  readonly lint?: readonly LintCost[] | undefined;
  readonly rules?: RulesCost | undefined;
  readonly samples: readonly Sample[];
}

const RESULTS_FILE = join(__dirname, "results.json");

export function savedResults(): Results | undefined {
  return existsSync(RESULTS_FILE) ? (JSON.parse(readFileSync(RESULTS_FILE, "utf8")) as Results) : undefined;
}

/** A line for each sample, so that a review shows which of them are new. */
export function save({ samples, ...about }: Results): void {
  const lines = samples.map((sample) => `    ${JSON.stringify(sample)}`).join(",\n");
  const head = JSON.stringify(about, null, 2).replace(/\n}$/, "");
  writeFileSync(RESULTS_FILE, `${head},\n  "samples": [\n${lines}\n  ]\n}\n`);
}

/** The samples of earlier runs on the same engine and machine, but for those that are now measured anew. */
export function kept(
  saved: Results | undefined,
  now: Pick<Results, "engine" | "node" | "machine">,
  anew: ReadonlySet<string>,
): Sample[] {
  const isSame = saved?.engine === now.engine && saved.node === now.node && saved.machine === now.machine;
  return isSame ? saved.samples.filter((sample) => !anew.has(keyOf(sample))) : [];
}

/** What makes samples runs of one and the same thing. */
export function keyOf(sample: Pick<Sample, "peer" | "operation" | "seconds" | Circumstance>): string {
  const { peer, operation, size, others, latencyMs, checkpoints, parallel } = sample;
  const timed = isTimed(sample) ? [] : ["untimed"];
  return [peer, operation, size, others, latencyMs, checkpoints, parallel, ...timed].join(" ");
}

export function isTimed({ seconds }: Pick<Sample, "seconds">): boolean {
  return seconds !== undefined;
}

export type Circumstance = "size" | "others" | "latencyMs" | "checkpoints" | "parallel";
