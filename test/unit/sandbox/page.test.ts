import { describe, expect, it } from "vitest";
import type { SandboxInstance } from "../../../provider/sandbox";
import { style } from "../../../provider/sandbox/page/style";
import { oneInstance, rows, started } from "./support";

const nasty = `https://t.example/?a="><script>alert(1)</script>&b=#s2#&c='</code>`;

async function pageOf(us: SandboxInstance, query = ""): Promise<string> {
  return (await fetch(`${us.url}/${query}`)).text();
}

async function tokenOf(us: SandboxInstance): Promise<string> {
  const [, token = ""] = /name="token" value="([^"]+)"/.exec(await pageOf(us)) ?? [];
  return token;
}

/** Sends the form as a browser does, unless the test says otherwise. */
async function sendEdit(
  us: SandboxInstance,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${us.url}/postbacks/8801`, {
    method: "POST",
    headers: { Origin: us.url, ...headers },
    body: new URLSearchParams({
      postback_url: "https://new.example/?c=#s2#",
      postback_status: "inactive",
      ...fields,
    }),
    redirect: "manual",
  });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
}

describe("the page", () => {
  it("shows every field of the live postbacks, and how many there are", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    const page = await pageOf(us);
    for (const text of ["8801", "67890", "12345", "Server", "active", "1 postback<"])
      expect(page).toContain(text);
    us.edit(8801, { postbackStatus: "inactive", offerId: 0 });
    expect(await pageOf(us)).toMatch(/0 \(all\)[\s\S]*<span class="status other">inactive<\/span>/);
  });

  it("shows a URL as escaped code and never as a link", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    us.edit(8801, { postbackUrl: nasty, postbackType: "<b>", postbackStatus: "<i>" });
    const page = await pageOf(us);
    expect(page).toContain(
      "<code>https://t.example/?a=&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;b=#s2#",
    );
    expect(page).not.toMatch(/<script|<b>|<i>|href="https:/);
  });

  it("forbids scripts, frames and everything from elsewhere", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    const { headers } = await fetch(us.url);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-store");
    const addresses = [...(await pageOf(us)).matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, to]) => to);
    expect(new Set(addresses)).toEqual(new Set(["/style.css", "/", "/postbacks/8801"]));
  });

  it("never shows the API key", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    await client.list();
    expect(await pageOf(us)).not.toContain(us.apiKey);
  });

  it("shows the latest requests, and which endpoints are assumed", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "list", fault: { kind: "status", status: 503 } });
    await client.list();
    const page = await pageOf(us);
    expect(page).toMatch(
      /GET \/api\/2\/affiliate_postbacks\.json<\/code><\/td>\s*<td [^>]*>list<\/td>\s*<td [^>]*>503<\/td>\s*<td [^>]*>status/,
    );
    expect(page).toMatch(
      /POST \/api\/2\/update_affiliate_postback\.json<\/code><\/td>\s*<td [^>]*>assumed<\/td>/,
    );
  });

  it("links to the other instances", async () => {
    const sandbox = await started({ instances: { us: {}, eu: {} } });
    expect(await pageOf(sandbox.instance("us"))).toContain(`<a href="${sandbox.instance("eu").url}/">eu</a>`);
    expect(await pageOf(sandbox.instance("us"))).not.toContain('">us</a>');
  });

  it("finds by id, status and part of a URL", async () => {
    const { us } = await oneInstance({ postbacks: rows(30) });
    us.edit(7, { postbackStatus: "inactive" });
    const found = async (q: string) =>
      [...(await pageOf(us, `?q=${encodeURIComponent(q)}`)).matchAll(/id="postback-(\d+)"/g)].map(
        ([, id]) => id,
      );
    expect(await found("inactive")).toEqual(["7"]);
    expect(await found("103")).toEqual(["4", "14", "24"]);
    expect(await found("N=29")).toEqual(["30"]);
    expect(await found("nothing")).toEqual([]);
  });

  it("shows 50 rows at a time", async () => {
    const { us } = await oneInstance({ postbacks: rows(120) });
    const idsOn = async (query: string) => (await pageOf(us, query)).match(/id="postback-\d+"/g)?.length;
    expect([await idsOn(""), await idsOn("?page=3"), await idsOn("?page=99")]).toEqual([50, 20, 20]);
    const page = await pageOf(us, "?page=2&q=t.example");
    expect(page).toContain("Page 2 of 3");
    expect(page).toContain('href="/?q=t.example"');
    expect(page).toContain('href="/?q=t.example&amp;page=3"');
  });

  it("has a language, a label for each field and headers for each table", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(3) });
    await client.list();
    const page = await pageOf(us);
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    const fields = [...page.matchAll(/<(?:input|select) id="([^"]+)"/g)].map(([, id]) => id);
    const labels = [...page.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id);
    expect(fields).toHaveLength(7);
    expect(labels).toEqual(fields);
    expect(page.match(/<thead /g)).toHaveLength(3);
    expect(page.match(/<th scope="row" /g)).toHaveLength(9);
  });

  it("can be read in light and dark: every text has a contrast of 4.5 to 1", () => {
    const [light = "", dark = ""] = style.split("prefers-color-scheme: dark");
    for (const scheme of [light, dark]) {
      const colours = Object.fromEntries(
        [...scheme.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, hex]) => [name, hex]),
      );
      const pairs = ["text/ground", "text/card", "soft/ground", "soft/card", "accent/ground", "accent/card"];
      for (const pair of [
        ...pairs,
        "good/good-ground",
        "other/other-ground",
        "text/good-ground",
        "accent/good-ground",
      ]) {
        const [front = "", back = ""] = pair.split("/").map((name) => colours[name]);
        expect([pair, contrast(front, back) >= 4.5]).toEqual([pair, true]);
      }
    }
  });
});

describe("an edit on the page", () => {
  it("changes the live postback, and shows it saved", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    const answer = await sendEdit(us, { token: await tokenOf(us) });
    expect([answer.status, answer.location]).toEqual([303, "/?saved=8801#postback-8801"]);
    expect(await pageOf(us, "?saved=8801")).toContain(
      '<p class="message" role="status">Postback 8801 is saved.</p>',
    );
    expect((await client.list()).json).toMatchObject({
      postbacks: [{ postback_url: "https://new.example/?c=#s2#", postback_status: "inactive" }],
    });
  });

  it("leads back to the rows that were on show", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    const answer = await sendEdit(us, { token: await tokenOf(us), q: "a b", page: "2" });
    expect(answer.location).toBe("/?q=a+b&page=2&saved=8801#postback-8801");
  });

  it.each([
    ["without a token", {}, {}],
    ["with the token of another run", { token: "A".repeat(43) }, {}],
    ["with half a token", { token: "A" }, {}],
  ])("is refused %s", async (_, fields, headers) => {
    const { us } = await oneInstance({ postbacks: "article" });
    const answer = await sendEdit(us, fields, headers);
    expect([400, 403]).toContain(answer.status);
    expect(answer.text).toContain("Nothing was saved");
    expect(us.postback(8801)?.postbackStatus).toBe("active");
  });

  it.each(["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1"])(
    "is refused from the origin %s, also with the token",
    async (Origin) => {
      const { us } = await oneInstance({ postbacks: "article" });
      expect((await sendEdit(us, { token: await tokenOf(us) }, { Origin })).status).toBe(403);
      expect(us.postback(8801)?.postbackStatus).toBe("active");
    },
  );

  it("is refused without an origin, which every browser sends", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    const response = await fetch(`${us.url}/postbacks/8801`, {
      method: "POST",
      body: new URLSearchParams({ token: await tokenOf(us), postback_url: "x", postback_status: "inactive" }),
    });
    expect(response.status).toBe(403);
    expect(us.postback(8801)?.postbackStatus).toBe("active");
  });

  it("is refused without a URL, and for a postback that is not there", async () => {
    const { us } = await oneInstance({ postbacks: "article" });
    const token = await tokenOf(us);
    expect((await sendEdit(us, { token, postback_url: "" })).status).toBe(400);
    us.remove(8801);
    expect((await sendEdit(us, { token })).status).toBe(404);
  });
});

/** The contrast of two colours by the formula of WCAG 2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const digits =
    hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : (hex.slice(1).match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => {
    const value = Number.parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
