import { parse } from "csv-parse/sync";
import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { asCsv } from "../../../../provider/cli/inventory/print/csv";
import { asMarkdown } from "../../../../provider/cli/inventory/print/markdown";
import { asTable } from "../../../../provider/cli/inventory/print/table";
import type { InventoryReport } from "../../../../provider/cli/inventory/report";
import { safeJson } from "../../../../provider/cli/io";
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
    expect(linesOf(none)).toMatchObject([{ postback_id: "", listing: `cake.example.com: ${FLAW}` }]);
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

describe("the table", () => {
  test("says how much is managed, what is wrong, and where; the worst first", () => {
    const text = tableOf(drifted);
    expect(text).toContain("Stack network/prod: 4 postbacks in its state\n");
    expect(text).toContain(
      "100 % managed: 3 of 3 live postbacks; active alone: 100 % of 2\n1 missing at CAKE, 1 drifted, 1 inactive",
    );
    const [gone, acme] = [text.indexOf("network/prod gone"), text.indexOf("network/prod acme")];
    expect(gone).toBeGreaterThan(0);
    expect(acme).toBeGreaterThan(gone);
    expect(text).toMatch(
      /│ 7 +│ 1 +│ 7 +│ track\.partner\.example │ managed, drifted +│ network\/prod acme │/,
    );
    expect(text).toMatch(/│ {3}parameter txid: #leadid# → #tid# +│/);
    expect(text).toContain("Drift reads from the state to CAKE.");
    // What is as it should be, or only switched off, is nothing to look at.
    expect(text).not.toMatch(/│ [89] +│/);
  });

  test("says that nothing was compared where no stack was given", () => {
    const text = tableOf(inventory({ rows: [row(7), row(8, { status: "inactive" })] }));
    expect(text).toContain(
      "2 live postbacks, 1 of them active; no stack was given to compare with\n1 inactive",
    );
    expect(text).not.toMatch(/managed|%|│/);
  });

  test("shows every answer to a question, and says where there is none", () => {
    expect(tableOf(inventory({ rows: [row(7)], where: ["id=7"] }))).toMatch(/│ 7 +│.*│ active │/);
    const none = tableOf(inventory({ rows: [row(7)], where: ["id=8"] }));
    expect(none).toMatch(/Only those with id=8\.\n\nNo live postback is like that\.$/);
  });

  test("names the rules behind a mark, and what to do", () => {
    const text = tableOf(
      inventory({ rows: [row(7, { url: "https://track.partner.example/?cid={clickid}" })] }),
    );
    expect(text).toMatch(/│ breaks a rule \(P01\), warning \(P03\) +│/);
    expect(text).toContain("P01 foreign-macro: Write CAKE's macro");
  });

  test("tells what was not seen from what was not compared", () => {
    const managed = [{ id: 7, outputs: { postbackUrl: ENCRYPTED } }, { id: 8 }];
    const text = tableOf(inventory({ rows: [row(7)], source: { flaws: [FLAW] }, managed }));
    expect(text).toMatch(/│ 7 +│.*│ not shown +│ managed, not compared │/);
    expect(text).toMatch(/│ 8 +│.*│ managed, not seen +│/);
  });

  test("names the instance where there are several", () => {
    const sources = [sourceOf([row(7)]), sourceOf([row(7)], { instance: EU })];
    const report = inventory({
      sources,
      where: ["id=7"],
      since: inventory({ sources: sources.map((one) => ({ ...one, rows: [] })) }),
    });
    expect(tableOf(report)).toMatch(/│ Instance +│ Id/);
    expect(tableOf(report)).toMatch(/│ eu\.example\.com +│ 7 +│/);
    expect(tableOf(report)).toContain(`  new: 7 on cake.example.com, 7 on ${EU}`);
    expect(tableOf(inventory({ rows: [row(7)], where: ["id=7"] }))).not.toContain("Instance");
  });

  test("counts by what was asked for, and holds no more than a screen", () => {
    const rows = Array.from({ length: 300 }, (_, index) => row(index + 1, { affiliateId: index + 1 }));
    const text = tableOf(inventory({ rows, where: ["status=active"] }), "affiliate");
    expect(text).toContain("… and 260 more.");
    expect(text).toContain("… and 260 more: --output report.html or report.csv holds all of them.");
    expect(text.split("\n").length).toBeLessThan(100);
    const long = tableOf(
      inventory({ rows: [row(7, { url: `https://${"x".repeat(5_000)}.example/` })], where: ["id=7"] }),
    );
    expect(Math.max(...long.split("\n").map((line) => line.length))).toBeLessThan(200);
  });

  test("cuts what drifted in hundreds of parts, in no time", () => {
    const parameters = Array.from({ length: 400 }, (_, index) => `&x${index}=1`).join("");
    const text = tableOf(inventory({ rows: [row(7, { url: `${URL}${parameters}` })], managed: [{ id: 7 }] }));
    expect(text).toMatch(/│ {3}parameter x0 is added: 1 +│/);
    expect(text).toMatch(/│ … and 393 more +│/);
    expect(text).not.toContain("parameter x7 ");
  });

  test("says what is new, gone and changed", () => {
    const since = inventory({ rows: [row(7), row(8)] });
    const text = tableOf(inventory({ rows: [row(8, { status: "inactive" }), row(9)], since }));
    expect(text).toContain(
      [
        "Since 2026-11-22 10:00 UTC: 1 new, 1 gone, 1 changed.",
        "  new: 9",
        "  gone: 7",
        "  8  status: active → inactive",
      ].join("\n"),
    );
  });

  test("shows who wrote when", () => {
    const log = { instance: EU, writes: [], reachesBackTo: null, statement: "No bodies." };
    expect(tableOf(inventory({ log }))).toMatch(/shows no write to the postback endpoints\.\nNo bodies\.$/);
    const write = {
      at: "1/2/2026 3:04 PM",
      user: null,
      endpoint: "create",
      httpStatus: 200,
      result: "Success",
    };
    const writes = Array.from({ length: 41 }, () => write);
    expect(tableOf(inventory({ log: { ...log, writes } }))).toMatch(
      /│ 1\/2\/2026 3:04 PM +│ not told │ create +│ Success │[\s\S]*… and 1 more\.\nNo bodies\.$/,
    );
  });
});

describe("the CSV", () => {
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

  test("shows who wrote when", () => {
    const write = { at: null, user: "ann|b", endpoint: "update", httpStatus: 200, result: null };
    const log = { instance: EU, writes: [write], reachesBackTo: null, statement: "No bodies." };
    expect(asMarkdown(inventory({ log }))).toContain("| not told | ` ann\\|b ` | ` update ` | not told |");
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
