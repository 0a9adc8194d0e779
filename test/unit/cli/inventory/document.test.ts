import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { formatReport } from "../../../../provider/cli/inventory/formats";
import type { InventoryReport } from "../../../../provider/cli/inventory/report";
import { Page } from "./page";
import { ENCRYPTED, FLAW, formats, inventory, row, sourceOf, stackOf, URL } from "./support";

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
const pretty = (report: InventoryReport) => formats(report).pretty;
const markdown = (report: InventoryReport) => formats(report).markdown;

describe("every format", () => {
  test("says that a list may be incomplete before it counts, and not of a complete one", () => {
    const report = inventory({ rows: [row(7), row(8)], source: { incomplete: [FLAW] } });
    const said = "The list may be incomplete, so nothing is reported as missing";
    for (const text of [pretty(report), markdown(report)]) {
      expect(text).toContain(said);
      expect(text.indexOf(said)).toBeLessThan(text.indexOf("2 live postbacks"));
    }
    const { html, json } = formats(report);
    expect(html).toContain(FLAW);
    expect(JSON.parse(json)).toMatchObject({ isComplete: false, sources: [{ incomplete: [FLAW] }] });
    expect(Object.values(formats(inventory({ rows: [row(7)] }))).join()).not.toContain(said);
  });

  test("says what a source is that is not CAKE's list", () => {
    const source = { kind: "csv", file: "export.csv", statement: "Only a file." } as const;
    const { csv: _, ...others } = formats(inventory({ rows: [row(7)], source }));
    for (const [format, text] of Object.entries(others)) expect(text, format).toContain("Only a file.");
  });

  test("names the other postback that fires for the same conversions, and its host", () => {
    const rows = [row(7), row(8, { offerId: 7, url: `${URL}&v=2` })];
    for (const [format, text] of Object.entries(formats(inventory({ rows })))) {
      if (format === "json")
        expect(JSON.parse(text).postbacks).toMatchObject([
          { findings: [{ rule: "P20", with: [{ id: 8, host: "track.partner.example" }] }] },
          { findings: [{ rule: "P20", with: [{ id: 7, host: "track.partner.example" }] }] },
        ]);
      else if (format === "html")
        expect(new Page(text).text("table")).toContain("with 8 (track.partner.example)");
      else expect(text, format).toMatch(/with 8 \\?\((?:` )?track\.partner\.example/);
    }
  });

  test("names the other postback without its host where the program keeps the URL secret", () => {
    const rows = [row(7), row(8, { offerId: 7 })];
    const managed = [{ id: 8, outputs: { offerId: 7, postbackUrl: ENCRYPTED } }];
    const { json, csv } = formats(inventory({ rows, managed }));
    expect(JSON.parse(json).postbacks[0].findings).toMatchObject([{ with: [{ id: 8, host: null }] }]);
    expect(csv).toContain("P20 with 8 (its host is secret)");
  });

  test("names at most ten of thousands that fire together", () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => row(index + 1, { offerId: 1 }));
    const { json, html } = formats(inventory({ rows }));
    const [finding] = JSON.parse(json).postbacks[5].findings;
    expect(finding.with.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 11]);
    expect(finding.withMore).toBe(1_989);
    expect(html).toContain("and 1989 more");
    expect(json.length).toBeLessThan(4_000_000);
  });

  test("names both stacks that manage one postback", () => {
    const stacks = [stackOf([{ id: 7 }]), stackOf([{ id: 7 }], "network/dev")];
    for (const [format, text] of Object.entries(formats(inventory({ rows: [row(7)], stacks })))) {
      expect(text, format).toMatch(/network\/prod/);
      expect(text, format).toMatch(/network\/dev/);
    }
  });

  test.each([
    ["without its question mark", "https://t.example/pb&token=s3cr3t&cid=#s2#"],
    ["without a path", "https://t.example&token=s3cr3t"],
    ["as a fragment", "https://t.example/pb#token=s3cr3t"],
    ["escaped for HTML", `${URL}&amp;sign=s3cr3t`],
    ["with a login", "https://me:s3cr3t@t.example/pb?cid=#s2#"],
    ["around another", `${URL}&r=https://y.example/?token=s3cr3t`],
    ["around another with a login", `${URL}&r=https://me:s3cr3t@y.example/`],
    ["around another, escaped", `${URL}&r=https%3A%2F%2Fy.example%2F%3Fpassword%3Ds3cr3t`],
  ])("masks the secret of a URL %s, drifted, changed or not", (_, url) => {
    const before = url.replace("s3cr3t", "old-s3cr3t");
    const report = inventory({
      ...{ rows: [row(7, { url })], managed: [{ id: 7, outputs: { postbackUrl: before } }] },
      since: inventory({ rows: [row(7, { url: before })] }),
    });
    expect(report).toMatchObject({ totals: { drifted: 1 }, since: { changed: [{}] } });
    for (const [format, text] of Object.entries(formats(report)))
      expect(text, format).not.toContain("s3cr3t");
  });

  // Time that grows with the square of a length would be minutes here.
  test.each(["\\", "#s2#", "token=x&", "//a@", "%25", '{"key":"x"', "##["])(
    "shows a URL of 220 kB of %j at once",
    { timeout: 20_000 },
    (piece) => {
      const url = `https://t.example/?cid=#s2#&x=${piece.repeat(220_000 / piece.length)}`;
      const managed = [{ id: 7, outputs: { postbackUrl: `${url}b` } }];
      for (const [format, text] of Object.entries(formats(inventory({ rows: [row(7, { url })], managed }))))
        expect(text, format).toMatch(/drifted/);
    },
  );

  test("hides the URL that a program keeps secret", () => {
    const report = inventory({
      rows: [row(7, { url: `${URL}&x=s3cr3t` })],
      managed: [{ id: 7, outputs: { postbackUrl: ENCRYPTED } }],
    });
    for (const [format, text] of Object.entries(formats(report)))
      expect(text, format).not.toMatch(/s3cr3t|track\.partner/);
  });
});

describe("the report for people", () => {
  test("says how much is managed, what is wrong, and where; the most urgent first", () => {
    const text = pretty(drifted);
    expect(text).toContain("Stack network/prod: 4 postbacks in its state (state.json)\n");
    expect(text).toContain(
      "100 % managed: 3 of 3 live postbacks, 2 active; 100 % of the active ones\nmissing: 1, drifted: 1, inactive: 1\n",
    );
    const [gone, acme] = [text.indexOf("network/prod gone"), text.indexOf("network/prod acme")];
    expect(gone).toBeGreaterThan(0);
    expect(acme).toBeGreaterThan(gone);
    expect(text).toMatch(
      /\n7 +1 +7 +track\.partner\.example +drifted +parameter txid: #leadid# → #tid# +network\/prod acme\n/,
    );
    // What is as it should be, or only inactive, needs no attention.
    expect(text).not.toMatch(/\n[89] /);
    const page = markdown(drifted);
    expect(page).toContain(`| 10 | 1 | 10 | \` ${URL} \` | missing |  | \` network/prod gone \` |\n`);
    for (const kind of ["affiliate", "offer", "host", "tracker", "shape"])
      expect(page).toContain(`## By ${kind}\n`);
  });

  test("leaves out what only stacks can tell, where none was given", () => {
    const report = inventory({ rows: [row(7), row(8, { status: "inactive" })] });
    expect(pretty(report)).toContain("2 live postbacks, 1 active; not compared with a stack\ninactive: 1\n");
    const matching = inventory({ rows: [row(7)], where: ["id=7"] });
    for (const text of [pretty(report), markdown(matching), formats(matching, "host").pretty])
      expect(text).not.toMatch(/managed|drifted|missing/i);
  });

  test("shows every match of a filter, and says where there is none", () => {
    expect(pretty(inventory({ rows: [row(7)], where: ["id=7"] }))).toMatch(/\n7 .* active\n/);
    expect(pretty(inventory({ rows: [row(7)], where: ["id=8"] }))).toMatch(
      /Only postbacks with id=8\nNo matching postbacks\.\n$/,
    );
    const onlyInState = inventory({ rows: [], managed: [{ id: 7 }], where: ["id=7"] });
    expect(pretty(onlyInState)).toContain("missing: 1");
  });

  test("names the rules behind a condition, and what to do", () => {
    const report = inventory({ rows: [row(7, { url: "https://track.partner.example/?cid={clickid}" })] });
    expect(pretty(report)).toMatch(/ rule error \(P01\), rule warning \(P03\)\n/);
    expect(pretty(report)).toContain("P01 foreign-macro: Write CAKE's macro");
  });

  test("names the instance where there are several", () => {
    const sources = [sourceOf([row(7)]), sourceOf([row(7)], { instance: EU })];
    const since = inventory({ sources: sources.map((one) => ({ ...one, rows: [] })) });
    const text = pretty(inventory({ sources, where: ["id=7"], since }));
    expect(text).toMatch(/\nInstance +ID/);
    expect(text).toMatch(/\neu\.example\.com +7 /);
    expect(text).toMatch(/\nadded +7 +eu\.example\.com\n/);
    expect(pretty(inventory({ rows: [row(7)], where: ["id=7"] }))).not.toContain("Instance");
  });

  test("says what is added, gone and changed", () => {
    const since = inventory({ rows: [row(7), row(8)] });
    const report = inventory({ rows: [row(8, { url: `${URL}&x=1`, status: "inactive" }), row(9)], since });
    expect(pretty(report)).toContain("Since 2026-11-22 10:00 UTC: 1 added, 1 gone, 1 changed\n");
    expect(pretty(report)).toMatch(/\nadded +9\ngone +7\nchanged +8 +status: active → inactive\n/);
    expect(markdown(report)).toContain(
      "| changed | 8 | status\\: ` active ` → ` inactive `, parameter ` x ` is added\\: ` 1 ` |",
    );
  });

  test.each([80, 100, 120])("fits a terminal of %i columns, and loses nothing", (width) => {
    const text = formatReport(drifted, "pretty", undefined, createColors(false), width);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
    for (const piece of ["track.partner.example", "parameter txid: #leadid# → #tid#", "network/prod acme"])
      expect(text).toContain(piece);
  });

  test("holds no more than people scroll through, and says so", { timeout: 30_000 }, () => {
    const rows = Array.from({ length: 300 }, (_, index) => row(index + 1, { affiliateId: index + 1 }));
    const report = inventory({ rows, where: ["status=active"] });
    const text = formats(report, "affiliate").pretty;
    expect(text.match(/… and 260 more\n/g)).toHaveLength(2);
    expect(text.split("\n").length).toBeLessThan(110);
    expect(markdown(report)).toContain("… and 100 more\n");
    const host = `${"x".repeat(5_000)}.example`;
    const long = inventory({ rows: [row(7, { url: `https://${host}/` })], where: ["id=7"] });
    const onTerminal = formatReport(long, "pretty", undefined, createColors(false), 80).split("\n");
    expect(Math.max(...onTerminal.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(pretty(long)).toContain(host);
    const parameters = Array.from({ length: 400 }, (_, index) => `&x${index}=1`).join("");
    const many = pretty(inventory({ rows: [row(7, { url: `${URL}${parameters}` })], managed: [{ id: 7 }] }));
    expect(many).toMatch(/ … and 392 more\n/);
    expect(many).not.toContain("parameter x8 ");
  });
});
