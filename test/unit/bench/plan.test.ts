import { describe, expect, it } from "vitest";
import { type Asked, PARTS, storiesOf } from "../../bench/plan";
import { keyOf, PEERS } from "../../bench/results";

const all: Asked = { sizes: [100, 1_000], latencies: [0, 100], rounds: 5, parts: PARTS, peers: PEERS };
const told = (asked: Partial<Asked> = {}) =>
  storiesOf({ ...all, ...asked }).map(({ setting, operations: [operation] }) =>
    keyOf({ ...setting, operation }),
  );
const times = (keys: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

describe("the plan of the benchmark", () => {
  it("measures nothing more often than it was asked to, though two parts want it", () => {
    expect(Math.max(...times(told()).values())).toBe(5);
    expect(new Set(times(told({ parts: ["engine", "parallel", "instance"] })).values())).toEqual(
      new Set([1]),
    );
  });

  it("lets all peers take turns, each of them first in some round", () => {
    const stories = storiesOf({ ...all, parts: ["peers"], sizes: [100] }).map(({ setting }) => setting);
    const firsts = [0, 1, 2, 3, 4].map((round) => stories[round * 7]);
    expect(new Set(firsts.map((setting) => JSON.stringify(setting))).size).toBe(5);
    for (const round of [0, 1, 2, 3, 4]) {
      const peers = stories.slice(round * 7, round * 7 + 7).map(({ peer }) => peer);
      expect(peers.toSorted()).toEqual(["floor", "ours", "ours", "plugin", "plugin", "tutorial", "tutorial"]);
    }
  });

  it("measures the empty provider once a round, because it makes no calls that a latency could slow down", () => {
    const keys = times(told({ parts: ["peers"], peers: ["floor"], sizes: [100], rounds: 1 }));
    expect([...keys.values()]).toEqual([1]);
  });
});
