import { type Typical, typical, typicalWork, type Wanted, type Work } from "./medians";
import type { OperationName, Results } from "./results";

/** What the package promises of its speed, and what was measured. */
export interface Verdict {
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  readonly unit: "" | " MB" | " kB" | " s" | " ×";
}

const ENGINE_AT_ONCE_PER_CORE = 4;
/** The default of `cake:concurrency`. */
const CALLS_AT_ONCE = 8;

/** One for each promise that the results can tell about. */
export function verdictsOf({ samples, machine, starts }: Results): Verdict[] {
  const work = (wanted: Wanted) => typicalWork(samples, wanted);
  const of = (wanted: Wanted) => typical(samples, wanted);
  const ours = { peer: "ours" } as const;
  const empty = (operation: OperationName) => of({ peer: "floor", operation, size: 1_000 });
  const all: (Verdict | undefined)[] = [
    ...[1_000, 10_000].map((size) =>
      from([of({ ...ours, operation: "up", size })], ([up]) => ({
        what: `${text(size)} creates in an empty CAKE: calls`,
        // An empty list is one page, too.
        ...{ limit: size + 1 + 1, measured: up.calls, unit: "" },
      })),
    ),
    ...[1_000, 10_000].map((size) =>
      from([of({ ...ours, operation: "no-change up", size })], ([up]) => ({
        what: `No-change up of ${text(size)}: calls`,
        ...{ limit: 0, measured: up.calls, unit: "" },
      })),
    ),
    ...[1_000, 10_000].map((size) =>
      from([of({ ...ours, operation: "destroy", size })], ([destroy]) => ({
        what: `Destroy of ${text(size)}: calls`,
        ...{ limit: size + pages(size) + 2, measured: destroy.calls, unit: "" },
      })),
    ),
    from([of({ ...ours, operation: "one change", size: 200, others: 99_800 })], ([change]) => ({
      what: "One change in a CAKE instance of 100,000: calls (a read and a check, at most two each, and the write)",
      ...{ limit: 2 * 2 + 1, measured: change.calls, unit: "" },
    })),
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
      from([of({ ...ours, operation, size: 1_000 }), empty(operation)], ([mine, floor]) => ({
        what: `${operation === "up" ? "Up" : "Refresh"} of 1,000 at 0 ms, against the empty provider`,
        ...{ limit: 1.05, measured: mine.seconds / floor.seconds, unit: " ×" },
      })),
    ),
    from([of({ ...ours, operation: "up", size: 1_000, latencyMs: 100 }), empty("up")], ([up, floor]) => ({
      what: "Up of 1,000 at 100 ms, above the empty provider: creates ÷ concurrency × latency + 10 %",
      ...{ limit: (1_000 / concurrencyOn(machine)) * 0.1 * 1.1, unit: " s" },
      measured: up.seconds - floor.seconds,
    })),
    from(
      [
        of({ ...ours, operation: "refresh", size: 1_000, latencyMs: 100 }),
        empty("refresh"),
        of({ peer: "tutorial", operation: "refresh", size: 1_000, latencyMs: 100 }),
      ],
      ([mine, floor, tutorial]) => ({
        what: "Refresh of 1,000 at 100 ms, above the empty provider: seconds, against a tenth of the tutorial's",
        ...{ limit: (tutorial.seconds - floor.seconds) / 10, unit: " s" },
        measured: mine.seconds - floor.seconds,
      }),
    ),
    from(
      [
        of({ ...ours, operation: "first preview", size: 200, others: 0 }),
        // Creates read the whole list.
        of({ ...ours, operation: "up", size: 200, others: 49_800 }),
      ],
      ([idle, large]) => ({
        what: "Memory of the provider process that holds 50,000 rows, above an idle one",
        ...{ limit: 150, measured: large.hostMegabytes - idle.hostMegabytes, unit: " MB" },
      }),
    ),
    ...(["refresh", "destroy"] as const).map((operation) =>
      from(
        [work({ peer: "plugin", operation, size: 1_000 }), work({ ...ours, operation, size: 1_000 })],
        ([plugin, dynamic]) => ({
          what: `Plugin, ${operation} of 1,000: processor time, against the dynamic resource`,
          ...{ limit: dynamic.cpuSeconds, measured: plugin.cpuSeconds, unit: " s" },
        }),
      ),
    ),
    from(
      [
        work({ peer: "plugin", operation: "up", size: 1_000 }),
        work({ ...ours, operation: "up", size: 1_000 }),
      ],
      ([plugin, dynamic]) => ({
        what: "Plugin, state of 1,000: size, against the dynamic resource",
        ...{ limit: dynamic.stateBytes / 1_000, measured: plugin.stateBytes / 1_000, unit: " kB" },
      }),
    ),
    starts && {
      what: "Plugin, from its start to the first checked postback: processor time, against the dynamic provider",
      ...{ limit: starts.dynamic.cpuSeconds, measured: starts.plugin.cpuSeconds, unit: " s" },
    },
    starts && {
      what: "Plugin, memory after the first checked postback, against the dynamic provider",
      ...{ limit: starts.dynamic.megabytes, measured: starts.plugin.megabytes, unit: " MB" },
    },
  ];
  return all.filter((verdict) => verdict !== undefined);
}

export function isKept(results: Results): boolean {
  const { loading, review, lint = [], rules } = results;
  const commands = [...(review === undefined ? [] : [review]), ...lint];
  return (
    commands.every(
      ({ medianSeconds, limitSeconds, peakMegabytes, limitMegabytes }) =>
        medianSeconds <= limitSeconds && peakMegabytes <= limitMegabytes,
    ) &&
    (rules === undefined || rules.secondsPerMegabyte <= rules.limitSecondsPerMegabyte) &&
    loading.every(({ medianMs, limitMs }) => medianMs <= limitMs) &&
    verdictsOf(results).every(({ measured, limit }) => measured <= limit)
  );
}

/** How many calls are under way at once by themselves, on a machine that is told as "2 cores (…)". */
function concurrencyOn(machine: string): number {
  return Math.min(CALLS_AT_ONCE, Number.parseInt(machine, 10) * ENGINE_AT_ONCE_PER_CORE);
}

function from<One extends Work = Typical>(
  found: (One | undefined)[],
  make: (all: [One, One, One]) => Verdict,
): Verdict | undefined {
  const isWhole = found.every((one) => one !== undefined);
  return isWhole ? make(found as unknown as [One, One, One]) : undefined;
}

const pages = (rows: number): number => Math.ceil(rows / 500);

export const text = (count: number): string => count.toLocaleString("en-US");
