import { parse } from "csv-parse/sync";
import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { asCsv } from "../../../../provider/cli/inventory/print/csv";
import { asMarkdown } from "../../../../provider/cli/inventory/print/markdown";
import { asTable } from "../../../../provider/cli/inventory/print/table";
import type { InventoryReport } from "../../../../provider/cli/inventory/report";
import { safeJson } from "../../../../provider/cli/output/json";
import { ENCRYPTED, FLAW, inventory, row, sourceOf, URL } from "./support";

const tableOf = (report: InventoryReport, group?: "affiliate" | "tracker") =>
  asTable(report, { paint: createColors(false), group });
const _linesOf = (report: InventoryReport) =>
  parse(asCsv(report), { columns: true }) as Record<string, string>[];
const _formats = (report: InventoryReport) => ({
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

describe("the table", { timeout: 30_000 }, () => {
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
});
