import type { Setting } from "./measure";
import { type OperationName, PEERS, type Peer } from "./results";

/** What a part of the benchmark asks. */
export const PARTS = ["peers", "adopt", "engine", "parallel", "instance", "costs"] as const;
type Part = (typeof PARTS)[number];

export interface Asked {
  readonly sizes: readonly number[];
  readonly latencies: readonly number[];
  /** How often each story is told; the tables show medians. */
  readonly rounds: number;
  readonly parts: readonly Part[];
  /** Who is measured beside whom. */
  readonly peers: readonly Peer[];
}

/** One story to tell: the life of a stack, or a takeover. */
export interface Story {
  readonly setting: Setting;
  readonly operations: readonly [OperationName, ...OperationName[]];
}

const LIFE = ["first preview", "up", "no-change up", "one change", "refresh", "destroy"] as const;
const TAKEOVER = ["adopt", "import"] as const;

const ORDINARY = { others: 0, latencyMs: 0, checkpoints: false, parallel: 0 } as const;

/** All stories in the order in which they are told: peers take turns, so that what disturbs the machine disturbs all. */
export function storiesOf({ sizes, latencies, rounds, parts, peers }: Asked): Story[] {
  const ofPart: Record<Part, () => Story[]> = {
    peers: () =>
      sizes.flatMap((size) =>
        times(rounds, (round) => turned(besideEachOther(size, latencies, peers), round)),
      ),
    adopt: () =>
      sizes.flatMap((size) =>
        times(rounds, () =>
          latencies.map((latencyMs) => takeover({ ...ORDINARY, peer: "ours", size, latencyMs })),
        ),
      ),
    engine: () =>
      [250, 500, 1_000].flatMap((size) =>
        // With checkpoints skipped, the peers measure a thousand.
        (size === 1_000 ? [true] : [true, false]).flatMap((checkpoints) =>
          (["floor", "ours"] as const).map((peer) => life({ ...ORDINARY, peer, size, checkpoints })),
        ),
      ),
    parallel: () =>
      [1, 4, 16, 32].map((parallel) =>
        life({ ...ORDINARY, peer: "ours", size: 500, latencyMs: 100, parallel }),
      ),
    // These need no stack.
    costs: () => [],
    instance: () =>
      [0, 9_800, 49_800, 99_800].map((others) => life({ ...ORDINARY, peer: "ours", size: 200, others })),
  };
  return parts.flatMap((part) => ofPart[part]());
}

function besideEachOther(size: number, latencies: readonly number[], peers: readonly Peer[]): Story[] {
  return latencies.flatMap((latencyMs, index) =>
    PEERS.filter((peer) => peers.includes(peer))
      // The floor calls nobody, so that no latency changes it.
      .filter((peer) => peer !== "floor" || index === 0)
      .map((peer) => life({ ...ORDINARY, peer, size, latencyMs: peer === "floor" ? 0 : latencyMs })),
  );
}

const life = (setting: Setting): Story => ({ setting, operations: LIFE });
const takeover = (setting: Setting): Story => ({ setting, operations: TAKEOVER });

function times<T>(count: number, make: (round: number) => T[]): T[] {
  return Array.from({ length: count }, (_, round) => make(round)).flat();
}

// Whoever comes first in one round comes last in the next.
function turned<T>(all: readonly T[], by: number): T[] {
  const first = by % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}
