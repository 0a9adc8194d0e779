import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCsvExport } from "../../../../../provider/cli/input/live/csv";
import type { Source } from "../../../../../provider/cli/input/live/source";
import { asCsv } from "../../../../../provider/cli/inventory/print/csv";
import {
  ENCRYPTED,
  HOST,
  inventory,
  row,
  sayings,
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
  const whole = { id: 8801, affiliateId: 2004, offerId: 0, status: "active", type: "Server", url: URL };

  test.each([
    [
      "as CAKE's API names the fields",
      "postback_id,affiliate_id,offer_id,postback_status,postback_type,postback_url",
    ],
    ["as pages name them", "Postback ID,Affiliate ID,Offer ID,Status,Type,Postback URL"],
    ["as version 8 names them", "ID,Source Affiliate ID,Site Offer ID,Postback Status,Type,URL"],
    ["in capitals, with blanks", "POSTBACK ID , AFFILIATE-ID,OFFER ID,STATUS,TYPE,POSTBACK URL"],
  ])("%s", (_, header) => {
    expect(read(`${header}\n8801,2004,0,Active,Server,${URL}\n`).rows).toEqual([whole]);
  });

  test("by its numbers where names stand beside them, and by those in brackets where none do", () => {
    const both = `Affiliate,Affiliate ID,Offer,Postback ID,Postback URL\nAcme (3),2004,Sale (312),8801,${URL}\n`;
    expect(read(both).rows).toMatchObject([{ id: 8801, affiliateId: 2004, offerId: 312 }]);
    const names = `Pixel ID,Affiliate,Offer,URL\n8801,Acme Media (67890),"Sale, summer",${URL}\n`;
    expect(read(names).rows).toMatchObject([{ id: 8801, affiliateId: 67_890, offerId: null }]);
  });

  test.each([
    [";", "semicolons, as spreadsheets of other countries write"],
    ["\t", "tabs"],
  ])("with %j between the columns: %s", (delimiter) => {
    const lines = [
      ["postback_id", "postback_url"],
      ["8801", "https://a.example/?a=1,2"],
    ];
    const text = lines.map((cells) => cells.join(delimiter)).join("\r\n");
    expect(read(text).rows).toMatchObject([{ id: 8801, url: "https://a.example/?a=1,2" }]);
  });

  test("with a mark of byte order, empty lines and quotes inside a URL", () => {
    const text = '\uFEFFpostback_id,postback_url\r\n\r\n8801,https://a.example/?x="y"\r\n';
    expect(read(text).rows).toMatchObject([{ id: 8801, url: 'https://a.example/?x="y"' }]);
    expect(read(text).flaws).toEqual([NOT_PROVEN]);
  });

  test("without the quote that keeps a spreadsheet from calculating", () => {
    const text =
      "postback_id,postback_url\n'8801,x\n8801,'=cmd()\n8802,'https://a.example\n8803,''+1\n8804,a;'=b;c\n";
    expect(read(text).rows.map(({ url }) => url)).toEqual(["=cmd()", "'https://a.example", "'+1", "a;=b;c"]);
  });

  test("in the order of ids, and says that it proves nothing", () => {
    const source = read("postback_id,postback_url\n9,b\n10,c\n8,a\n");
    expect(source).toMatchObject({ kind: "csv", calls: 0, flaws: [NOT_PROVEN], instance: HOST });
    expect(source.rows.map(({ id }) => id)).toEqual([8, 9, 10]);
  });
});

describe("what is of no use in it is counted", () => {
  const flawsOf = (text: string) => read(text).flaws.filter((flaw) => flaw !== NOT_PROVEN);

  test("rows without an id, or that are no rows of the table", () => {
    const source = read("postback_id,postback_url\n7,a\n,b\nnone,c\n0,d\n-8,e\n8,f,g\n9\n");
    expect(source.rows.map(({ id }) => id)).toEqual([7]);
    expect(source.flaws).toEqual([NOT_PROVEN, "of its rows, 6 could not be read, or had no id"]);
    expect(source.isReadInPart).toBe(true);
  });

  test("rows that repeat an id, of which the first counts: they do not fire twice", () => {
    const source = read(`postback_id,affiliate_id,offer_id,postback_url\n7,1,2,${URL}\n7,1,2,${URL}&x=2\n`);
    expect(source.flaws).toContain("of its rows, 1 repeated an id, of which the first was taken");
    expect(source.isReadInPart).toBe(false);
    expect(sayings(inventory({ sources: [source] }))).toEqual(["unmanaged"]);
    expect(source.rows).toMatchObject([{ url: URL }]);
  });

  test("rows without a URL, of which nothing is said", () => {
    const source = read("postback_id,postback_url\n7,\n");
    expect(source.flaws).toContain("of its rows, 1 had no URL, which is not compared");
    expect(sayings(inventory({ sources: [source], stacks: [stackOf([{ id: 7 }])] }))).toEqual([
      "managed notCompared",
    ]);
    expect(sayings(inventory({ sources: [source] }))).toEqual(["unmanaged"]);
  });

  test("rows of another instance, or of a state alone", () => {
    const text = `instance,postback_id,seen,postback_url\n${HOST},7,yes,a\neu.example.com,8,yes,b\n,9,no,c\n`;
    expect(flawsOf(text)).toEqual([
      "of its rows, 2 were of another instance, or not seen at CAKE, and left out",
    ]);
    expect(read(text).rows.map(({ id }) => id)).toEqual([7]);
  });

  test("nothing, in a file with a header alone", () => {
    expect(read("postback_id,postback_url\n")).toMatchObject({ rows: [], flaws: [NOT_PROVEN] });
  });
});

describe("a file is refused", () => {
  test.each([
    ["", "has no column for the postback's id and its URL"],
    ["affiliate_id,offer_id\n1,2\n", "has no column for the postback's id and its URL"],
    ["postback_url\nx\n", "has no column for the postback's id."],
    ['postback_id,postback_url\n7,"https://a.example\n8,b\n', "a quotation mark in it is never closed"],
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
  const csv = asCsv(inventory({ rows, managed, source: { flaws: ["some may lack"] } }));

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
    expect(report.records.filter(({ drift }) => drift.length > 0)).toEqual([]);
    expect(sayings(inventory({ sources: [sourceOf(rows)], managed }))[1]).toBe("managed exposed inactive");
  });
});
