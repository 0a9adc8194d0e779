import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Source } from "../../../../provider/cli/input/live/source";
import { inventoryOf } from "../../../../provider/cli/inventory/build";
import { asHtml } from "../../../../provider/cli/inventory/html";
import { GROUP_KINDS } from "../../../../provider/cli/inventory/report";
import { ordinaryRules } from "../../../../provider/postback/rules/rule";
import { Page } from "./page";
import { ENCRYPTED, inventory, row, sourceOf, URL } from "./support";

const pageOf = (text: string, flaws: readonly string[] = []) => {
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
    ...{ flaws, statement: "A list." },
  };
  return asHtml(
    inventoryOf({
      ...{ takenAt: new Date(0), sources: [source], stacks: [], rules: ordinaryRules },
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
    expect(page.indexOf("cake.example: rows moved")).toBeGreaterThan(0);
    expect(page.indexOf("cake.example: rows moved")).toBeLessThan(page.indexOf('id="records"'));
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
    const page = new Page(asHtml(report));
    page.countBy(kind);
    for (const { key, live } of report.groups[kind]) {
      page.press("group", key);
      expect(page.text("count")).toBe(`${live} of 4 postbacks with ${kind} ${key}`);
    }
  });

  it("calls no URL secret that a file only did not tell", () => {
    const report = inventory({ rows: [row(7, { url: "" })], source: { kind: "csv", flaws: ["a file"] } });
    const page = new Page(asHtml(report));
    page.press("table", "7");
    expect(page.text("table")).toContain("URL not shown");
    expect(page.text("table")).not.toContain("secret");
  });

  it("names the instance of what is new, gone or changed where there are several", () => {
    const EU = "eu.example.com";
    const both = (rows: Source["rows"]) => [sourceOf(rows), sourceOf(rows, { instance: EU })];
    const since = inventory({ sources: both([row(7), row(8)]) });
    const now = [row(8, { status: "inactive" }), row(9)];
    const page = asHtml(inventory({ sources: both(now), since }));
    expect(page).toContain(`<dt>New</dt><dd>2: 9 on cake.example.com, 9 on ${EU}</dd>`);
    expect(page).toContain(`<dt>Gone</dt><dd>2: 7 on cake.example.com, 7 on ${EU}</dd>`);
    expect(page).toContain(`<li>8 on ${EU}: <code>status: active → inactive</code> </li>`);
    const one = asHtml(inventory({ rows: now, since: inventory({ rows: [row(7), row(8)] }) }));
    expect(one).toContain("<dt>New</dt><dd>1: 9</dd>");
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
        const { postbacks } = JSON.parse(dataIn(page)) as { records: { status: string; type: string }[] };
        expect(records[0]).toMatchObject({ status: one, type: one });
        expect(dataIn(page)).not.toMatch(/[<\p{Cf}\u2028\u2029]/u);
        expect(page.match(/<\/script>/g)).toHaveLength(2);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
