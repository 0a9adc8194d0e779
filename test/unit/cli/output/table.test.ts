import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { plainText } from "../../../../provider/cli/output/document";
import { tableText } from "../../../../provider/cli/output/table";
import { terminalWidth } from "../../../../provider/cli/output/terminalWidth";

const HEAD = ["ID", "Offer", "URL", "Condition"];
const URL = "https://track.partner.example/postback?cid=#s2#&payout=#price#";
const tableOf = (rows: readonly string[][], width: number, head = HEAD) =>
  tableText(
    head,
    rows.map((row) => row.map((cell) => [[cell]])),
    plainText,
    width,
  ).split("\n");
const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => stringWidth(line)));

describe("a table on a terminal", () => {
  it("puts the columns beside each other where they fit", () => {
    expect(tableOf([["7", "310", URL, "fires twice"]], 100)).toEqual([
      "ID  Offer  URL                                                             Condition",
      "──  ─────  ──────────────────────────────────────────────────────────────  ───────────",
      `7   310    ${URL}  fires twice`,
    ]);
  });

  it("puts a column of words below its row before it shortens a URL", () => {
    expect(tableOf([["7", "310", URL, "fires twice with 8"]], 80).slice(2)).toEqual([
      `7   310    ${URL}`,
      "  Condition: fires twice with 8",
    ]);
  });

  it("shortens a URL in the middle, so that its host and its last parameters are seen", () => {
    expect(tableOf([["7", "310", URL, "active"]], 70).slice(2)).toEqual([
      "7   310    https://track.partner.example…s2#&payout=#price#  active",
    ]);
  });

  it.each([20, 40, 60, 80, 100, 200])("never wraps a line at %i columns, with wide letters", (width) => {
    const wide = "https://例え.テスト/ポストバック?cid=#s2#&名前=値段と通貨の単位";
    const rows = [
      [
        "7",
        "310",
        URL,
        "fires twice with 8 (例え.テスト), unmanaged, and 😀 more words than fit into a line",
      ],
      ["8", "0", wide, "active"],
      ["9", "5", "x".repeat(100_000), `drifted ${"y".repeat(100_000)}`],
    ];
    expect(widest(tableOf(rows, width))).toBeLessThanOrEqual(width);
  });

  it("aligns columns that hold wide letters", () => {
    const lines = tableOf(
      [
        ["1", "値段", "a"],
        ["2", "price", "b"],
      ],
      40,
      ["ID", "Name", "Host"],
    ); // prettier-ignore
    expect(lines.slice(2)).toEqual(["1   値段   a", "2   price  b"]);
  });

  it("keeps the first columns of many, and names the others below", () => {
    const head = ["host", ...Array.from({ length: 12 }, (_, index) => `count ${index}`)];
    const lines = tableOf([["trk.northpeak.example", ...Array(12).fill("5")]], 80, head);
    expect(widest(lines)).toBeLessThanOrEqual(80);
    expect(lines[2]).toMatch(/^trk\.northpeak\.example +5 /);
    expect(lines.slice(3).join()).toContain("count 11: 5");
  });
});

describe("a table in a pipe", () => {
  it("shortens nothing, and pads no column for one long cell", () => {
    const long = `https://t.example/${"x".repeat(3_000)}`;
    const [, , first, second] = tableOf(
      [
        ["7", "1", long, "fires twice"],
        ["8", "1", URL, "active"],
      ],
      Number.POSITIVE_INFINITY,
    );
    expect(first).toBe(`7   1      ${long}  fires twice`);
    expect(second?.length).toBeLessThan(120);
  });
});

describe("the width of standard output", () => {
  it.each([
    ["a terminal's own", { isTTY: true, columns: 132 }, 132],
    ["80 on a terminal that does not say", { isTTY: true, columns: 0 }, 80],
    ["without a limit in a pipe", { columns: 80 }, Number.POSITIVE_INFINITY],
  ])("is %s", (_case, stream, width) => {
    expect(terminalWidth(stream as Partial<typeof process.stdout>)).toBe(width);
  });
});
