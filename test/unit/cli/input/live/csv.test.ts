import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCsvExport } from "../../../../../provider/cli/input/live/csv";
import type { Source } from "../../../../../provider/cli/input/live/source";
import { inventoryCsv } from "../../../../../provider/cli/inventory/csv";
import {
  conditions,
  ENCRYPTED,
  HOST,
  inventory,
  row,
  sourceOf,
  stackOf,
  temporary,
  URL,
} from "../../inventory/support";

function saved(text: string): string {
  const file = temporary("export.csv");
  writeFileSync(file, text);
  return file;
}

const read = (text: string): Source => readCsvExport(saved(text), HOST, [HOST]);

const NOT_PROVEN = "a file cannot prove that it holds every postback, nor that it is of today";

describe("an export from CAKE's admin is read", () => {
  test("under the headers of its pages, with names beside the ids", () => {
    const header = "Pixel ID;Affiliate;Site Offer;Status;Type;Postback URL;;";
    const text = `${header}\r\n8801;Acme Media (2004);All (0);Active;Server;${URL};;\r\n;;;;;;;\r\n`;
    const whole = { id: 8801, affiliateId: 2004, offerId: 0, status: "active", type: "Server", url: URL };
    expect(read(text).rows).toEqual([whole]);
    expect(read(text).incomplete).toEqual([NOT_PROVEN]);
  });

  test("with what it does not tell as unknown", () => {
    const unknown = { affiliateId: null, offerId: null, status: null, type: null };
    expect(read("id,offer,url\n7,Summer sale,x\n").rows).toEqual([{ id: 7, url: "x", ...unknown }]);
  });

  test("without the quote that keeps a spreadsheet from calculating", () => {
    const text =
      "postback_id,postback_url\n'8801,x\n8801,'=cmd()\n8802,'https://a.example\n8803,''+1\n8804,a;'=b;c\n";
    expect(read(text).rows.map(({ url }) => url)).toEqual(["=cmd()", "'https://a.example", "'+1", "a;=b;c"]);
  });

  test("in the order of ids, and says that it proves nothing", () => {
    const source = read("postback_id,postback_url\n9,b\n10,c\n8,a\n");
    expect(source).toMatchObject({ kind: "csv", calls: 0, incomplete: [NOT_PROVEN], instance: HOST });
    expect(source.rows.map(({ id }) => id)).toEqual([8, 9, 10]);
  });
});

describe("what is of no use in it is counted", () => {
  const incompleteOf = (text: string) => read(text).incomplete.filter((flaw) => flaw !== NOT_PROVEN);

  test("rows without an id, or that are no rows of the table", () => {
    const source = read("postback_id,postback_url\n7,a\n,b\nnone,c\n0,d\n-8,e\n8,f,g\n9\n");
    expect(source.rows.map(({ id }) => id)).toEqual([7, 9]);
    expect(source.incomplete.slice(0, 2)).toEqual([
      NOT_PROVEN,
      `of its rows, 5 could not be read in full, first ${source.file}, line 3, column postback_id: must be a CAKE postback ID such as 8801, found nothing`,
    ]);
    expect(source.isReadInPart).toBe(true);
  });

  test("rows that repeat an id, of which the first counts: they do not fire twice", () => {
    const source = read(`postback_id,affiliate_id,offer_id,postback_url\n7,1,2,${URL}\n7,1,2,${URL}&x=2\n`);
    expect(source.incomplete).toContain("of its rows, 1 repeated an id, of which the first was taken");
    expect(source.isReadInPart).toBe(false);
    expect(conditions(inventory({ sources: [source] }))).toEqual(["unmanaged"]);
    expect(source.rows).toMatchObject([{ url: URL }]);
  });

  test("rows without a URL, of which nothing is said", () => {
    const source = read("postback_id,postback_url\n7,\n");
    expect(source.incomplete).toContain("of its rows, 1 had no URL, which is not compared");
    expect(conditions(inventory({ sources: [source], stacks: [stackOf([{ id: 7 }])] }))).toEqual([
      "notCompared managed",
    ]);
    expect(conditions(inventory({ sources: [source] }))).toEqual(["unmanaged"]);
  });

  test("rows of another instance, or of a state alone", () => {
    const text = `instance,postback_id,seen,postback_url\n${HOST},7,yes,a\neu.example.com,8,yes,b\n,9,no,c\n`;
    expect(incompleteOf(text)).toEqual([
      "of its rows, 2 were of another instance, or not seen at CAKE, and left out",
    ]);
    expect(read(text).rows.map(({ id }) => id)).toEqual([7]);
  });

  test("nothing, in a file with a header alone", () => {
    expect(read("postback_id,postback_url\n")).toMatchObject({ rows: [], incomplete: [NOT_PROVEN] });
  });
});

describe("a file is refused", () => {
  test.each([
    ["", "must be a CSV, found an empty file"],
    ["affiliate_id,offer_id\n1,2\n", "must have a column postback_url or url or postback"],
    ["postback_url\nx\n", "must have a column postback_id or pixel_id or id"],
    ["postback_id,postback_url\nx,y\n", "line 2, column postback_id: must be a CAKE postback ID"],
    ['postback_id,postback_url\n7,"https://a.example\n8,b\n', "line 2: must close the quotation mark"],
  ])("that says %j", (text, words) => {
    expect(() => read(text)).toThrow(words);
  });

  test("that is not there, by its name", () => {
    expect(() => readCsvExport("no-such-file.csv", HOST, [HOST])).toThrow(
      "no-such-file.csv cannot be read (ENOENT).",
    );
  });
});

describe("our own CSV read as a source", () => {
  const rows = [
    row(7, { url: `=cmd|'/c calc'!A0` }),
    row(8, { url: `${URL}&token=s3cr3t`, offerId: 0, status: "inactive" }),
    row(9, { url: `https://a.example/?q="quoted", and comma` }),
    row(10),
  ];
  const managed = [
    { id: 8, outputs: { postbackUrl: `${URL}&token=s3cr3t`, offerId: 0, postbackStatus: "inactive" } },
    { id: 10, outputs: { postbackUrl: ENCRYPTED } },
    { id: 11 },
  ];
  const csv = inventoryCsv(inventory({ rows, managed, source: { incomplete: ["some may lack"] } }));

  test("leaves out another instance, also where a spreadsheet wrote its mark of byte order", () => {
    const other = readCsvExport(saved(`\uFEFF${csv}`), "eu.example.com", ["eu.example.com"]);
    expect(other.rows).toEqual([]);
  });

  test("gives the same records, without those that only a state had", () => {
    const source = read(csv);
    expect(source.rows.map(({ id }) => id)).toEqual([7, 8, 9, 10]);
    const shown = source.rows.slice(0, 3).map(({ url }) => url);
    expect(shown).toEqual([rows[0]?.url, `${URL}&token=***`, rows[2]?.url]);
    expect(source.rows[1]).toMatchObject({ affiliateId: 1, offerId: 0, status: "inactive", type: "Server" });
  });

  test("drifts from no state that the record did not drift from", () => {
    const report = inventory({ sources: [read(csv)], managed });
    expect(report.postbacks.filter(({ drift }) => drift.length > 0)).toEqual([]);
    expect(conditions(inventory({ sources: [sourceOf(rows)], managed }))[1]).toBe(
      "plainSecret inactive managed",
    );
  });
});
