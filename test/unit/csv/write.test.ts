import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvValues, readPostbacksCsv, writePostbacksCsv } from "../../../provider/csv";

const COLUMNS = [
  ...["instance", "postbackId", "affiliateId", "offerId", "postbackStatus", "postbackType", "postbackTypeId"],
  ...["postbackUrl", "name", "clickIdSlot", "overlapUntil", "host", "a;=b"],
];

const unit = fc.constantFrom(..."=+-@\t\r\n\"';,|# \u00a0\u200b\uFF1Daz09/?&é😀");
const hostile = fc.string({ unit, maxLength: 12 });
const told = hostile.filter((text) => text.trim() !== "");
const orUndefined = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const id = (min: number) => orUndefined(fc.integer({ min, max: 999_999_999_999_999 }));
const row: fc.Arbitrary<CsvValues> = fc.record({
  instance: orUndefined(fc.constantFrom("cake.example.com", "127.0.0.1:8801")),
  postbackId: fc.integer({ min: 1, max: 999_999 }),
  affiliateId: id(1),
  offerId: id(0),
  postbackStatus: orUndefined(fc.constantFrom("active", "inactive", "on hold")),
  postbackType: orUndefined(fc.constantFrom("Server", "iFrame", "-x")),
  postbackTypeId: id(1),
  postbackUrl: orUndefined(told),
  name: orUndefined(told),
  clickIdSlot: orUndefined(fc.constantFrom("s1" as const, "s5" as const)),
  overlapUntil: orUndefined(fc.constant("2026-12-31")),
  others: fc.record({ host: hostile, "a;=b": hostile }),
});

describe("what is written", () => {
  test("reads back equal, whatever stands in it and however its bytes are", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.boolean(), (rows, isUtf16) => {
        const text = writePostbacksCsv(COLUMNS, rows);
        const read = readPostbacksCsv(isUtf16 ? Buffer.from(`\uFEFF${text}`, "utf16le") : text, "p.csv");
        expect(read.problems).toEqual([]);
        expect(read.rows.map(({ line: _, ...values }) => values)).toEqual(rows);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test("holds no cell that a spreadsheet could take for a formula, also where it splits cells at semicolons", () => {
    fc.assert(
      fc.property(row, (one) => {
        const [, ...lines] = writePostbacksCsv(COLUMNS, [one]).split(/(?<=^[^\n]*\n)/);
        const text = lines.join("");
        const cells: string[][] = parse(text, { record_delimiter: ["\n"] });
        for (const cell of [...cells.flat(), ...text.split(/[;|]/)])
          expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  test("has the most telling header for each field, and one column alone is read, too", () => {
    expect(writePostbacksCsv(["postbackId", "postbackUrl", "slot"], [])).toBe(
      "postback_id,postback_url,slot\n",
    );
    const alone = writePostbacksCsv(["postbackUrl"], [{ postbackUrl: "https://a.example/?b=1,2;3" }]);
    expect(readPostbacksCsv(alone, "p.csv").rows).toMatchObject([
      { postbackUrl: "https://a.example/?b=1,2;3" },
    ]);
  });
});
