import axe from "axe-core";
import type { Browser, Page } from "puppeteer-core";
import { expect } from "vitest";
import { browserPath } from "./launch";

export { openBrowser } from "./launch";

export const hasBrowser = browserPath() !== undefined;
if (!hasBrowser) console.log("no browser is on the PATH: the pages are not opened in one");

/** A page, and what it did that it must not. */
export interface Opened {
  readonly page: Page;
  /** Errors of scripts, words on the console, and breaches of the page's policy. */
  readonly complaints: string[];
  /** Addresses that were asked for. */
  readonly requests: string[];
}

export async function open(browser: Browser, address: string): Promise<Opened> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push("a dialog");
    void dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  return { page, complaints, requests };
}

/** Nothing for a person with a reader, a keyboard or weak eyes to stumble over, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const violations = await violationsIn(page);
    expect(violations, scheme).toEqual([]);
  }
}

// The checker goes in by the debugger: the page's own policy lets no other script in.
async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const run = `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })`;
  const { violations } = (await page.evaluate(run)) as axe.AxeResults;
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`,
  );
}

/** The texts of what matches. */
export function textsOf(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(selector, (found) => found.map((one) => one.textContent ?? ""));
}

/** Clicks the button with this text. */
export async function press(page: Page, text: string, within = "body"): Promise<void> {
  const buttons = await page.$$(`${within} button`);
  for (const button of buttons) {
    if ((await button.evaluate((one) => one.textContent?.trim())) === text) return button.click();
  }
  throw new Error(`There is no button ${JSON.stringify(text)}.`);
}

/** The widths at which people read the pages: a phone, half a screen and a screen. */
export const WIDTHS = [360, 390, 700, 1400];

interface Layout {
  /** By how many pixels the page can be scrolled sideways. */
  readonly sideways: number;
  /** How many characters fit into a line of the narrowest URL cell. */
  readonly urlCharacters: number;
  /** The tallest row of a table, in lines of text. */
  readonly mostLines: number;
}

/** How a page with URLs in a table is laid out at a width. */
export async function layoutAt(page: Page, width: number, table: string): Promise<Layout> {
  await page.setViewport({ width, height: 900 });
  return page.$eval(table, (found) => {
    const characters = Array.from(found.querySelectorAll("td.url code")).map((code) => {
      const ruler = code.appendChild(document.createElement("span"));
      ruler.textContent = "x";
      const { width } = ruler.getBoundingClientRect();
      ruler.remove();
      // An inline element has no width of its own: its lines are as long as what is around it.
      return Math.floor((code.clientWidth || (code.parentElement?.clientWidth ?? 0)) / width);
    });
    const line = Number.parseFloat(getComputedStyle(found).lineHeight);
    const heights = Array.from(found.querySelectorAll("tbody tr")).map(
      (row) => row.getBoundingClientRect().height,
    );
    return {
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      urlCharacters: Math.min(...characters),
      mostLines: Math.max(...heights) / line,
    };
  });
}
