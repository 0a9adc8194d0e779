import { writeFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { readCsvExport } from "../../../../provider/cli/input/live/csv";
import { byUrgency } from "../../../../provider/cli/inventory/document";
import type { InventoryReport } from "../../../../provider/cli/inventory/report";
import { stripControlChars } from "../../../../provider/cli/output/stripControlChars";
import { escapeFormula, unescapeFormula } from "../../../../provider/csv/formulas";
import { formats, inventory, row, sourceOf, stackOf, temporary } from "./support";

// What terminals, spreadsheets, Markdown and HTML obey.
const hostile = fc.constantFrom(
  ...[
    "\n",
    "\r\nFORGED",
    "\u001b[2J",
    "\u0007",
    "\u009b31m",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\u{e0041}",
  ],
  ...["=", "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", '"', "'", ",", ";"],
  ...[";=1", `;=cmd|'/c calc'!A0;`, "; +1", ';"=1', ";'=1", "|@SUM(1)", "|-1", ";＝1", "'=1"],
  ...["|", "\\", "\\|", "\\\\|", "`", "``", "```", "<img src=x onerror=y>", "<!--", "</td>", "&lt;", "&amp;"],
  ...[
    "[a](https://evil.example)",
    "![a](https://evil.example)",
    "https://evil.example",
    "www.evil.com",
    "a@evil.com",
  ],
  ...[
    "@everyone",
    "#1",
    "owner/name#1",
    ":tada:",
    "*",
    "_",
    "~~",
    "# head",
    "- item",
    "> quote",
    "---",
    "$$x$$",
  ],
  ...[
    "::error::x",
    " ::add-mask::e",
    "##[add-mask]e",
    "##vso[task.x]y",
    "##",
    "[",
    "::",
    "?",
    "&",
    "=",
    "#s2#",
    " ",
    "  ",
  ],
);
const text = fc
  .array(fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 7 })
  .map((all) => all.join(""));
const url = fc.oneof(
  text,
  fc.tuple(text, text, text).map(([host, name, value]) => `https://${host}/p?${name}=${value}&a=1`),
);

const given = fc.record({
  url,
  before: url,
  was: url,
  status: text,
  type: text,
  stack: fc.oneof(
    text,
    text.map((rest) => `::error::${rest}`),
  ),
  name: text,
  reason: text,
  file: text,
  asked: text,
});
type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;

/** A report in which every text from outside is somebody's who means harm. */
function reportOf({
  url,
  before,
  was,
  status,
  type,
  stack,
  name,
  reason,
  file,
  asked,
}: Given): InventoryReport {
  const resource = (postbackUrl: string, id: number) => ({
    ...{ id, name, inputs: { suppress: { P01: reason } } },
    outputs: { postbackUrl, postbackStatus: status },
  });
  const managed = {
    ...stackOf([resource(before, 1), resource(url, 2), resource(before, 4)]),
    name: stack,
    file,
  };
  const rows = [
    row(1, { url, status, type }),
    row(2, { url }),
    row(3, { url: before, status: null, offerId: 1 }),
  ];
  const earlier = inventory({
    rows: rows.map((one) => ({ ...one, url: was, status: name })),
    source: { kind: "csv", file, incomplete: [] },
  });
  const report = inventory({
    sources: [
      sourceOf(rows, { kind: "csv", file, incomplete: ["it says that it lacks some"] }),
      sourceOf([row(5, { url })], { instance: "eu.example" }),
    ],
    stacks: [managed],
    since: earlier,
  });
  const host = {
    ...{ host: asked, scheme: null, is: ["uncheckedHost" as const], found: "no host" },
    ...{ validUntil: null, daysLeft: null, ids: [1], active: 1, affiliates: [1] },
  };
  return { ...report, where: [`host=${asked}`], hosts: [host] };
}

const columns = ["instance", "postback_id", "affiliate_id", "offer_id", "postback_status", "postback_type"];

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}/u;

describe("whatever a partner, a program or a file says", { timeout: 60_000 }, () => {
  const holds = (check: (report: InventoryReport) => void, numRuns = 50) =>
    fc.assert(
      fc.property(given, (one) => check(reportOf(one))),
      { seed: 83, numRuns },
    );

  test("is not a formula in the CSV, and stands in its own cell", () => {
    holds((report) => {
      const [header = [], ...lines]: string[][] = parse(formats(report).csv);
      expect(header.slice(0, columns.length)).toEqual(columns);
      expect(lines).toHaveLength(report.postbacks.length);
      for (const line of lines) {
        expect(line).toHaveLength(header.length);
        // As OWASP names them, in both widths.
        for (const cell of line) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        for (const cell of line) expect(cell).not.toMatch(OBEYED);
      }
      for (const [index, { url }] of byUrgency(report).entries()) {
        expect(unescapeFormula(lines[index]?.[header.indexOf("postback_url")] ?? "")).toBe(
          harmless(url ?? ""),
        );
      }
    });
  });

  test("is not a formula in the CSV for a spreadsheet either that splits it elsewhere", () => {
    holds((report) => {
      for (const line of formats(report).csv.split("\n")) {
        for (const separator of [";", "|"]) {
          for (const cell of line.split(separator)) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
        }
      }
    });
  });

  test("is read back from the CSV as the URL that it was", () => {
    const file = temporary("report.csv");
    holds((report) => {
      writeFileSync(file, formats(report).csv);
      const read = readCsvExport(file, "cake.example.com", ["cake.example.com"]);
      const seen = report.postbacks.filter(({ instance, isLive }) => instance === read.instance && isLive);
      // A blank cell holds no URL.
      const urls = (all: readonly { id: number; url: string | null }[]) =>
        all.map(({ id, url }) => [id, harmless(url ?? "").trim() === "" ? "" : harmless(url ?? "")]);
      expect(urls(read.rows)).toEqual(urls(seen));
    });
  });

  test("comes out of a guarded cell as it went in", () => {
    fc.assert(
      fc.property(text, (cell) => {
        expect(unescapeFormula(escapeFormula(cell))).toBe(cell);
      }),
      { seed: 89, numRuns: 300 },
    );
  });

  test("is not a command for the runner of a CI in any format", () => {
    holds((report) => {
      for (const [format, text] of Object.entries(formats(report, "shape")))
        for (const line of text.split("\n"))
          expect(line, format).not.toMatch(/^\s*::|##[a-z]*\[|::(?:error|add-mask)/i);
    }, 25);
  });

  test("moves, colours and forges nothing on a terminal", () => {
    holds((report) => {
      const table = formats(report, "shape").pretty;
      expect(table).not.toMatch(OBEYED);
      for (const line of table.split("\n")) expect(line).not.toMatch(/^\s*FORGED/);
    }, 25);
  });

  test("is a value of the JSON, and nothing that a terminal obeys", () => {
    holds((report) => {
      const json = formats(report).json;
      expect(json).not.toMatch(OBEYED);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
    });
  });

  test("is not a link, image, HTML or mention in the Markdown, and breaks no table", () => {
    const parser = new MarkdownIt({ html: true, linkify: true });
    holds((report) => {
      const markdown = formats(report).markdown;
      expect(markdown).not.toMatch(OBEYED);
      const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
      const kinds = new Set(tokens.map(({ type }) => type));
      for (const kind of [
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "fence",
        "code_block",
        "blockquote_open",
        "hr",
        "softbreak",
        "em_open",
        "s_open",
      ])
        expect(kinds, markdown).not.toContain(kind);
      const outside = tokens.filter(({ type }) => type === "text").map(({ content }) => content);
      expect(outside.join(" ")).not.toMatch(/evil|everyone|tada|onerror|::error|FORGED|calc|SUM/);
      for (const table of tablesOf(markdown)) {
        const [head = "", ...lines] = table;
        for (const line of lines) expect(cellsOf(line), line).toHaveLength(cellsOf(head).length);
      }
    });
  });

  test("stands in the Markdown as it is, in code", () => {
    const parser = new MarkdownIt();
    holds((report) => {
      const html = parser.render(formats(report).markdown);
      for (const { url } of report.postbacks) {
        if (url === null || url.trim() === "") continue;
        expect(html).toContain(
          `<code>${parser.utils.escapeHtml(harmless(url).replace(/\\+(?=\|)/g, "\uFFFD"))}</code>`,
        );
      }
    });
  });
});

function harmless(text: string): string {
  return stripControlChars(text);
}

/** The lines of each table. */
function tablesOf(markdown: string): string[][] {
  return markdown
    .split("\n\n")
    .map((block) => block.split("\n").filter((line) => line.startsWith("|")))
    .filter((lines) => lines.length > 0);
}

// As the specification of GitHub's tables splits them: at each bar without a backslash before it, in code or not.
function cellsOf(line: string): string[] {
  return line.split(/(?<!\\)\|/).slice(1, -1);
}
