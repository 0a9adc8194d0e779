import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Source } from "../../../../provider/cli/input/live/source";
import { inventoryOf } from "../../../../provider/cli/inventory/build";
import { inventoryHtml } from "../../../../provider/cli/inventory/html";
import { GROUP_KINDS } from "../../../../provider/cli/inventory/report";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { Page } from "./page";
import { ENCRYPTED, inventory, row, URL } from "./support";

const pageOf = (text: string, incomplete: readonly string[] = []) => {
  const row = {
    id: 7,
    affiliateId: 4,
    offerId: 0,
    status: text,
    type: text,
    url: `https://t.example/${text}?a=${text}`,
  };
  const source: Source = {
    ...{ instance: "cake.example", hosts: ["cake.example"], kind: "list", file: null, rows: [row], calls: 1 },
    ...{ incomplete, statement: "A list." },
  };
  return inventoryHtml(
    inventoryOf({
      ...{ takenAt: new Date(0), sources: [source], stacks: [], rules: defaultRuleSettings },
      ...{ where: [], earlier: undefined },
    }),
  );
};
const dataIn = (page: string) =>
  /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";

describe("the page of an inventory", () => {
  it("allows itself its own style and script, and nothing else", () => {
    const page = pageOf("plain");
    const policy =
      /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
    const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/\b(?:src|href|action|srcset)="(?!#)/);
  });

  it("says that it may lack postbacks, before anything else", () => {
    const page = pageOf("plain", ["rows moved"]);
    expect(page.indexOf("rows moved")).toBeGreaterThan(0);
    expect(page.indexOf("rows moved")).toBeLessThan(page.indexOf('id="postbacks"'));
  });

  it.each(GROUP_KINDS)("shows at the press of a count by %s the records that it counts", (kind) => {
    const report = inventory({
      rows: [
        row(7),
        row(8),
        row(9, { affiliateId: null, offerId: null }),
        row(10, { url: `${URL}&token=s3cr3t` }),
      ],
      managed: [{ id: 8, outputs: { postbackUrl: ENCRYPTED } }],
    });
    const page = new Page(inventoryHtml(report));
    page.countBy(kind);
    for (const { key, live } of report.groups[kind]) {
      page.press("group", key);
      expect(page.text("count")).toBe(`${live} of 4 postbacks with ${kind} ${key}`);
    }
  });

  it("opens with the most urgent postbacks first", () => {
    const rows = [row(7), row(8, { url: `${URL}&x={clickid}` }), row(9), row(10, { offerId: 9 })];
    const managed = [7, 8, 9, 10, 11].map((id) => ({
      ...{ id, outputs: { offerId: id === 10 ? 9 : id, postbackUrl: rows[id - 7]?.url ?? URL } },
    }));
    const table = new Page(inventoryHtml(inventory({ rows, managed }))).text("table");
    const order = ["fires twice with 10", "fires twice with 9", "missing", "rule error (P01)", "p7"];
    expect(order.map((text) => table.indexOf(text))).toEqual(
      order.map((text) => table.indexOf(text)).sort((one, other) => one - other),
    );
    expect(table.indexOf("fires twice with 10")).toBeGreaterThan(0);
  });

  it("calls no URL secret that a file only did not tell", () => {
    const report = inventory({
      rows: [row(7, { url: "" })],
      source: { kind: "csv", incomplete: ["a file"] },
    });
    const page = new Page(inventoryHtml(report));
    page.press("table", "7");
    expect(page.text("table")).not.toContain("secret");
  });

  it("holds what partners have written as data that reads back and ends nothing, whatever it is", {
    timeout: 60_000,
  }, () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "`$\\",
        "\u2028\u202e\u0000&amp;",
      ),
    );
    fc.assert(
      fc.property(text, (one) => {
        const page = pageOf(one);
        expect(JSON.parse(dataIn(page)).rows[0].cells.includes(one)).toBe(one !== "");
        expect(dataIn(page)).not.toMatch(/[<\p{Cf}\u2028\u2029]/u);
        expect(page.match(/<\/script>/g)).toHaveLength(2);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
