import { describe, expect, it } from "vitest";
import { checkAmong } from "../../../provider/lifecycle/check";
import type { ProviderContext } from "../../../provider/lifecycle/context";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { DuplicateDeclarations } from "../../../provider/lifecycle/safety/duplicateDeclarations";
import type { Inputs } from "../../../provider/lifecycle/state";
import { update } from "../../../provider/lifecycle/update";
import type { Postback } from "../../../provider/postback/postback";
import { callsOf, inputsOf, NEW_URL, rowOf, startCake, stateOf } from "./support";

/** So many postbacks, each the only one of its affiliate. */
const network = (count: number): Postback[] =>
  Array.from({ length: count }, (_, index) =>
    rowOf(1 + index, { affiliateId: 1_000 + index, postbackUrl: `https://t.example/?c=#s2#&n=${index}` }),
  );

const NONE = { create: 0, update: 0, list: 0, filtered: 0 };

/** Rows of the instance, the calls that find every row, and those that prove what is not there. */
const SIZES = [
  [0, 1, 1],
  [1, 1, 1],
  // A page that holds as many rows as the list says there are, and may be full: is it the whole list, or the first page
  // of one that counts only its page? A second call tells.
  [499, 1, 2],
  [500, 1, 2],
  [501, 2, 2],
  [1_200, 3, 3],
  [10_000, 20, 20],
] as const;
const SOME = SIZES.filter(([rows]) => rows > 0);
/** Sizes at which a page is not the whole list, with the record that stands last. */
const LARGE = SIZES.filter(([rows]) => rows > 500);

type World = Awaited<ReturnType<typeof startCake>>;

/** Does something with many things, so many at a time, as the engine does. */
async function inTurns<T>(things: readonly T[], atOnce: number, step: (thing: T) => Promise<unknown>) {
  const waiting = [...things];
  const worker = async () => {
    for (let thing = waiting.shift(); thing !== undefined; thing = waiting.shift()) await step(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function lastOf({ cake }: World): Postback {
  const row = cake.postbacks().at(-1);
  if (row === undefined) throw new Error("There is no postback.");
  return row;
}

const refreshOf =
  ({ cake }: World, session: ProviderContext) =>
  async (row: Postback) => {
    const { props } = await read(session, String(row.postbackId), stateOf(row, cake.domain));
    expect(props).toEqual(stateOf(row, cake.domain));
  };

const changeOf =
  ({ cake }: World, session: ProviderContext, changes: Partial<Inputs>) =>
  async (row: Postback) => {
    const { affiliateId, offerId, postbackUrl } = row;
    const declared = inputsOf({ affiliateId, offerId, postbackUrl, ...changes });
    await update(session, String(row.postbackId), stateOf(row, cake.domain), declared);
  };

const destroyOf =
  ({ cake }: World, session: ProviderContext) =>
  (row: Postback) =>
    remove(session, String(row.postbackId), stateOf(row, cake.domain));

const MANY = { env: { CAKE_ALLOW_CHANGES: "100000" } };

describe("no call at all is made", () => {
  it.each(SOME)("by a preview, and by an up without a change, with %i rows", async (rows) => {
    const world = await startCake({ postbacks: network(rows) });
    const { session } = world.run();
    const declarations = new DuplicateDeclarations();
    for (const row of world.cake.postbacks().slice(0, 500)) {
      const { affiliateId, offerId, postbackUrl } = row;
      const declared = { affiliateId, offerId, postbackUrl };
      const state = stateOf(row, world.cake.domain);
      await checkAmong(declarations, session.settings, { ...state }, { ...inputsOf(declared) });
      expect(diff(session, String(row.postbackId), state, inputsOf(declared)).changes).toBe(false);
    }
    // A call that was begun and not waited for would arrive before this one does.
    await session.cake().client.listPage({});
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: 1 });
  });
});

describe("creates take a POST each, the pages of the list and one read that checks the first", () => {
  it.each(SIZES)("with %i rows on %i pages, %i with their proof", async (rows, _, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    const { session } = world.run();
    const offers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    await inTurns(offers, 8, (offerId) => create(session, inputsOf({ offerId, __origin: `o-${offerId}` })));
    expect(callsOf(world.cake)).toEqual({ create: 10, update: 0, list: pages, filtered: 1 });
  });
});

describe("a refresh of every postback takes the pages of the list", () => {
  it.each(SIZES)("with %i rows on %i pages, eight at a time", async (rows, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await inTurns(world.cake.postbacks(), 8, refreshOf(world, world.run().session));
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: rows === 0 ? 0 : pages });
  });

  it.each(LARGE)("with %i rows on %i pages, one at a time", async (rows, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await inTurns(world.cake.postbacks(), 1, refreshOf(world, world.run().session));
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: pages });
  });

  it.each([
    // The only row of page 2 has had its own read, so that nobody needs that page.
    [501, 1],
    [1_200, 3],
    [10_000, 20],
  ])("and a read of its own for the last, if that comes first and alone: %i rows", async (rows, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await inTurns(world.cake.postbacks().reverse(), 1, refreshOf(world, world.run().session));
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: pages, filtered: 1 });
  });

  it.each([1, 2, 8, 16])(
    "and one read more at most if they come in any order, %i at a time",
    async (atOnce) => {
      const world = await startCake({ postbacks: network(10_000) });
      const shuffled = world.cake
        .postbacks()
        .sort((a, b) => ((a.postbackId * 7_919) % 10_007) - ((b.postbackId * 7_919) % 10_007));
      await inTurns(shuffled, atOnce, refreshOf(world, world.run().session));
      const { filtered, ...calls } = callsOf(world.cake);
      expect(calls).toEqual({ create: 0, update: 0, list: 20 });
      // Which of those that come at once is answered first is left to the network.
      expect(filtered).toBeLessThanOrEqual(1);
    },
  );

  it("of 50,000 rows: a hundred", async () => {
    const world = await startCake({ postbacks: network(50_000) });
    const everyTwentieth = world.cake.postbacks().filter((_, index) => index % 20 === 0);
    await inTurns(everyTwentieth, 8, refreshOf(world, world.run().session));
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: 100 });
  }, 30_000);

  it("with four pages in flight, and never more", async () => {
    const world = await startCake({ postbacks: network(10_000) });
    world.cake.behave({ latencyMs: 20 });
    await inTurns(world.cake.postbacks(), 16, refreshOf(world, world.run().session));
    expect(world.cake.peakConcurrency).toBe(4);
  });

  it("with no more in flight than the settings allow", async () => {
    const world = await startCake({ postbacks: network(5_000) });
    world.cake.behave({ latencyMs: 5 });
    const { session } = world.run({ config: { concurrency: "2" } });
    await inTurns(world.cake.postbacks(), 16, refreshOf(world, session));
    expect(world.cake.peakConcurrency).toBe(2);
  });
});

describe("a refresh of few postbacks takes page 1, and a page or a read for each", () => {
  it.each([
    [1, { list: 1, filtered: 1 }],
    [2, { list: 2, filtered: 1 }],
    [3, { list: 3, filtered: 1 }],
    [19, { list: 19, filtered: 1 }],
    // The last of them stands on page 1.
    [20, { list: 19, filtered: 1 }],
  ])("of %i among 10,000, one by one", async (count, calls) => {
    const world = await startCake({ postbacks: network(10_000) });
    const rows = world.cake.postbacks();
    const chosen = Array.from(
      { length: count },
      (_, index) => rows[rows.length - 1 - index * 500] as Postback,
    );
    await inTurns(chosen, 1, refreshOf(world, world.run().session));
    expect(callsOf(world.cake)).toEqual({ ...NONE, ...calls });
  });

  it.each(LARGE)("of the last one, with %i rows", async (rows) => {
    const world = await startCake({ postbacks: network(rows) });
    await refreshOf(world, world.run().session)(lastOf(world));
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: 1, filtered: 1 });
  });
});

describe("one changed URL takes a read of its pair beside page 1, the POST, and the read that checks it", () => {
  it.each(SOME)("with %i rows on %i pages, %i with their proof", async (rows, _, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await changeOf(world, world.run().session, { postbackUrl: NEW_URL })(lastOf(world));
    const look = rows > 500 ? { list: 1, filtered: 2 } : { list: pages, filtered: 1 };
    expect(callsOf(world.cake)).toEqual({ ...NONE, update: 1, ...look });
  });

  it("with 100,000 rows", async () => {
    const world = await startCake({ postbacks: network(100_000) });
    await changeOf(world, world.run().session, { postbackUrl: NEW_URL })(lastOf(world));
    expect(callsOf(world.cake)).toEqual({ ...NONE, update: 1, list: 1, filtered: 2 });
  }, 30_000);
});

describe("many changed URLs take a POST each, and", () => {
  it.each([
    // So many reads as there are changes, while that is less than the list has pages.
    [19, 1, { list: 1, filtered: 19 + 1 }],
    [19, 8, { list: 1, filtered: 19 + 1 }],
    [19, 16, { list: 1, filtered: 19 + 1 }],
    // The pages, where as many come at once.
    [40, 40, { list: 20, filtered: 1 }],
    // Both, where they come one by one and nobody can know how many there will be.
    [40, 1, { list: 20, filtered: 19 + 1 }],
    [40, 8, { list: 20, filtered: 19 + 1 }],
  ])("%i of them, %i at a time", async (count, atOnce, calls) => {
    const world = await startCake({ postbacks: network(10_000) });
    const chosen = world.cake.postbacks().slice(-count);
    await inTurns(chosen, atOnce, changeOf(world, world.run(MANY).session, { postbackUrl: NEW_URL }));
    expect(callsOf(world.cake)).toEqual({ ...NONE, update: count, ...calls });
  });
});

describe("one change of a status takes a read of its own beside page 1, the POST, and the read that checks it", () => {
  it.each(SOME)("with %i rows on %i pages", async (rows, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await changeOf(world, world.run().session, { postbackStatus: "inactive" })(lastOf(world));
    const look = rows > 500 ? { list: 1, filtered: 2 } : { list: pages, filtered: 1 };
    expect(callsOf(world.cake)).toEqual({ ...NONE, update: 1, ...look });
  });
});

describe("a destroy takes a POST each, and", () => {
  it.each(SOME)(
    "a read of its own beside page 1 for the only one, with %i rows on %i pages",
    async (rows, pages) => {
      const world = await startCake({ postbacks: network(rows) });
      await destroyOf(world, world.run().session)(lastOf(world));
      const look = rows > 500 ? { list: 1, filtered: 2 } : { list: pages, filtered: 1 };
      expect(callsOf(world.cake)).toEqual({ ...NONE, update: 1, ...look });
    },
  );

  it.each(SOME.filter(([rows]) => rows < 10_000))(
    "the pages of the list for all of %i",
    async (rows, pages) => {
      const world = await startCake({ postbacks: network(rows) });
      await inTurns(world.cake.postbacks(), 16, destroyOf(world, world.run(MANY).session));
      expect(callsOf(world.cake)).toEqual({ ...NONE, update: rows, list: pages, filtered: 1 });
    },
  );
});

describe("adopting takes no POST, and", () => {
  const adoptOf =
    (session: ProviderContext) =>
    ({ postbackId, affiliateId, offerId, postbackUrl }: Postback) =>
      create(session, inputsOf({ affiliateId, offerId, postbackUrl, adopt: { postbackId } }));

  it.each(SOME)("a read of its own beside page 1 for one, with %i rows on %i pages", async (rows, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await adoptOf(world.run().session)(lastOf(world));
    const look = rows > 500 ? { list: 1, filtered: 1 } : { list: pages };
    expect(callsOf(world.cake)).toEqual({ ...NONE, ...look });
  });

  it.each(SOME)("the pages of the list for all of %i", async (rows, pages) => {
    const world = await startCake({ postbacks: network(rows) });
    await inTurns(world.cake.postbacks().slice(0, 2_000), 16, adoptOf(world.run().session));
    expect(callsOf(world.cake)).toEqual({ ...NONE, list: pages });
  });
});

describe("a postback that is provably gone takes the whole list, and a read of its own", () => {
  it.each(LARGE)(
    "before and after the list if it is the first, and after it if not: %i rows",
    async (rows, pages) => {
      const world = await startCake({ postbacks: network(rows) });
      const { session } = world.run({ env: { CAKE_ON_MISSING: "forget:90001,90002,90003" } });
      for (const id of [90_001, 90_002, 90_003]) {
        const state = stateOf(rowOf(id), world.cake.domain);
        expect(await read(session, String(id), state)).toEqual({ id: "", props: {} });
      }
      expect(callsOf(world.cake)).toEqual({ ...NONE, list: pages, filtered: 1 + 3 });
    },
  );
});
