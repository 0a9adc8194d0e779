import { startSandbox } from "pulumi-cake/sandbox";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, hasBrowser, layoutAt, open, openBrowser, press, textsOf, WIDTHS } from "./browser";

describe.skipIf(!hasBrowser)("the sandbox's page, in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it("is searched, turned, edited and saved, and fit for readers, keyboards and weak eyes", async () => {
    await using sandbox = await startSandbox({ instances: { cake: { postbacks: "network" }, eu: {} } });
    const cake = sandbox.instance("cake");
    const { page, complaints } = await open(browser, `${cake.url}/`);
    await expectAccessible(page);
    expect((await textsOf(page, "main p"))[0]).toContain("117 postbacks");

    await page.type("#q", "northpeak");
    await Promise.all([page.waitForNavigation(), press(page, "Search")]);
    expect((await textsOf(page, "tbody th[scope=row]")).slice(0, 5)).toEqual([
      "7301",
      "7302",
      "7303",
      "7304",
      "7305",
    ]);

    await page.click("#postback-7301 summary");
    await expectAccessible(page);
    const url = "https://new.example/pb?cid=#s3#&a='\"<b>";
    await page.$eval("#url-7301", (input) => {
      (input as unknown as { value: string }).value = "";
    });
    await page.type("#url-7301", url);
    await page.select("#status-7301", "inactive");
    await Promise.all([page.waitForNavigation(), press(page, "Save", "#postback-7301")]);
    expect(cake.postback(7301)).toMatchObject({ postbackUrl: url, postbackStatus: "inactive" });
    expect(await textsOf(page, "#postback-7301 td > code")).toEqual([]);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(WIDTHS)("never scrolls sideways at %i px, keeps URLs readable and rows low", async (width) => {
    await using sandbox = await startSandbox({ instances: { cake: { postbacks: "network" } } });
    const cake = sandbox.instance("cake");
    const { page } = await open(browser, `${cake.url}/`);
    expect((await layoutAt(page, width, ".wide table")).mostLines).toBeLessThanOrEqual(width < 700 ? 8 : 5);

    const long = `https://${"very-long-name.".repeat(12)}example/pb?cid=#s2#&x=${"a".repeat(300)}`;
    cake.edit(7350, { postbackUrl: long, postbackStatus: "a status that nobody has heard of" });
    await page.goto(`${cake.url}/`);
    const layout = await layoutAt(page, width, ".wide table");
    expect(layout.sideways).toBe(0);
    expect(layout.urlCharacters).toBeGreaterThanOrEqual(20);
    await page.click("#postback-7301 summary");
    expect((await layoutAt(page, width, ".wide table")).sideways).toBe(0);
    await expectAccessible(page);
    await page.close();
  });
});
