import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CakeError, type CakeErrorKind } from "../../../provider/cake/errors";
import { type FetchPage, type ListRead, provesAbsence, readList } from "../../../provider/cake/readList";
import type { Page } from "../../../provider/cake/wire";
import { notice } from "../../../provider/message";
import type { Postback } from "../../../provider/postback/postback";

const row = (postbackId: number): Postback => ({
  postbackId,
  affiliateId: 1,
  offerId: 0,
  postbackUrl: "https://t.example/",
  postbackStatus: "active",
  postbackType: "Server",
});
const read = (fetchPage: FetchPage, atOnce = 4) =>
  readList(fetchPage, { idOf: ({ postbackId }) => postbackId, endpoint: "list", pageSize: 500, atOnce });
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(index + 1));

/** How a CAKE pages its list. */
interface Manners {
  readonly base: 0 | 1;
  /** What a list that counts from 1 makes of row 0. */
  readonly rowZero: "first" | "lost" | "refused";
  /** The most rows of a page. */
  readonly cap: number;
  readonly total: (rows: number) => number | undefined;
}

const ordinary: Manners = { base: 0, rowZero: "first", cap: 500, total: (count) => count };
const withoutTotal: Manners = { ...ordinary, total: () => undefined };

/** A list that can be changed while it is read, and that remembers what it was asked. */
function listOf(all: readonly Postback[], manners: Manners, afterPage: (page: number) => void = () => {}) {
  const asked: number[] = [];
  const list = { rows: [...all], asked, fetch };
  return list;

  async function fetch(start: number, limit: number): Promise<Page> {
    asked.push(start);
    if (asked.length > 5_000) throw new Error("The list is read without an end.");
    const size = Math.min(limit, manners.cap);
    const from = start - manners.base;
    if (from < 0 && manners.rowZero === "refused") {
      throw failed("refused", "Invalid start_at_row");
    }
    const shown = list.rows.slice(
      Math.max(0, from),
      from < 0 ? size - (manners.rowZero === "lost" ? 1 : 0) : from + size,
    );
    const page = { rows: shown, size: shown.length, unreadable: [], total: manners.total(list.rows.length) };
    afterPage(asked.length);
    return page;
  }
}

const failed = (kind: CakeErrorKind, text: string) => new CakeError(kind, "list", notice("test", text));
const idsIn = (listing: ListRead) => [...listing.rows.keys()].sort((a, b) => a - b);

describe("an honest list", () => {
  const manners = fc.record({
    base: fc.constantFrom<0 | 1>(0, 1),
    rowZero: fc.constantFrom<Manners["rowZero"]>("first", "lost", "refused"),
    cap: fc.constantFrom(25, 100, 500),
    total: fc.constantFrom<Manners["total"]>(
      (count) => count,
      () => undefined,
    ),
  });
  const counts = fc.oneof(
    fc.integer({ min: 0, max: 1_300 }),
    // Around the ends of pages, where one row too few would be taken for the end.
    fc.constantFrom(
      24,
      25,
      26,
      48,
      49,
      50,
      51,
      98,
      99,
      100,
      101,
      197,
      199,
      200,
      498,
      499,
      500,
      501,
      999,
      1_000,
    ),
  );

  it("is read whole, each row once and in few calls, however it pages", async () => {
    await fc.assert(
      fc.asyncProperty(manners, counts, async (how, count) => {
        const list = listOf(rows(count), how);
        const listing = await read(list.fetch);
        expect(idsIn(listing)).toEqual(rows(count).map(({ postbackId }) => postbackId));
        expect(listing.completenessIssues).toEqual([]);
        // One row of overlap for each page, and two calls to find the base and the end.
        expect(list.asked.length).toBeLessThanOrEqual(Math.ceil(count / (how.cap - 2)) + 2);
      }),
      { seed: 31, numRuns: 400 },
    );
  });

  it.each([
    [0, 1],
    [1, 2],
    [498, 2],
    [500, 2],
    [501, 2],
    [1_200, 3],
    [10_000, 20],
  ])(
    "of %i rows with a total takes %i calls, one for each page and one more if there is but one",
    async (count, calls) => {
      const list = listOf(rows(count), ordinary);
      expect((await read(list.fetch)).rows.size).toBe(count);
      expect(list.asked.length).toBe(calls);
    },
  );

  it.each([
    [0, 1],
    [1, 2],
    [500, 2],
    [1_200, 4],
    [9_900, 21],
  ])("of %i rows without a total takes %i calls, one more than it has pages", async (count, calls) => {
    const list = listOf(rows(count), withoutTotal);
    expect((await read(list.fetch)).rows.size).toBe(count);
    expect(list.asked.length).toBe(calls);
  });

  it.each([25, 50, 100, 200, 250, 400, 500])(
    "that holds its pages to %i rows and counts only its page is read whole all the same",
    async (cap) => {
      const counting = listOf(rows(1_000), { ...ordinary, cap });
      const found = await read(async (start, limit) => {
        const page = await counting.fetch(start, limit);
        return { ...page, total: page.size };
      });
      expect([found.rows.size, found.completenessIssues]).toEqual([1_000, []]);
    },
  );

  it("has its pages asked for side by side, four at once, where it says how many there are", async () => {
    const list = listOf(rows(5_000), ordinary);
    let [open, most] = [0, 0];
    await read(async (start, limit) => {
      open += 1;
      most = Math.max(most, open);
      const page = await list.fetch(start, limit);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return page;
    });
    expect(most).toBe(4);
    expect(list.asked.length).toBe(10);
  });

  it("is asked for its largest page from its first row", async () => {
    const asked: number[][] = [];
    await read(async (...page) => {
      asked.push(page);
      return { rows: [], size: 0, unreadable: [], total: 0 };
    });
    expect(asked).toEqual([[0, 500]]);
  });
});

describe("a failure", () => {
  it("of a page is the failure of the listing", async () => {
    const list = listOf(rows(600), ordinary);
    const broken = (start: number, limit: number) =>
      start > 0 ? Promise.reject(failed("lost", "gone")) : list.fetch(start, limit);
    await expect(read(broken)).rejects.toThrow("gone");
  });

  it("to accept the first row from either end is told as it came first", async () => {
    const asked: number[] = [];
    const refusing = async (start: number): Promise<Page> => {
      asked.push(start);
      throw failed("refused", `No to start_at_row ${start}`);
    };
    await expect(read(refusing)).rejects.toThrow("start_at_row 0");
    expect(asked).toEqual([0, 1]);
  });

  it.each([
    ["key", "start_at_row: no key"],
    ["refused", "Invalid affiliate_id"],
    ["lost", "start_at_row"],
  ] as const)(
    "that is not about the first row is not tried from the other end: %s, %s",
    async (kind, what) => {
      const asked: number[] = [];
      const broken = async (start: number): Promise<Page> => {
        asked.push(start);
        throw failed(kind, what);
      };
      await expect(read(broken)).rejects.toThrow(what);
      expect(asked).toEqual([0]);
    },
  );
});

describe("a list that may lack rows knows it", () => {
  const flawed = (listing: ListRead) => {
    expect(listing.completenessIssues.length).toBeGreaterThan(0);
    expect(provesAbsence(listing)).toBe(false);
  };

  it.each([
    ["without a total", withoutTotal],
    ["with a total", ordinary],
  ])("when a row before the second page vanishes meanwhile, %s", async (_, manners) => {
    const list = listOf(rows(60), { ...manners, cap: 25 }, (page) => {
      if (page === 1) list.rows.splice(2, 1);
    });
    flawed(await read(list.fetch));
  });

  it("when the order changes meanwhile, without a total", async () => {
    const list = listOf(rows(60), { ...withoutTotal, cap: 25 }, (page) => {
      if (page === 1) list.rows.reverse();
    });
    const listing = await read(list.fetch);
    expect(listing.rows.size).toBeLessThan(60);
    flawed(listing);
  });

  it("when everything after the first page vanishes, without a total", async () => {
    const list = listOf(rows(60), { ...withoutTotal, cap: 25 }, (page) => {
      if (page === 1) list.rows.splice(0);
    });
    flawed(await read(list.fetch));
  });

  it.each([
    [25, 61],
    [25, 59],
    [25, 0],
    [25, -1],
    [25, 25],
    [100, 100],
    [500, 10_000],
  ])("when with pages of %i it says that it has %i rows, and has others", async (cap, total) => {
    const list = listOf(rows(cap === 100 ? 160 : 60), { ...ordinary, cap, total: () => total });
    flawed(await read(list.fetch));
    expect(list.asked.length).toBeLessThan(10);
  });

  it.each([
    [25, undefined],
    [100, undefined],
    [500, undefined],
    [25, 700],
    [100, 700],
    [500, 700],
  ])("when it ignores the start: pages of %i, total %s", async (cap, total) => {
    const list = listOf(rows(700), { ...ordinary, cap, total: () => total });
    const listing = await read((_, limit) => list.fetch(0, limit));
    flawed(listing);
    expect(list.asked.length).toBeLessThanOrEqual(6);
  });

  it.each([25, 100, 500])("when it takes the start for the number of a page of %i", async (cap) => {
    const list = listOf(rows(700), { ...withoutTotal, cap });
    flawed(await read((start, limit) => list.fetch(start * cap, limit)));
  });

  it.each([25, 100, 500])("when it ignores the start and counts only its page of %i", async (cap) => {
    const list = listOf(rows(700), { ...ordinary, cap, total: () => cap });
    flawed(await read((_, limit) => list.fetch(0, limit)));
  });

  it("when a page holds an id twice", async () => {
    const twice = [row(1), row(1), row(2)];
    flawed(await read(listOf(twice, withoutTotal).fetch));
    flawed(await read(listOf(twice, ordinary).fetch));
  });

  it("when a row cannot be read", async () => {
    const page = { rows: rows(2), size: 3, unreadable: ["postback 3"] };
    flawed(await read(async () => ({ ...page, total: undefined })));
    flawed(await read(async () => ({ ...page, total: 3 })));
    flawed(await read(async () => ({ ...page, total: 2 })));
  });

  it("when no row of many pages can be read, after a call or two", async () => {
    let calls = 0;
    const unreadable = async (): Promise<Page> => {
      calls += 1;
      return { rows: [], size: 500, unreadable: Array(500).fill("postback 1"), total: undefined };
    };
    flawed(await read(unreadable));
    expect(calls).toBeLessThanOrEqual(2);
  });

  it("names up to ten rows that cannot be read", async () => {
    const unreadable = Array.from({ length: 12 }, (_, index) => `postback ${index}`);
    const found = await read(async () => ({ rows: rows(1), size: 13, unreadable, total: undefined }));
    expect(found.completenessIssues.join()).toContain("cannot be read: postback 0, postback 1");
    expect(found.completenessIssues.join()).toContain("postback 9, and 2 more");
  });

  it("says why in words that name no row", async () => {
    const listing = await read(listOf([row(1), row(1)], { ...ordinary, total: () => 5 }).fetch);
    expect(listing.completenessIssues).toEqual([
      "one page holds the same id twice",
      "the list says it has 5 rows, but 1 came",
    ]);
  });
});

describe("a list that does not end", () => {
  const endless = expect.objectContaining({ code: "cake-list-endless", kind: "unexpected" });

  it("ends with an error after 2,000 pages", async () => {
    let calls = 0;
    const inventing = async (start: number): Promise<Page> => {
      calls += 1;
      return { rows: [row(start + 1), row(start + 2)], size: 2, unreadable: [], total: undefined };
    };
    await expect(read(inventing)).rejects.toEqual(endless);
    expect(calls).toBe(2_000);
  });

  it("ends with an error after a million rows", async () => {
    const all = rows(10_000);
    let calls = 0;
    const inventing = async (start: number): Promise<Page> => {
      calls += 1;
      const page = all.map((one) => ({ ...one, postbackId: one.postbackId + start }));
      return { rows: page, size: page.length, unreadable: [], total: undefined };
    };
    await expect(read(inventing)).rejects.toEqual(endless);
    expect(calls).toBeLessThan(105);
  });

  it.each([1_000_001, 2_000 * 25 + 1])("is not begun where 25 rows came of %i", async (total) => {
    let calls = 0;
    const promising = async (): Promise<Page> => {
      calls += 1;
      return { rows: rows(25), size: 25, unreadable: [], total };
    };
    await expect(read(promising)).rejects.toEqual(endless);
    expect(calls).toBe(1);
  });
});

describe("whatever a list answers", () => {
  const anyPage = fc.record({
    ids: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
    more: fc.nat({ max: 3 }),
    total: fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined }),
  });

  it("is read to an end, and never more often than it has rows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(anyPage), async (pages) => {
        let calls = 0;
        const onePage = async () => {
          calls += 1;
          const { ids = [], more = 0, total } = pages.next().value ?? {};
          return { rows: ids.map(row), size: ids.length + more, unreadable: Array(more).fill("one"), total };
        };
        const listing = await read(onePage, 1);
        expect(calls).toBeLessThanOrEqual(listing.rows.size + 2);
      }),
      { seed: 32, numRuns: 300 },
    );
  });
});

describe("absence", () => {
  it("is proven by a list that is whole and shows something", () => {
    const some = new Map([[1, row(1)]]);
    expect(provesAbsence({ rows: some, answered: 1, completenessIssues: [] })).toBe(true);
    expect(provesAbsence({ rows: some, answered: 1, completenessIssues: ["a flaw"] })).toBe(false);
    expect(provesAbsence({ rows: new Map(), answered: 0, completenessIssues: [] })).toBe(false);
  });
});
