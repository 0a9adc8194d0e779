import { describe, expect, it } from "vitest";
import type { Fault } from "../../../provider/sandbox";
import { failure, neverAnswered, oneInstance } from "./support";

/** One create that meets the fault: what came of it, and whether it had an effect. */
async function createWith(fault: Fault) {
  const { us, client } = await oneInstance();
  us.injectFault({ on: "create", fault });
  const answer = await client.create();
  return { ...answer, effects: us.postbacks().length, request: us.requests[0] };
}

describe("a fault that answers", () => {
  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("strikes %s the effect", async (when, effects) => {
    const met = await createWith({ kind: "status", status: 503, when });
    expect([met.status, met.effects]).toEqual([503, effects]);
    expect(met.request).toMatchObject({ status: 503, fault: "status", reached: when === "after" });
  });

  it("has no effect where it does not say when", async () => {
    for (const kind of ["rateLimited", "restricted", "html", "empty"] as const) {
      expect((await createWith({ kind })).effects).toBe(0);
    }
  });

  it.each(["truncated", "brokenOff", "stalled"] as const)(
    "strikes after the effect where it is %s",
    async (kind) => {
      const { us, client } = await oneInstance();
      us.injectFault({ on: "create", fault: { kind } });
      const pause = us.pause("create", { when: "after" });
      const abort = new AbortController();
      const answer = client.create({}, abort.signal).catch(() => {});
      await pause.arrived;
      expect(us.postbacks()).toHaveLength(1);
      abort.abort();
      await answer;
    },
  );

  it("is an HTTP error with an HTML page, or with a body of one's own", async () => {
    expect((await createWith({ kind: "status", status: 500 })).text).toMatch(/^<!DOCTYPE html>/);
    const own = await createWith({ kind: "status", status: 502, body: "bad gateway", retryAfter: 7 });
    expect([own.text, own.headers.get("retry-after")]).toEqual(["bad gateway", "7"]);
  });

  it("can be a status that has no body", async () => {
    expect(await createWith({ kind: "status", status: 204 })).toMatchObject({ status: 204, text: "" });
  });

  it("rate-limits with Retry-After in seconds, as a date, or without it", async () => {
    const seconds = await createWith({ kind: "rateLimited", retryAfter: 2 });
    expect([seconds.status, seconds.headers.get("retry-after")]).toEqual([429, "2"]);
    const dated = await createWith({ kind: "rateLimited", retryAfter: { date: 60 } });
    const date = String(dated.headers.get("retry-after"));
    expect(date).toMatch(/ GMT$/);
    expect(Date.parse(date)).toBeGreaterThan(Date.now());
    expect((await createWith({ kind: "rateLimited" })).headers.get("retry-after")).toBeNull();
  });

  it("throttles as CAKE does, with HTTP 200 and a message", async () => {
    const v2 = await createWith({ kind: "restricted" });
    expect([v2.status, v2.json]).toEqual([200, { request_status: "Failure", message: "Restricted" }]);
    const legacy = await createWith({ kind: "restricted", envelope: "legacy" });
    expect([legacy.status, legacy.json]).toEqual([200, { success: false, message: "Restricted" }]);
  });

  it("refuses with a message of one's own", async () => {
    const { status, json } = await createWith({ kind: "refused", message: "Invalid Affiliate", status: 400 });
    expect([status, json]).toEqual([400, { request_status: "Failure", message: "Invalid Affiliate" }]);
  });

  it("is a web page at 200, or nothing at 200", async () => {
    const page = await createWith({ kind: "html" });
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.text).toMatch(/^<!DOCTYPE html>/);
    expect(await createWith({ kind: "empty" })).toMatchObject({ status: 200, text: "" });
  });

  it.each([302, 307] as const)("redirects with %d", async (status) => {
    const location = "https://elsewhere.example/";
    const met = await createWith({ kind: "redirect", status, location });
    expect([met.status, met.headers.get("location"), met.effects]).toEqual([status, location, 0]);
  });

  it("stops the JSON in the middle of a whole HTTP answer, after the effect", async () => {
    const met = await createWith({ kind: "truncated" });
    expect(met).toMatchObject({ status: 200, json: undefined, effects: 1 });
    expect(met.text).toMatch(/^\{"request_status":"Success","postback":\{/);
    expect((await createWith({ kind: "truncated", when: "before" })).effects).toBe(0);
  });

  it("alters the true answer, after the effect", async () => {
    const met = await createWith({
      kind: "altered",
      alter: (answer) => ({ ...Object(answer), postback: undefined }),
    });
    expect([met.json, met.effects]).toEqual([{ request_status: "Success" }, 1]);
  });
});

describe("a fault of the connection", () => {
  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("resets it %s the effect", async (when, effects) => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: { kind: "reset", when } });
    expect(await failure(client.create())).toBe("ECONNRESET");
    expect(us.postbacks()).toHaveLength(effects);
    expect(us.requests).toMatchObject([{ status: undefined, fault: "reset", reached: when === "after" }]);
  });

  it("breaks an answer off in the middle", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: { kind: "brokenOff" } });
    const response = await fetch(`${us.url}/api/2/affiliate_postback.json`, {
      method: "POST",
      body: JSON.stringify({
        api_key: us.apiKey,
        affiliate_id: 1,
        offer_id: 0,
        postback_url: "https://t.example/",
      }),
    });
    expect([response.status, us.postbacks().length]).toEqual([200, 1]);
    expect(await failure(response.text())).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
    expect((await client.list()).status).toBe(200);
  });

  it("stalls in the middle of an answer", async () => {
    const { us } = await oneInstance();
    us.injectFault({ on: "list", fault: { kind: "stalled" } });
    const response = await fetch(`${us.url}/api/2/affiliate_postbacks.json?api_key=${us.apiKey}`);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^\{"request_status"/);
    let more = false;
    const rest = reader?.read().then(
      () => {
        more = true;
      },
      () => {},
    );
    await fetch(`${us.url}/style.css`).then((style) => style.text());
    expect(more).toBe(false);
    await reader?.cancel();
    await rest;
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("hangs for ever %s the effect", async (when, effects) => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: { kind: "hang", when } });
    expect(await neverAnswered(us, "create", (signal) => client.create({}, signal))).toBe(true);
    expect(us.postbacks()).toHaveLength(effects);
  });
});

describe("a plan of faults", () => {
  const broken = { kind: "status", status: 500 } as const;

  it("is for one endpoint and one request where it does not say more", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: broken });
    const statuses = [await client.list(), await client.create(), await client.create()];
    expect(statuses.map(({ status }) => status)).toEqual([200, 500, 200]);
  });

  it("may begin later, last longer, and be for every endpoint", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.injectFault({ on: "any", after: 1, times: 2, fault: broken });
    const answers = [
      await client.list(),
      await client.create(),
      await client.update({ postback_id: 8801, postback_status: "inactive" }),
      await client.logs(),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 500, 500, 200]);
  });

  it("may be for some requests only", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: broken, where: ({ fields }) => fields.affiliate_id === 7 });
    expect((await client.create()).status).toBe(200);
    expect((await client.create({ affiliate_id: 7 })).status).toBe(500);
  });

  it("comes after the plans that were made before it", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "list", fault: { kind: "status", status: 501 } });
    us.injectFault({ on: "any", fault: { kind: "status", status: 502 } });
    const answers = [await client.list(), await client.list(), await client.list()];
    expect(answers.map(({ status }) => status)).toEqual([501, 502, 200]);
  });

  it("strikes also where the key is wrong", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: { kind: "status", status: 503, when: "after" } });
    expect((await client.create({ api_key: "nope" })).status).toBe(503);
    expect(us.postbacks()).toEqual([]);
  });
});
