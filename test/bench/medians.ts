import {
  type Circumstance,
  isTimed,
  OPERATIONS,
  type OperationName,
  type Peer,
  type Sample,
} from "./results";

/** What the runs of one and the same thing come to. */
export interface Typical
  extends Pick<
    Sample,
    "cpuSeconds" | "programCpuSeconds" | "hostMegabytes" | "calls" | "apiSeconds" | "stateBytes"
  > {
  readonly runs: number;
  readonly seconds: number;
}

const MEASURES = [
  "seconds",
  "cpuSeconds",
  "programCpuSeconds",
  "hostMegabytes",
  "calls",
  "apiSeconds",
  "stateBytes",
] as const;

export type Wanted = { readonly [Name in Circumstance]?: Sample[Name] } & {
  readonly peer: Peer;
  readonly operation: OperationName;
  readonly size: number;
};

/** The medians of what was measured under these circumstances; undefined where nothing was. */
export function typical(samples: readonly Sample[], wanted: Wanted): Typical | undefined {
  return mediansOf(runsOf(samples, wanted).filter(isTimed));
}

/** What a busy machine changes little. */
export type Work = Omit<Typical, "seconds">;

/** The medians of the newest day, runs on a busy machine among them. */
export function typicalWork(samples: readonly Sample[], wanted: Wanted): Work | undefined {
  const runs = runsOf(samples, wanted);
  const newest = runs
    .map(({ day }) => day)
    .sort()
    .at(-1);
  return mediansOf(runs.filter(({ day }) => day === newest));
}

function runsOf(samples: readonly Sample[], wanted: Wanted): Sample[] {
  const { others = 0, latencyMs = 0, checkpoints = false, parallel = 0 } = wanted;
  const all = { ...wanted, others, latencyMs, checkpoints, parallel };
  return samples.filter((sample) =>
    (Object.keys(all) as (keyof typeof all)[]).every((name) => sample[name] === all[name]),
  );
}

function mediansOf(runs: readonly Sample[]): Typical | undefined {
  if (runs.length === 0) return undefined;
  const medians = MEASURES.map((measure) => [measure, median(runs.map((run) => run[measure] ?? Number.NaN))]);
  return { runs: runs.length, ...(Object.fromEntries(medians) as Omit<Typical, "runs">) };
}

/** The values that a circumstance took, in their order. */
export function valuesOf(
  samples: readonly Sample[],
  name: "size" | "latencyMs" | "parallel" | "others",
): number[] {
  return [...new Set(samples.map((sample) => sample[name]))].sort((one, other) => one - other);
}

export const LIFE: readonly OperationName[] = OPERATIONS.filter(
  (name) => name !== "adopt" && name !== "import",
);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
