import { describe, expect, it } from "vitest";

import { clientOf, idsOf, neverAnswered, oneInstance, ordinary, rows, started } from "./support";

describe("a CAKE whose create overwrites", () => {
  it("changes the oldest postback of the affiliate and offer, and answers its id", async () => {
    const { us, client } = await oneInstance();
    us.behave({ create: "overwrite" });
    await client.create();
    const second = await client.create({ postback_url: "https://other.example/" });
    expect(second.json).toMatchObject({ postback: { postback_id: 8801 } });
    await client.create({ offer_id: 0 });
    expect(us.postbacks().map(({ postbackId, postbackUrl }) => [postbackId, postbackUrl])).toEqual([
      [8801, "https://other.example/"],
      [8802, ordinary.postback_url],
    ]);
  });
});

describe("a CAKE whose create overwrites, after a postback moved to another affiliate", () => {
  it("leaves the moved one alone", async () => {
    const { us, client } = await oneInstance();
    us.behave({ create: "overwrite" });
    await client.create();
    await client.update({ postback_id: 8801, affiliate_id: 5 });
    expect((await client.create()).json).toMatchObject({ postback: { postback_id: 8802 } });
    expect(us.postbacks().map((row) => row.affiliateId)).toEqual([5, 67890]);
  });
});

describe("a CAKE whose update", () => {
  it("blanks loses the URL and the status that it was not sent", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.behave({ update: "blank" });
    const answer = await client.update({ postback_id: 8801, postback_status: "inactive" });
    expect(answer.json).toMatchObject({ postback: { postback_url: "", postback_status: "inactive" } });
    await client.update({ postback_id: 8801, postback_url: "https://new.example/" });
    expect(us.postback(8801)).toMatchObject({
      postbackUrl: "https://new.example/",
      postbackStatus: "active",
    });
  });

  it("ignores says Success and changes nothing", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.behave({ update: "ignore" });
    const answer = await client.update({ postback_id: 8801, postback_status: "inactive" });
    expect(answer.json).toMatchObject({ request_status: "Success", postback: { postback_status: "active" } });
    expect(us.postback(8801)?.postbackStatus).toBe("active");
  });
});

describe("a CAKE without an endpoint", () => {
  it.each([
    [404, 404, /cannot be found/],
    [405, 405, /cannot be found/],
    ["html", 200, /^<!DOCTYPE html>/],
    ["refusal", 200, /"Failure","message":"Unknown method affiliate_postbacks.json"/],
  ] as const)("answers %s", async (missingAnswer, status, text) => {
    const { us, client } = await oneInstance();
    us.behave({ list: "missing", missingAnswer });
    const answer = await client.list();
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
  });

  it.each([
    ["key", 200, "Invalid API Key"],
    ["login", 302, ""],
  ] as const)("may check the key before the path: %s", async (missingAnswer, status, text) => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.behave({ missingAnswer });
    for (const path of ["/api/2/affiliate_postbacks.json", "/nowhere"]) {
      const answer = await client.get(path, { api_key: "wrong" });
      expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
    }
    expect((await client.get("/nowhere")).status).toBe(404);
    expect(idsOf(await client.list())).toEqual([8801]);
  });

  it("may have others that answer a GET with the key, and pages their arrays", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    const pixels = [{ pixel_id: 1 }, { pixel_id: 2 }, { pixel_id: 3 }];
    us.behave({ otherLists: { "/api/2/pixels.json": { response: { pixels, total_rows: 3 } } }, rowBase: 1 });
    const page = await client.get("/api/2/pixels.json", { start_at_row: 2, row_limit: 1 });
    expect(page.json).toEqual({
      request_status: "Success",
      response: { pixels: [{ pixel_id: 2 }], total_rows: 3 },
    });
    us.behave({ rowZero: "refused" });
    const refused = await client.get("/api/2/pixels.json", { start_at_row: 0 });
    expect(refused.json).toMatchObject({ request_status: "Failure", message: "Invalid start_at_row" });
    expect((await client.get("/api/2/pixels.json", { api_key: "wrong" })).text).toContain("Invalid API Key");
    expect((await client.post("/api/2/pixels.json", {})).status).toBe(404);
  });

  it("lacks only that one, and records the calls under its name", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.behave({ update: "missing" });
    expect((await client.update({ postback_id: 8801, postback_status: "inactive" })).status).toBe(404);
    expect((await client.list()).status).toBe(200);
    expect(us.postback(8801)?.postbackStatus).toBe("active");
    expect(us.calls("update")).toBe(1);
  });

  it("may have it under another path", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.behave({ paths: { list: "/api/3/postbacks.json" } });
    expect((await client.list()).status).toBe(404);
    expect(idsOf(await client.get("/api/3/postbacks.json"))).toEqual([8801]);
    expect(us.calls("list")).toBe(1);
  });
});

describe("a list that counts rows from 1", () => {
  const page = { start_at_row: 1, row_limit: 3 };

  it("starts with the first row at 1", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ rowBase: 1 });
    expect(idsOf(await client.list(page))).toEqual([1, 2, 3]);
    expect(idsOf(await client.list({ row_limit: 2 }))).toEqual([1, 2]);
    expect(idsOf(await client.list({ ...page, start_at_row: 4 }))).toEqual([4, 5]);
  });

  it.each([
    ["first", [1, 2, 3]],
    ["lost", [1, 2]],
  ] as const)("takes 0 as %s", async (rowZero, ids) => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ rowBase: 1, rowZero });
    expect(idsOf(await client.list({ ...page, start_at_row: 0 }))).toEqual(ids);
  });

  it("may refuse 0", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ rowBase: 1, rowZero: "refused" });
    expect((await client.list({ start_at_row: 0 })).json).toMatchObject({ message: "Invalid start_at_row" });
  });
});

describe("a list", () => {
  it("may say no total, or a wrong one", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ totalRows: false });
    expect((await client.list()).json).not.toHaveProperty("total_rows");
    us.behave({ totalRows: 7 });
    expect((await client.list()).json).toMatchObject({ total_rows: 7 });
  });

  it("may have the other name, ids as strings, smaller pages and the newest row first", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ arrayName: "affiliate_postbacks", ids: "string", maxRows: 2, order: "newestFirst" });
    const { json } = await client.list({ row_limit: 500 });
    expect(json).not.toHaveProperty("postbacks");
    expect(json).toMatchObject({
      affiliate_postbacks: [{ postback_id: "5" }, { postback_id: "4" }],
      total_rows: 5,
    });
  });

  it("may ignore filters", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ filters: "ignored" });
    expect(idsOf(await client.list({ postback_id: 3, affiliate_id: 1, offer_id: 9 }))).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it("may be empty", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ list: "empty" });
    expect((await client.list()).json).toEqual({ request_status: "Success", postbacks: [], total_rows: 0 });
  });

  it("may be stale until it is ok again, also for a filtered look", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(2) });
    us.behave({ list: "stale" });
    await client.create();
    us.remove(1);
    expect(idsOf(await client.list())).toEqual([1, 2]);
    expect(idsOf(await client.list({ postback_id: 3 }))).toEqual([]);
    us.behave({ list: "ok" });
    expect(idsOf(await client.list())).toEqual([2, 3]);
  });

  it("may lag behind changes by some lists", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(2) });
    us.behave({ listLag: 2 });
    await client.create();
    await client.update({ postback_id: 1, postback_status: "inactive" });
    us.remove(2);
    for (const _ of [1, 2]) {
      expect((await client.list()).json).toMatchObject({
        postbacks: [{ postback_id: 1, postback_status: "active" }, { postback_id: 2 }],
        total_rows: 2,
      });
    }
    expect((await client.list()).json).toMatchObject({
      postbacks: [{ postback_id: 1, postback_status: "inactive" }, { postback_id: 3 }],
    });
  });

  it("may lack rows at its end that its total counts", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(5) });
    us.behave({ shortBy: 2 });
    const answer = await client.list();
    expect(idsOf(answer)).toEqual([1, 2, 3]);
    expect(answer.json).toMatchObject({ total_rows: 5 });
  });

  it("may hold ids twice", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(3) });
    us.behave({ duplicates: 2 });
    expect(idsOf(await client.list())).toEqual([1, 1, 2, 2, 3]);
  });

  it("may change between two pages", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(4) });
    const seen: unknown[] = [];
    us.behave({
      afterPage: (page) => {
        seen.push(page);
        if (page.startAtRow === 0) us.remove(1);
      },
    });
    expect(idsOf(await client.list({ start_at_row: 0, row_limit: 2 }))).toEqual([1, 2]);
    expect(idsOf(await client.list({ start_at_row: 2, row_limit: 2 }))).toEqual([4]);
    expect(seen).toEqual([
      { startAtRow: 0, rows: 2 },
      { startAtRow: 2, rows: 1 },
    ]);
  });

  it("may hold spoilt rows", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(2) });
    us.behave({ answerRow: (row) => (row.postback_id === 2 ? { ...row, postback_url: null } : row) });
    expect((await client.list()).json).toMatchObject({
      postbacks: [{ postback_id: 1 }, { postback_id: 2, postback_url: null }],
    });
  });
});

describe("a key that sees only part", () => {
  it("neither lists nor changes the rest", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(4) });
    us.behave({ visible: (row) => row.affiliateId > 101 });
    const answer = await client.list();
    expect(idsOf(answer)).toEqual([3, 4]);
    expect(answer.json).toMatchObject({ total_rows: 2 });
    expect(idsOf(await client.list({ postback_id: 1 }))).toEqual([]);
    expect((await client.update({ postback_id: 1, postback_status: "inactive" })).json).toEqual({
      request_status: "Failure",
      message: "Invalid postback_id",
    });
    expect(us.postback(1)?.postbackStatus).toBe("active");
  });
});

describe("a CAKE that stores something else", () => {
  it("answers and lists the URL as it stored it", async () => {
    const { us, client } = await oneInstance();
    us.behave({
      storeUrl: (url) => url.replaceAll("&", "&amp;"),
      typeNames: { 1: "S2S", 2: "a", 3: "b", 4: "c" },
    });
    const { json } = await client.create();
    const stored = ordinary.postback_url.replace("&", "&amp;");
    expect(json).toMatchObject({ postback: { postback_url: stored, postback_type: "S2S" } });
    await client.update({ postback_id: 8801, postback_url: "https://t.example/?a=1&b=2" });
    expect(us.postback(8801)?.postbackUrl).toBe("https://t.example/?a=1&amp;b=2");
  });
});

describe("the HTTP status of a refusal", () => {
  it("can be set, for a wrong key and for the rest", async () => {
    const { us, client } = await oneInstance();
    us.behave({ keyStatus: 401, refusalStatus: 400 });
    expect((await client.list({ api_key: "x" })).status).toBe(401);
    expect((await client.create({ offer_id: -1 })).status).toBe(400);
  });
});

describe("an address that is not on the allow-list", () => {
  it("may get an empty answer, and nothing happens", async () => {
    const { us, client } = await oneInstance();
    us.behave({ addressIgnored: "empty" });
    const answer = await client.create();
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect(us.postbacks()).toEqual([]);
    expect(us.requests).toMatchObject([{ operation: "create", reached: false }]);
  });

  it("may get none", async () => {
    const { us, client } = await oneInstance();
    us.behave({ addressIgnored: "hang" });
    expect(await neverAnswered(us, "create", (signal) => client.create({}, signal))).toBe(true);
    expect(us.postbacks()).toEqual([]);
  });
});

describe("the wrong tenant", () => {
  it("takes the key and answers with the other instance's rows", async () => {
    const sandbox = await started({
      instances: { us: { postbacks: "article" }, eu: { postbacks: rows(2) } },
    });
    const [us, eu] = [sandbox.instance("us"), sandbox.instance("eu")];
    us.behave({ tenant: "eu" });
    expect(idsOf(await clientOf(us).list())).toEqual([1, 2]);
    await clientOf(us).create();
    expect(eu.postbacks()).toHaveLength(3);
    expect(us.postbacks()).toHaveLength(1);
  });

  it("has to be another instance of the same sandbox", async () => {
    const { us } = await oneInstance();
    expect(() => us.behave({ tenant: "eu" })).toThrow(
      'The sandbox has no instance "eu". Nothing was changed. Use us.',
    );
  });
});

describe("what a test has set", () => {
  it("is named in an HTTP 500 where it throws", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    us.behave({
      answerRow: () => {
        throw new Error("my mistake");
      },
    });
    const answer = await client.list();
    expect([answer.status, answer.text]).toEqual([500, "The sandbox failed: my mistake\n"]);
  });
});

describe("latency", () => {
  it("delays every answer by so many milliseconds", async () => {
    const { us, client } = await oneInstance();
    us.behave({ latencyMs: 60 });
    const start = performance.now();
    await client.list();
    // Timers may fire a millisecond early.
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  });
});

describe("recover", () => {
  it("makes an ordinary CAKE of any other", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(3) });
    us.behave({ list: "stale", rowBase: 1, filters: "ignored", create: "missing" });
    us.injectFault({ on: "any", times: 9, fault: { kind: "status", status: 500 } });
    us.add({ affiliateId: 5, offerId: 0, postbackUrl: "https://t.example/" });
    us.recover();
    expect(idsOf(await client.list({ start_at_row: 2 }))).toEqual([3, 4]);
    expect((await client.create()).json).toMatchObject({ postback: { postback_id: 5 } });
  });
});
