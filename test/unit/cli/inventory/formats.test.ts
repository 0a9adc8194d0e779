import { parse } from "csv-parse/sync";
import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { asHtml } from "../../../../provider/cli/inventory/html";
import { asCsv } from "../../../../provider/cli/inventory/print/csv";
import { asMarkdown } from "../../../../provider/cli/inventory/print/markdown";
import { asTable } from "../../../../provider/cli/inventory/print/table";
import type { InventoryReport } from "../../../../provider/cli/inventory/report";
import { safeJson } from "../../../../provider/cli/output/json";
import { ENCRYPTED, FLAW, inventory, row, sourceOf, stackOf, URL } from "./support";

const tableOf = (report: InventoryReport, group?: "affiliate" | "tracker") =>
  asTable(report, { paint: createColors(false), group });
const linesOf = (report: InventoryReport) =>
  parse(asCsv(report), { columns: true }) as Record<string, string>[];
const formats = (report: InventoryReport) => ({
  table: tableOf(report),
  csv: asCsv(report),
  json: safeJson(report, 1),
  markdown: asMarkdown(report),
  html: asHtml(report),
});

const EU = "eu.example.com";
const drifted = inventory({
  rows: [row(7, { url: URL.replace("#leadid#", "#tid#") }), row(8), row(9, { status: "inactive" })],
  managed: [
    { id: 7, name: "acme" },
    { id: 8 },
    { id: 9, outputs: { postbackStatus: "inactive" } },
    { id: 10, name: "gone" },
  ],
});

describe("a listing that may lack records says so in", () => {
  const report = inventory({ rows: [row(7), row(8)], source: { flaws: [FLAW, "another"] } });

  test("the table and the Markdown, above all that they tell", () => {
    const said = `This report may lack postbacks, so it calls none missing: cake.example.com: ${FLAW}.`;
    const lines = tableOf(report).split("\n");
    expect(lines).toContain(said);
    expect(lines.indexOf(said)).toBeLessThan(lines.findIndex((line) => line.includes("live")));
    const markdown = asMarkdown(report);
    expect(markdown).toContain(
      `**This report may lack postbacks, so it calls none missing:** \` cake.example.com \`: ${FLAW}.`,
    );
    expect(markdown.indexOf(FLAW)).toBeLessThan(markdown.indexOf("| live |"));
  });

  test("every line of the CSV, and in a line of its own where there is none", () => {
    expect(linesOf(report).map(({ listing }) => listing)).toEqual([`${FLAW}; another`, `${FLAW}; another`]);
    const none = inventory({ rows: [], source: { flaws: [FLAW] } });
    expect(linesOf(none)).toMatchObject([{ instance: "cake.example.com", postback_id: "", listing: FLAW }]);
  });

  test.each([
    ["that shows none", [], []],
    ["of which none was asked for", [row(8)], ["id=7"]],
  ])("a line of the CSV for each instance %s", (_, rows, where) => {
    const sources = [sourceOf([row(7)]), sourceOf(rows, { instance: EU, flaws: [FLAW, "another"] })];
    const lines = linesOf(inventory({ sources, where }));
    expect(lines.map(({ instance, postback_id, listing }) => [instance, postback_id, listing])).toEqual([
      ["cake.example.com", "7", "complete"],
      [EU, "", `${FLAW}; another`],
    ]);
  });

  test("the CSV of its own instance alone", () => {
    const sources = [sourceOf([row(7)]), sourceOf([row(8)], { instance: EU, flaws: [FLAW] })];
    expect(linesOf(inventory({ sources })).map(({ listing }) => listing)).toEqual(["complete", FLAW]);
  });

  test("the JSON", () => {
    expect(JSON.parse(safeJson(report))).toMatchObject({
      isComplete: false,
      sources: [{ flaws: [FLAW, "another"] }],
    });
  });

  test("and one that is whole says that, or nothing", () => {
    const whole = inventory({ rows: [row(7)] });
    expect(whole.isComplete).toBe(true);
    expect(linesOf(whole).map(({ listing }) => listing)).toEqual(["complete"]);
    expect(`${tableOf(whole)}${asMarkdown(whole)}`).not.toContain("lack");
    expect(
      asCsv(inventory({ rows: [] }))
        .trimEnd()
        .split("\n"),
    ).toHaveLength(1);
  });

  test("what comes from elsewhere than CAKE's list says what it is", () => {
    const file = inventory({
      rows: [row(7)],
      source: { kind: "csv", file: "export.csv", statement: "Only a file." },
    });
    expect(tableOf(file)).toContain("cake.example.com: 1 postback in a file (export.csv)");
    for (const text of [tableOf(file), asMarkdown(file), safeJson(file)])
      expect(text).toContain("Only a file.");
  });
});

describe("a secret stands in no format", () => {
  const written = [
    ["without its question mark", "https://t.example/pb&token=s3cr3t&cid=#s2#"],
    ["without a path", "https://t.example&token=s3cr3t"],
    ["as a fragment", "https://t.example/pb#token=s3cr3t"],
    ["escaped for HTML", `${URL}&amp;sign=s3cr3t`],
    ["with a login", "https://me:s3cr3t@t.example/pb?cid=#s2#"],
    ["around another", `${URL}&r=https://y.example/?token=s3cr3t`],
    ["around another with a login", `${URL}&r=https://me:s3cr3t@y.example/`],
    ["around another, escaped", `${URL}&r=https%3A%2F%2Fy.example%2F%3Fpassword%3Ds3cr3t`],
  ] as const;

  test.each(written)("of a URL %s, drifted, changed or not", (_, url) => {
    const before = url.replace("s3cr3t", "old-s3cr3t");
    const given = { rows: [row(7, { url })], managed: [{ id: 7, outputs: { postbackUrl: before } }] };
    const report = inventory({ ...given, since: inventory({ rows: [row(7, { url: before })] }) });
    expect(report).toMatchObject({
      postbacks: [{ marks: expect.arrayContaining(["drifted"]) }],
      since: { changed: [{}] },
    });
    for (const [format, text] of Object.entries(formats(report)))
      expect(text, format).not.toContain("s3cr3t");
  });

  test.each([
    ["that partners take for one", inventory({ rows: [row(7, { url: `${URL}&token=s3cr3t` })] })],
    [
      "that drifted",
      inventory({
        rows: [row(7, { url: `${URL}&token=new-s3cr3t` })],
        managed: [{ id: 7, outputs: { postbackUrl: `${URL}&token=old-s3cr3t` } }],
      }),
    ],
    [
      "that changed since",
      inventory({
        rows: [row(7, { url: `${URL}&token=new-s3cr3t` })],
        since: inventory({ rows: [row(7, { url: `${URL}&token=old-s3cr3t` })] }),
      }),
    ],
    [
      "of a program",
      inventory({
        rows: [row(7, { url: `${URL}&x=s3cr3t` })],
        managed: [{ id: 7, outputs: { postbackUrl: ENCRYPTED } }],
      }),
    ],
  ])("%s", (_, report) => {
    for (const [format, text] of Object.entries(formats(report)))
      expect(text, format).not.toContain("s3cr3t");
  });
});

describe("the CSV", () => {
  test("quotes what is text, so that its columns stay where they are", () => {
    const [header, line] = asCsv(inventory({ rows: [row(7, { url: "https://t.example/?a=;b" })] })).split(
      "\n",
    );
    expect(header).toMatch(/^instance,postback_id,affiliate_id,/);
    expect(line).toMatch(/^"cake\.example\.com",7,1,7,"active","Server","https:\/\/t\.example\/\?a=;b",/);
  });

  test("has a line for each record, those of a state alone included, and says which CAKE showed", () => {
    const lines = linesOf(drifted);
    expect(
      lines.map(({ postback_id, standing, marks, seen }) => [postback_id, standing, marks, seen]),
    ).toEqual([
      ["7", "managed", "drifted", "yes"],
      ["8", "managed", "", "yes"],
      ["9", "managed", "inactive", "yes"],
      ["10", "missing", "", "no"],
    ]);
    expect(lines[0]).toMatchObject({
      ...{ instance: "cake.example.com", affiliate_id: "1", offer_id: "7", postback_status: "active" },
      ...{
        postback_type: "Server",
        drift: "parameter txid: #leadid# → #tid#",
        managed_by: "network/prod acme",
      },
    });
  });

  test("names the rules that found something", () => {
    const [line] = linesOf(
      inventory({ rows: [row(7, { url: "https://track.partner.example/?cid={clickid}" })] }),
    );
    expect(line?.rules).toBe("P01 P03");
  });
});

describe("the Markdown", () => {
  test("says how much is managed, what drifted, and counts by everything", () => {
    const text = asMarkdown(drifted);
    for (const line of [
      "Read at 2026-11-22 10:00 UTC.",
      "| live | 3 |",
      "| active | 2 |",
      "| managed | 3 (100 %) |",
      "| missing at CAKE | 1 |",
      `| 10 | 1 | 10 | missing at CAKE | \` ${URL} \` | \` network/prod gone \` |`,
      `| 7 | 1 | 7 | managed, drifted (parameter \` txid \`) | \` ${URL.replace("#leadid#", "#tid#")} \` | \` network/prod acme \` |`,
      ...["## By affiliate", "## By offer", "## By host", "## By tracker", "## By shape"],
    ])
      expect(text.split("\n")).toContain(line);
  });

  test("leaves out what only stacks could tell, where there are none", () => {
    const text = asMarkdown(inventory({ rows: [row(7, { status: "inactive" })], where: ["id=7"] }));
    expect(text).toContain(`| 7 | 1 | 7 | inactive | \` ${URL} \` |`);
    expect(text).not.toMatch(/managed|drifted|missing|compared/i);
  });

  test("says what changed since, with its values", () => {
    const since = inventory({ rows: [row(8)] });
    const text = asMarkdown(inventory({ rows: [row(8, { url: `${URL}&x=1`, status: "inactive" })], since }));
    expect(text).toContain(
      "- 0 new: none\n- 0 gone: none\n- 1 changed\n  - 8: status: ` active ` → ` inactive `; parameter ` x `: nothing → ` 1 `\n",
    );
  });

  test("cuts what nobody would scroll through, and says so", () => {
    const rows = Array.from({ length: 300 }, (_, index) => row(index + 1, { affiliateId: index + 1 }));
    const text = asMarkdown(inventory({ rows, where: ["status=active"], since: inventory({}) }));
    expect(text).toContain("… and 100 more, which the other formats hold.");
    expect(text).toMatch(/- 300 new: 1, 2, .*, 200, and 100 more\n/);
    expect(text).toContain("… and 280 more, which the other formats hold.");
  });
});

test("two stacks that manage one record are both named in each format", () => {
  const report = inventory({
    rows: [row(7)],
    stacks: [stackOf([{ id: 7 }]), stackOf([{ id: 7 }], "network/dev")],
  });
  for (const [format, text] of Object.entries(formats(report))) {
    expect(text, format).toMatch(/network\/prod/);
    expect(text, format).toMatch(/network\/dev/);
  }
  expect(tableOf(report)).toMatch(/│ managed twice │ network\/prod p7 │/);
});
