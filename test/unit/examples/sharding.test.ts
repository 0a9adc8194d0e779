import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  nameOf,
  problemsOfRanges,
  problemsOfRows,
  type Row,
  rangesOf,
  stackOf,
} from "../../../examples/sharded/sharding";

const folder = join(__dirname, "../../../examples/sharded");
const row = (affiliate: number | string, changes: Partial<Row> = {}): Row => ({
  affiliate_id: `${affiliate}`,
  offer_id: "12345",
  slot: "main",
  status: "active",
  postback_url: "https://tracker.example/postback?cid=#s2#",
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
    const rows: Row[] = parse(readFileSync(join(folder, "postbacks.csv")), { columns: true });
    expect([...problemsOfRanges(ranges), ...problemsOfRows(ranges, rows)]).toEqual([]);
    expect(new Set(rows.map(nameOf)).size).toBe(40);
    expect(new Set(rows.map(({ affiliate_id }) => affiliate_id)).size).toBe(8);
  });

  it.each([
    [{ a: [[5, 4]] }, "a must be"],
    [{ a: [[5]] }, "a must be"],
    [{ a: [["9", "10"]] }, "a must be"],
    [{ a: [[1, 3]], b: [[3, 3]] }, "affiliate 3 is in a and in b"],
    [{ b: [[7, 9]], a: [[1, 7]] }, "affiliate 7 is in a and in b"],
    [
      {
        a: [
          [1, 9],
          [4, 5],
        ],
      },
      "affiliate 4 is in a and in a",
    ],
  ])("are refused as %j", (shards, problem) => {
    const problems = problemsOfRanges(rangesOf(shards as never));
    expect(problems).toEqual([expect.stringContaining(`shards.json: ${problem}`)]);
  });

  it("miss no row without a word, however its ids are written", () => {
    const ranges = rangesOf({ a: [[1, 10]], b: [[12, 20]] });
    expect(problemsOfRows(ranges, [row(1), row(10), row(12), row(20)])).toEqual([]);
    expect(problemsOfRows(ranges, [row(3), row(11), row(21)])).toEqual([
      "postbacks.csv: row 3: affiliate 11 is in no shard",
      "postbacks.csv: row 4: affiliate 21 is in no shard",
    ]);
    expect(problemsOfRows(ranges, [row(3), row(4), row(3)])).toEqual([
      "postbacks.csv: row 2 has a twin below: affiliate-3-offer-12345-main",
    ]);
    const { slot: _, ...slotless } = row(3);
    const odd = [
      row(""),
      row("0x3"),
      row("03"),
      row(" 3"),
      row("3.0"),
      row(3, { offer_id: "" }),
      slotless as Row,
    ];
    const problems = problemsOfRows(ranges, odd);
    expect(problems).toHaveLength(odd.length);
    for (const problem of problems) expect(problem).toContain("needs affiliate_id, offer_id and slot");
  });
});
