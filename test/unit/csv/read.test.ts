import { describe, expect, test } from "vitest";
import { formatCsvProblems, readPostbacksCsv } from "../../../provider/csv";
import { csvProblemLines } from "../../../provider/csv/problems";

const URL = "https://track.partner.example/postback?cid=#s2#&list=1,2";
const EXPECTED = { affiliateId: 501, offerId: 0, postbackStatus: "active", postbackUrl: URL };

const rowsIn = (contents: string | Uint8Array) =>
  readPostbacksCsv(contents, "p.csv").rows.map(({ line: _, others, ...row }) => ({ ...row, ...others }));
const problemsIn = (contents: string, needed: readonly string[] = []) =>
  csvProblemLines("p.csv", readPostbacksCsv(contents, "p.csv", needed).problems);

describe("a CSV is read", () => {
  const lines = ["affiliate_id;offer_id;status;postback_url", `501;0;active;${URL}`];
  const text = lines.join("\r\n");
  const withTabs = text.replaceAll(";", "\t");
  const utf16be = Buffer.from(`\uFEFF${withTabs}`, "utf16le").swap16();

  test.each<[string, string | Uint8Array]>([
    ["with semicolons, as a European Excel writes it", text],
    ["with tabs", withTabs],
    ["with commas and quotation marks", lines.map((line) => `"${line.replaceAll(";", '","')}"`).join("\n")],
    ["with a sep= line", `sep=|\r\n${text.replaceAll(";", "|")}`],
    ["with a quoted sep= line and no semicolon of its own", `"sep=;"\n${text}`],
    ["with a byte order mark in a string", `\uFEFF${text}`],
    ["as UTF-8 bytes", Buffer.from(text)],
    ["as UTF-8 bytes with a byte order mark", Buffer.from(`\uFEFF${text}`)],
    ["as UTF-16, little end first", Buffer.from(`\uFEFF${withTabs}`, "utf16le")],
    ["as UTF-16, big end first", utf16be],
    ["as UTF-16 without a byte order mark", Buffer.from(withTabs, "utf16le")],
    ["as UTF-16 without a byte order mark, big end first", utf16be.subarray(2)],
    [
      "with the columns and lines that Excel adds",
      text.replaceAll(/$/gm, ";;;").concat("\r\n;;;;;;;\r\n;;;;;;;"),
    ],
    ["with empty and blank lines", `\n\n${text.replace("\r\n", "\r\n \r\n\r\n")}\n\n`],
    ["with the line ends of an old Mac", text.replaceAll("\r\n", "\r")],
    ["with line ends of two kinds", `${text.replace("\r\n", "\n")}\r\n`],
    [
      "with other cases, blanks and underscores",
      text.replace(/.*/, "AFFILIATE-ID ; Offer ID;Postback_Status;Postback URL"),
    ],
    ["as programs name the fields", text.replace(/.*/, "affiliateId;offerId;postbackStatus;postbackUrl")],
    [
      "with names beside the ids",
      text.replace(/.*/, "Affiliate;Site Offer;Status;URL").replace("501;0", "Acme (B) (501);All (0)"),
    ],
    ["with a status in another case", text.replace("active", " Active ")],
  ])("%s", (_, contents) => {
    expect(rowsIn(contents)).toEqual([EXPECTED]);
  });

  test("as Windows-1252, where it is neither UTF-8 nor UTF-16", () => {
    const contents = Buffer.from("name;url\nM\xfcller;https://a.example/\n", "latin1");
    expect(rowsIn(contents)).toEqual([{ name: "Müller", postbackUrl: "https://a.example/" }]);
  });

  test("with the most telling header where several could hold a field; the others are told", () => {
    const file = readPostbacksCsv("Affiliate,ID,Affiliate ID,URL,Pixel ID\nAcme (3),7,501,x,8801\n", "p.csv");
    expect(file.rows).toMatchObject([{ affiliateId: 501, postbackId: 8801, postbackUrl: "x" }]);
    expect(file.ignored).toEqual(["Affiliate", "ID"]);
    expect(file.columns).toEqual(["affiliateId", "postbackUrl", "postbackId"]);
  });

  test("with names alone under Affiliate, which is then no column of ids", () => {
    const file = readPostbacksCsv("Affiliate,URL\nAcme Media,x\nFox Media,y\n", "p.csv");
    expect(file).toMatchObject({ columns: ["postbackUrl"], ignored: ["Affiliate"], problems: [] });
    expect(problemsIn("Affiliate,URL\nAcme (501),x\nFox (502),y\nLumen,z\n")).toEqual([
      'p.csv, line 4, column Affiliate: must be a CAKE affiliate ID such as 67890, found "Lumen"',
    ]);
  });

  test("with what is unknown left out, and never as a zero", () => {
    const [row] = readPostbacksCsv("affiliate_id,offer_id,status,url,slot\n,,,x\n", "p.csv").rows;
    expect(row).toEqual({ line: 2, postbackUrl: "x", others: { slot: "" } });
  });

  test("with the line of each postback", () => {
    const { rows } = readPostbacksCsv('sep=,\nname,url\n\na,x\n"b\nc",y\nd,z\n', "p.csv");
    expect(rows.map(({ name, line }) => [name, line])).toEqual([
      ["a", 4],
      ["b\nc", 6],
      ["d", 7],
    ]);
  });

  test("with headers that are names of an object's own properties", () => {
    expect(readPostbacksCsv("url,__proto__,constructor\nx,1,2\n", "p.csv").rows[0]?.others).toEqual(
      Object.fromEntries([
        ["__proto__", "1"],
        ["constructor", "2"],
      ]),
    );
  });
});

describe("what is wrong with a CSV is said at once, with line, column and what was found", () => {
  test("for every cell that is not what its column holds", () => {
    const header = "affiliate_id,offer_id,postback_id,type_id,status,click_id_slot,overlap_until,url";
    expect(
      problemsIn(`${header}\n067,1.5,0,Server,https://a.example/?b,s6,tomorrow,x\n1e5,-1,NaN,,,,,x\n`),
    ).toEqual([
      'p.csv, line 2, column affiliate_id: must be a CAKE affiliate ID such as 67890, found "067"',
      'p.csv, line 2, column offer_id: must be a CAKE offer ID such as 12345, or 0 for all offers, found "1.5"',
      'p.csv, line 2, column postback_id: must be a CAKE postback ID such as 8801, found "0"',
      'p.csv, line 2, column type_id: must be a CAKE postback type ID such as 1, found "Server"',
      'p.csv, line 2, column status: must be a status such as active or inactive, found "https://a.example/?b"',
      'p.csv, line 2, column click_id_slot: must be the sub ID of the click ID, such as s2, found "s6"',
      'p.csv, line 2, column overlap_until: must be a date such as 2026-12-31, found "tomorrow"',
      'p.csv, line 3, column affiliate_id: must be a CAKE affiliate ID such as 67890, found "1e5"',
      'p.csv, line 3, column offer_id: must be a CAKE offer ID such as 12345, or 0 for all offers, found "-1"',
      'p.csv, line 3, column postback_id: must be a CAKE postback ID such as 8801, found "NaN"',
    ]);
  });

  test("for what is needed and missing, in the header and in each row", () => {
    const needed = ["affiliateId", "postbackUrl", "slot"];
    expect(problemsIn("Affiliate ID,Slot\n,main\n5, \n", needed)).toEqual([
      "p.csv: must have a column postback_url or url or postback",
      "p.csv, line 2, column Affiliate ID: must be a CAKE affiliate ID such as 67890, found nothing",
      "p.csv, line 3, column Slot: must not be empty, found nothing",
    ]);
    const file = readPostbacksCsv("Affiliate ID,Slot,URL\n,main,x\n5,main,y\n6,,z\n", "p.csv", needed);
    expect(file.rows).toEqual([{ line: 3, affiliateId: 5, postbackUrl: "y", others: { slot: "main" } }]);
  });

  test("for more values than columns, which is most often a URL that was cut", () => {
    const file = readPostbacksCsv(
      "affiliate_id,url,\n5,https://a.example/?b=1,token=s3cret\n6,x,,,\n",
      "p.csv",
    );
    expect(file.rows.map(({ affiliateId }) => affiliateId)).toEqual([6]);
    expect(formatCsvProblems("p.csv", file.problems)).toBe(
      "p.csv, line 2: must have at most 2 values: quote a value that has the delimiter in it [csv-invalid]",
    );
  });

  test("for a column that stands twice", () => {
    expect(problemsIn("URL,url,note,note\nx,y,1,2\n")).toEqual([
      "p.csv, line 1, column URL: must be in the header only once",
    ]);
  });

  test("for a quotation mark that is never closed, in the words of this package", () => {
    expect(problemsIn('affiliate_id,url\n4,x\n5,"https://a.example/?token=s3cret\n6,b\n')).toEqual([
      "p.csv, line 3: must close the quotation mark that it opens",
    ]);
  });

  test("for twenty problems, and the number of the others", () => {
    const rows = Array.from({ length: 10_000 }, () => "x,y").join("\n");
    const all = problemsIn(`affiliate_id,offer_id\n${rows}`);
    expect(all).toHaveLength(21);
    expect(all.at(-1)).toBe("p.csv: 19980 more problems");
  });

  test("without a secret, a control character or a long text", () => {
    const cells = [
      "https://a.example/?token=s3cret",
      "https://user:s3cret@a.example/",
      "\u001b[2J\u202e",
      "x".repeat(500),
      `${"x".repeat(59)}${"😀".repeat(50)}`,
    ];
    const all = problemsIn(`affiliate_id,offer_id\n${cells.map((cell) => `${cell},1`).join("\n")}\n`);
    expect(all.join("")).not.toMatch(/s3cret|\p{Cc}|\p{Cf}/u);
    expect(all.join("")).not.toMatch(/\p{Cs}/u);
    expect(all.map((line) => line.length).every((length) => length < 170)).toBe(true);
  });
});

describe("a file that is not a CSV is refused in one sentence", () => {
  test.each([
    ["", "an empty file"],
    ["\n \n", "an empty file"],
    ["<!DOCTYPE html><html><body>Sign in</body></html>", "an HTML or XML page"],
    ['\n<?xml version="1.0"?>\n<rows url="x"/>', "an HTML or XML page"],
    ['{"steps": []}', "JSON"],
    ["[", "JSON"],
    ['["url", "id"]', "JSON"],
    ["PK\u0003\u0004\u0014\u0000xl/workbook.xml", "an Excel workbook"],
    [Buffer.from("d0cf11e0a1b11ae1", "hex"), "an Excel workbook"],
    [Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "a binary file"],
    ["hello", "with a header such as"],
    ['sep="\nurl"id', "with a header such as"],
    ["Please find the postbacks attached, thanks", "with a header such as"],
    ["https://a.example/?token=s3cret", "with a header such as"],
    ["501,12345,https://a.example/?token=s3cret\n", "with a header such as"],
  ])("%j", (contents, words) => {
    const file = readPostbacksCsv(contents, "p.csv", ["postbackUrl"]);
    expect(file).toMatchObject({ rows: [], columns: [], ignored: [] });
    expect(file.problems).toEqual([{ must: expect.stringContaining(words) }]);
    expect(formatCsvProblems("p.csv", file.problems)).toMatch(/^p\.csv: must be a CSV.*$/);
  });
});
