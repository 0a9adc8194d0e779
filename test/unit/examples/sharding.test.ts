import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  NEEDED,
  nameOf,
  problemsOfRanges,
  problemsOfRows,
  type Row,
  rangesOf,
  stackOf,
} from "../../../examples/sharded/sharding";
import { readPostbacksCsv } from "../../../provider/csv";
import { csvProblemLines } from "../../../provider/csv/problems";

const folder = join(__dirname, "../../../examples/sharded");
const row = (affiliateId: number, changes: Partial<Row> = {}): Row => ({
  ...{ line: affiliateId, affiliateId, offerId: 12_345, postbackStatus: "active" },
  ...{ postbackUrl: "https://tracker.example/postback?cid=#s2#", others: { slot: "main" } },
  ...changes,
});

const someRanges = array(
  tuple(constantFrom("a", "b", "c"), nat(40), nat(6)).map(([stack, first, length]) => ({
    stack,
    first: first + 1,
    last: first + 1 + length,
  })),
);
const ids = Array.from({ length: 50 }, (_, id) => id);

describe("the shards of examples/sharded", () => {
  it("share out the affiliates, or there is a problem", () => {
    assert(
      property(someRanges, (some) => {
        const ranges = some.toSorted((one, other) => one.first - other.first);
        const having = (id: number) => ranges.filter(({ first, last }) => first <= id && id <= last);
        expect(problemsOfRanges(ranges).length > 0).toBe(ids.some((id) => having(id).length > 1));
        for (const id of ids) expect(stackOf(ranges, row(id))).toBe(having(id)[0]?.stack);
      }),
    );
  });

  it("are sound in the sample, and have every row of it", () => {
    const ranges = rangesOf(JSON.parse(readFileSync(join(folder, "shards.json"), "utf8")));
    const { rows, problems } = readPostbacksCsv(readFileSync(join(folder, "postbacks.csv")), "", NEEDED);
    expect([...problemsOfRanges(ranges), ...problems, ...problemsOfRows(ranges, rows)]).toEqual([]);
    expect(new Set(rows.map(nameOf)).size).toBe(40);
    expect(new Set(rows.map(({ affiliateId }) => affiliateId)).size).toBe(8);
  });

  it.each([
    [{ a: [[5, 4]] }, "a must be"],
    [{ a: [[5]] }, "a must be"],
    [{ a: [["9", "10"]] }, "a must be"],
    [{ a: [[1, 3]], b: [[3, 3]] }, "affiliate 3 is in two shards, a and b"],
    [{ b: [[7, 9]], a: [[1, 7]] }, "affiliate 7 is in two shards, a and b"],
    [
      {
        a: [
          [1, 9],
          [4, 5],
        ],
      },
      "affiliate 4 is in two shards, a and a",
    ],
  ])("are refused as %j", (shards, problem) => {
    const problems = problemsOfRanges(rangesOf(shards as never));
    expect(problems).toEqual([expect.stringContaining(`shards.json: ${problem}`)]);
  });

  it("miss no row without a word, however it is written", () => {
    const ranges = rangesOf({ a: [[1, 10]], b: [[12, 20]] });
    const problemsOf = (...rows: Row[]) => csvProblemLines("p.csv", problemsOfRows(ranges, rows));
    expect(problemsOf(row(1), row(10), row(12), row(20))).toEqual([]);
    expect(problemsOf(row(3), row(11), row(21))).toEqual([
      "p.csv, line 11: must have an affiliate of a shard, found 11",
      "p.csv, line 21: must have an affiliate of a shard, found 21",
    ]);
    expect(problemsOf(row(3), row(4), row(3, { line: 9 }))).toEqual([
      "p.csv, line 3: must not declare affiliate-3-offer-12345-main, which line 9 declares",
    ]);
    expect(problemsOf(row(3, { others: { slot: "Main" } }), row(4, { postbackStatus: "paused" }))).toEqual([
      'p.csv, line 3: must have a slot such as main (a-z, 0-9, -), found "Main"',
      'p.csv, line 4: must have the status active or inactive, found "paused"',
    ]);
    const odd = ["", "0x3", "03", " 3.0", "x"].map((id) => `${id},12345,main,active,x`).join("\n");
    const text = `affiliate_id,offer_id,slot,status,postback_url\n${odd}\n3,,main,active,x\n3,1,,active,x\n`;
    const { rows, problems } = readPostbacksCsv(text, "p.csv", NEEDED);
    expect(rows).toEqual([]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });
});
