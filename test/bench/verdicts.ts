import { type Typical, typical, type Wanted } from "./medians";
import type { Results } from "./results";

/** What the package promises of its speed, and what was measured. */
export interface Verdict {
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  readonly unit: string;
}

const ENGINE_AT_ONCE_PER_CORE = 4;

/** One for each promise that the results can tell about. */
export function verdictsOf({ samples, machine }: Results): Verdict[] {
  const of = (wanted: Wanted) => typical(samples, wanted);
  const ours = { peer: "ours" } as const;
  const all: (Verdict | undefined)[] = [
    ...[1_000, 10_000].map((size) =>
      from([of({ ...ours, operation: "up", size })], ([up]) => ({
        what: `Creates of ${text(size)}: calls`,
        ...{ limit: size + pages(size) + 1, measured: up.calls, unit: "" },
      })),
    ),
    ...[1_000, 10_000].map((size) =>
      from([of({ ...ours, operation: "refresh", size })], ([refresh]) => ({
        what: `Refresh of ${text(size)}: calls`,
        ...{ limit: pages(size) + 1, measured: refresh.calls, unit: "" },
      })),
    ),
    from([of({ ...ours, operation: "refresh", size: 10_000, latencyMs: 100 })], ([refresh]) => ({
      what: "Refresh of 10,000 at 100 ms: time in calls",
      ...{ limit: 1, measured: refresh.apiSeconds, unit: " s" },
    })),
    ...(["up", "refresh"] as const).map((operation) =>
      from(
        [of({ ...ours, operation, size: 1_000 }), of({ peer: "floor", operation, size: 1_000 })],
        ([mine, floor]) => ({
          what: `${operation === "up" ? "Up" : "Refresh"} of 1,000 at 0 ms, against the empty provider`,
          ...{ limit: 1.05, measured: mine.seconds / floor.seconds, unit: " ×" },
        }),
      ),
    ),
    from([of({ ...ours, operation: "up", size: 1_000, latencyMs: 100 })], ([up]) => ({
      what: "Up of 1,000 at 100 ms: seconds, against creates ÷ concurrency × latency + 10 %",
      ...{ limit: (1_000 / concurrencyOn(machine)) * 0.1 * 1.1, measured: up.seconds, unit: " s" },
    })),
    from(
      [
        of({ ...ours, operation: "first preview", size: 200, others: 0 }),
        of({ ...ours, operation: "refresh", size: 200, others: 49_800 }),
      ],
      ([idle, large]) => ({
        what: "Memory of the provider process that holds 50,000 rows, above an idle one",
        ...{ limit: 150, measured: large.hostMegabytes - idle.hostMegabytes, unit: " MB" },
      }),
    ),
  ];
  return all.filter((verdict) => verdict !== undefined);
}

export function isKept(results: Results): boolean {
  const { loading, review } = results;
  const isReviewKept =
    review === undefined ||
    (review.medianSeconds <= review.limitSeconds && review.peakMegabytes <= review.limitMegabytes);
  return (
    isReviewKept &&
    loading.every(({ medianMs, limitMs }) => medianMs <= limitMs) &&
    verdictsOf(results).every(({ measured, limit }) => measured <= limit)
  );
}

/** How many resources the engine works on at once by itself, on a machine that is told as "2 cores (…)". */
export function concurrencyOn(machine: string): number {
  return Number.parseInt(machine, 10) * ENGINE_AT_ONCE_PER_CORE;
}

function from(
  found: (Typical | undefined)[],
  make: (all: [Typical, Typical]) => Verdict,
): Verdict | undefined {
  const isWhole = found.every((one) => one !== undefined);
  return isWhole ? make(found as unknown as [Typical, Typical]) : undefined;
}

const pages = (rows: number): number => Math.ceil(rows / 500);

export const text = (count: number): string => count.toLocaleString("en-US");
