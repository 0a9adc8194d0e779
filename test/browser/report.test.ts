/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LiveRow, Source } from "../../provider/cli/input/live/source";
import { parseStack } from "../../provider/cli/input/stacks";
import { buildReport } from "../../provider/cli/inventory/buildReport";
import { inventoryHtml } from "../../provider/cli/inventory/html";
import type { InventoryReport } from "../../provider/cli/inventory/report";
import { TYPE_TOKEN } from "../../provider/postback/postback";
import { defaultRuleSettings } from "../../provider/postback/rules/rule";
import {
  expectAccessible,
  hasBrowser,
  layoutAt,
  type Opened,
  open,
  openBrowser,
  press,
  textsOf,
  WIDTHS,
} from "./browser";

const HOSTILE = `</script><script>window.canary=1</script><img src=x onerror="window.canary=1">"'\`\u2028\u202e\u0007`;
const COUNT = 20_000;

function rowOf(index: number): LiveRow {
  const url =
    index % 97 === 0
      ? "https://t.partner.net/pb?payout=#price#"
      : `https://t${index % 50}.partner.net/pb?cid=#s2#&o=${index}`;
  return {
    ...{ id: 1 + index, affiliateId: 100 + (index % 300), offerId: index % 40, type: "Server" },
    ...{ status: index % 10 === 0 ? "inactive" : "active", url },
  };
}

function reportOf(rows: readonly LiveRow[], incomplete: readonly string[] = []): InventoryReport {
  const source: Source = {
    ...{
      instance: "cake.example",
      hosts: ["cake.example"],
      kind: "list",
      file: null,
      rows,
      incomplete,
      calls: 40,
    },
    statement: "A list.",
  };
  const resources = rows.slice(0, 30).map(({ id, affiliateId, offerId, url }) => ({
    ...{
      urn: `urn:pulumi:prod::shop::${TYPE_TOKEN}::r${id}`,
      type: TYPE_TOKEN,
      custom: true,
      id: String(id),
    },
    inputs: {},
    outputs: {
      affiliateId,
      offerId,
      postbackUrl: `${url}&new=1`,
      postbackStatus: "active",
      domain: "cake.example",
    },
  }));
  const stack = parseStack(JSON.stringify({ version: 3, deployment: { resources } }), `${HOSTILE}.json`);
  return buildReport({
    ...{
      takenAt: new Date("2026-11-23T12:00:00Z"),
      sources: [source],
      stacks: [stack],
      rules: defaultRuleSettings,
    },
    ...{ where: [], earlier: undefined },
  });
}

describe.skipIf(!hasBrowser)("the page of an inventory, in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "cake-page-"));
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function openReport(report: InventoryReport): Promise<Opened> {
    const file = join(folder, "report.html");
    writeFileSync(file, inventoryHtml(report));
    return open(browser, `file://${file}`);
  }
  const ids = async ({ page }: Opened) =>
    (await textsOf(page, "tbody th[scope=row] button.plain")).slice(0, 100);
  const count = async ({ page }: Opened) => (await textsOf(page, "#count"))[0];

  it("sorts, filters, turns pages and prints 20,000 postbacks, and loads nothing", async () => {
    const opened = await openReport(reportOf(Array.from({ length: COUNT }, (_, index) => rowOf(index))));
    const { page, complaints, requests } = opened;
    expect(await count(opened)).toBe("20,000 of 20,000 postbacks, page 1 of 200");
    expect(await textsOf(page, '#table th[aria-sort="ascending"]')).toEqual(["Condition ↑"]);
    expect((await textsOf(page, "#table tbody tr:first-child .alarm"))[0]).toMatch(/^fires twice with /);

    await press(page, "ID", "#table");
    expect((await ids(opened)).slice(0, 3)).toEqual(["1", "2", "3"]);
    await press(page, "ID ↑", "#table");
    expect((await ids(opened))[0]).toBe("20000");
    expect(await textsOf(page, '#table th[aria-sort="descending"]')).toEqual(["ID ↓"]);
    await press(page, "Offer", "#table");
    expect((await textsOf(page, "#table tbody tr:first-child td"))[1]).toBe("0 (all)");

    await page.type("#search", "T7.partner.net &o=57 ");
    expect(await count(opened)).toMatch(/^\d+ of 20,000 postbacks$/);
    expect(await ids(opened)).toContain("58");
    await press(page, "Show all", "#controls");

    await page.select("#is", "drifted");
    expect(await count(opened)).toBe("30 of 20,000 postbacks");
    await press(page, "Show all", "#controls");
    const figure = (await textsOf(page, "#figures button")).find((text) => text.includes("inactive")) ?? "";
    await press(page, figure, "#figures");
    expect(await count(opened)).toBe("2,000 of 20,000 postbacks, page 1 of 20");
    await press(page, "Next", "#pages");
    expect(await count(opened)).toBe("2,000 of 20,000 postbacks, page 2 of 20");
    await press(page, figure, "#figures");

    await page.select("#kind", "affiliate");
    const [group = ""] = await textsOf(page, "#group tbody th button");
    await press(page, group, "#group");
    expect(await count(opened)).toContain(`with affiliate ${group}`);

    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect((await textsOf(page, "#table tbody tr")).length).toBe(
      Number((await count(opened))?.split(" ")[0]),
    );
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    expect(complaints).toEqual([]);
    expect(requests.map((url) => new URL(url).protocol)).toEqual(["file:"]);
    await page.close();
  });

  it("is fit for readers, keyboards and weak eyes, in light and dark, with a record opened by the keyboard", async () => {
    const opened = await openReport(
      reportOf(
        Array.from({ length: 150 }, (_, index) => rowOf(index)),
        ["it moved"],
      ),
    );
    const { page, complaints } = opened;
    await expectAccessible(page);
    await page.focus("#table tbody button");
    await page.keyboard.press("Enter");
    expect(await textsOf(page, ".detail dt")).toContain("Rules");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-expanded"))).toBe("true");
    await expectAccessible(page);
    await page.setViewport({ width: 390, height: 800 });
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(WIDTHS)("never scrolls sideways at %i px, keeps URLs readable and rows low", async (width) => {
    const rows = Array.from({ length: 150 }, (_, index) => rowOf(index));
    const long = `https://${"very-long-name.".repeat(12)}example/pb?cid=#s2#&x=${"a".repeat(300)}`;
    const { page } = await openReport(reportOf([...rows, { ...rowOf(150), url: long }]));
    const layout = await layoutAt(page, width, "#table table");
    expect(layout.sideways).toBe(0);
    expect(layout.urlCharacters).toBeGreaterThanOrEqual(20);
    expect((await layoutAt(page, width, "#group table")).sideways).toBe(0);
    expect(await page.$eval("#table", (one) => one.scrollWidth - one.clientWidth)).toBe(0);
    await page.type("#search", "t7.partner.net");
    expect((await layoutAt(page, width, "#table table")).mostLines).toBeLessThanOrEqual(width < 700 ? 10 : 5);
    await page.close();
  });

  it.each(WIDTHS)("shows what is worst first at %i px, beside what it fires with", async (width) => {
    const row = rowOf(1);
    const rows = [
      { ...rowOf(2), id: 1 },
      { ...row, id: 2, url: "https://t.partner.net/pb?payout=#price#" },
      { ...row, id: 3, offerId: 90, url: "https://a.partner.net/pb?cid=#s2#" },
      { ...row, id: 4, offerId: 90, url: "https://a.partner.net/pb?cid=#s2#&v=2" },
    ];
    const { page } = await openReport(reportOf(rows));
    await page.setViewport({ width, height: 900 });
    const conditions = await textsOf(page, "#table tbody td.alarm");
    expect(conditions.slice(0, 2).join()).toMatch(
      /^fires twice with 4 \(a\.partner\.net\).*fires twice with 3 \(a\.partner\.net\)/,
    );
    const isOnScreen = await page.$eval("#table tbody .alarm", (one) => {
      const { top, left, right } = one.getBoundingClientRect();
      return top < innerHeight && left >= 0 && right <= innerWidth;
    });
    expect(isOnScreen).toBe(true);
    await page.close();
  });

  it.each(WIDTHS)(
    "shows the partners' hosts before the postbacks at %i px, as text that fits",
    async (width) => {
      const found = {
        ...{
          scheme: "https",
          found: "the host name does not exist (ENOTFOUND)",
          validUntil: null,
          daysLeft: null,
        },
        ...{ is: ["lostHost" as const], ids: [1, 2], active: 2, affiliates: [100, 101] },
      };
      const hosts = [
        { ...found, host: `${"very-long-name.".repeat(12)}net` },
        { ...found, host: HOSTILE, is: ["expiringCertificate" as const, "privateHost" as const] },
        { ...found, host: null },
      ];
      const opened = await openReport({
        ...reportOf([rowOf(1), rowOf(2)]),
        hosts,
        hostsIncomplete: ["1 host: no DNS"],
      });
      const { page, complaints } = opened;
      expect((await layoutAt(page, width, "main > .wide table")).sideways).toBe(0);
      const texts = await textsOf(page, "main > .wide tbody tr");
      expect(texts.map((text) => /lost host|expiring certificate, private host/.exec(text)?.[0])).toEqual([
        ...["lost host", "expiring certificate, private host", "lost host"],
      ]);
      expect(texts[2]).toContain("a secret host (ID 1, 2)");
      const [places] = await textsOf(page, "main");
      expect(places?.indexOf("Hosts of partners")).toBeLessThan(places?.indexOf("Condition ↑") ?? 0);
      expect((await textsOf(page, ".warning")).join()).toContain("1 host: no DNS");
      expect(await page.evaluate(() => Reflect.get(window, "canary"))).toBeUndefined();
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it("shows what partners have written as text, whatever that is", async () => {
    const rows = [
      {
        ...rowOf(0),
        url: `https://t.partner.net/${HOSTILE}?cid=#s2#&${HOSTILE}=${HOSTILE}`,
        status: HOSTILE,
        type: HOSTILE,
      },
      { ...rowOf(1), url: `https://${HOSTILE}/?cid=#s2#` },
    ];
    const opened = await openReport(reportOf(rows, [HOSTILE]));
    const { page, complaints, requests } = opened;
    for (const kind of ["host", "shape", "tracker"]) await page.select("#kind", kind);
    for (const row of [1, 2]) await page.click(`#table tbody #detail-${row - 1}`);
    expect(await page.evaluate(() => Reflect.get(window, "canary"))).toBeUndefined();
    expect(await textsOf(page, "img, iframe, a[href]:not([href^='#'])")).toEqual([]);
    expect((await textsOf(page, "body"))[0]).toContain("<img src=x onerror=");
    const shown = (await textsOf(page, "main"))[0] ?? "";
    for (const letter of "\u2028\u202e\u0007") expect(shown).not.toContain(letter);
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    await page.close();
  });
});
