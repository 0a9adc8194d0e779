import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LivePostbacks } from "../../../provider/cake/live";
import { FakeList, type FakeListOptions, rowOf } from "./fakeList";

/** Something that an operation needs of CAKE: a record, or a record with the others of its pair. */
interface Need {
  readonly id: number;
  readonly isWithPair: boolean;
}

const CAP = 7;
const idsOf = (count: number, stride = 1) => Array.from({ length: count }, (_, index) => 1 + index * stride);
const listOf = (ids: readonly number[], options: FakeListOptions = {}) =>
  new FakeList(
    ids.map((id) => rowOf(id)),
    { cap: CAP, ...options },
  );

/** Works through needs, so many at a time. */
async function work(list: FakeList, needs: readonly Need[], atOnce: number): Promise<void> {
  const live = new LivePostbacks(list.client, undefined);
  const waiting = [...needs];
  const worker = async () => {
    for (let need = waiting.shift(); need; need = waiting.shift()) {
      const { id, isWithPair } = need;
      const row = rowOf(id);
      const found = await live.find(id, isWithPair ? row : undefined);
      expect(found).toEqual({ kind: "live", row });
      if (isWithPair) expect(await live.twinsBeside({ ...row, ...DECLARED })).toEqual([row]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const DECLARED = { postbackStatus: "active", postbackTypeId: 1 } as const;

/** The calls of somebody who knows beforehand what is going to be needed. */
function optimum(list: FakeList, needs: readonly Need[]): number {
  return Math.min(new Set(needs.map(({ id }) => id)).size, Math.ceil(list.rows.length / CAP));
}

const needsOf = (ids: readonly number[], kinds: fc.Arbitrary<boolean>) =>
  fc
    .shuffledSubarray([...ids], { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((id) => kinds.map((isWithPair): Need => ({ id, isWithPair })))),
    );

const anyIds = fc.oneof(
  fc.integer({ min: 1, max: 250 }).map((count) => idsOf(count)),
  fc.integer({ min: 1, max: 250 }).map((count) => idsOf(count).reverse()),
  fc.tuple(fc.integer({ min: 1, max: 250 }), fc.integer({ min: 2, max: 9 })).map(([n, by]) => idsOf(n, by)),
  // With gaps of all sizes, and in no order.
  fc.uniqueArray(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 250 }),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 250 })
    .map((ids) => ids.sort((a, b) => a - b)),
);

describe("reads of single records and the listing together", () => {
  it("never take more than twice the calls of somebody who knows what is needed, in any order and at any concurrency", async () => {
    const cases = anyIds.chain((ids) =>
      fc.record({
        ids: fc.constant(ids),
        needs: needsOf(ids, fc.boolean()),
        atOnce: fc.constantFrom(1, 2, 8, 16),
        base: fc.constantFrom<0 | 1>(0, 1),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, fc.scheduler(), async ({ ids, needs, atOnce, base }, network) => {
        const list = listOf(ids, { base, send: (page) => network.schedule(Promise.resolve(page)) });
        await network.waitFor(work(list, needs, atOnce));
        expect(list.asked.length).toBeLessThanOrEqual(2 * optimum(list, needs));
      }),
      { seed: 41, numRuns: 600 },
    );
  });

  it("take one call more at most where the list is in the order of ids without gaps", async () => {
    const cases = fc
      .tuple(fc.integer({ min: 1, max: 250 }), fc.boolean())
      .map(([count, isReversed]) => (isReversed ? idsOf(count).reverse() : idsOf(count)))
      .chain((ids) =>
        fc.record({
          ids: fc.constant(ids),
          needs: needsOf(ids, fc.constant(false)),
          atOnce: fc.constantFrom(1, 2, 8, 16),
        }),
      );
    await fc.assert(
      fc.asyncProperty(cases, fc.scheduler(), async ({ ids, needs, atOnce }, network) => {
        const list = listOf(ids, { send: (page) => network.schedule(Promise.resolve(page)) });
        await network.waitFor(work(list, needs, atOnce));
        expect(list.asked.length).toBeLessThanOrEqual(optimum(list, needs) + 1);
        expect(list.calls.singles).toBeLessThanOrEqual(1);
      }),
      { seed: 42, numRuns: 600 },
    );
  });
});
