import { describe, expect, it } from "vitest";
import { articlePostback } from "../../../provider/sandbox";
import { idsOf, oneInstance, ordinary, rows } from "./support";

const articleRow = {
  postback_id: 8801,
  affiliate_id: 67890,
  offer_id: 12345,
  postback_url: "https://tracking.partner.com/postback?click_id=#reqsessid#&payout=#price#&status=#status#",
  postback_type: "Server",
  postback_status: "active",
};

describe("create", () => {
  it("answers the article's sample request with the article's sample answer", async () => {
    const { client } = await oneInstance();
    const answer = await client.create({
      affiliate_id: 67890,
      offer_id: 12345,
      postback_url: articleRow.postback_url,
      postback_status: "active",
      postback_type_id: 1,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.text).toBe(JSON.stringify({ request_status: "Success", postback: articleRow }));
  });

  it("is active and of type Server where the request does not say", async () => {
    const { us, client } = await oneInstance();
    await client.create();
    expect(us.postback(8801)).toMatchObject({ postbackStatus: "active", postbackType: "Server" });
  });

  it("hands out ids in sequence from the highest, and none twice", async () => {
    const { us, client } = await oneInstance({ postbacks: rows(3, 500) });
    expect((await client.create()).json).toMatchObject({ postback: { postback_id: 503 } });
    us.remove(503);
    expect((await client.create()).json).toMatchObject({ postback: { postback_id: 504 } });
    us.add({ postbackId: 900, affiliateId: 1, offerId: 0, postbackUrl: "https://t.example/" });
    expect((await client.create()).json).toMatchObject({ postback: { postback_id: 901 } });
  });

  it("takes numbers as strings of digits and answers them as numbers", async () => {
    const { client } = await oneInstance();
    const answer = await client.create({ affiliate_id: "67890", offer_id: "0", postback_type_id: "3" });
    expect(answer.json).toMatchObject({ postback: { affiliate_id: 67890, offer_id: 0 } });
  });

  it("inserts a second postback for one affiliate and offer", async () => {
    const { us, client } = await oneInstance();
    await client.create();
    await client.create();
    expect(us.postbacks().map((row) => row.postbackId)).toEqual([8801, 8802]);
  });

  it.each([
    ["Missing affiliate_id", { affiliate_id: undefined }],
    ["Missing postback_url", { postback_url: undefined }],
    ["Invalid affiliate_id", { affiliate_id: 0 }],
    ["Invalid affiliate_id", { affiliate_id: 1.5 }],
    ["Invalid affiliate_id", { affiliate_id: "12a" }],
    ["Invalid offer_id", { offer_id: -1 }],
    ["Invalid offer_id", { offer_id: [1] }],
    ["Invalid postback_url", { postback_url: "" }],
    ["Invalid postback_url", { postback_url: 5 }],
    ["Invalid postback_status", { postback_status: "Active" }],
    ["Invalid postback_type_id", { postback_type_id: 5 }],
    ["Invalid postback_type_id", { postback_type_id: "Server" }],
  ])("refuses with %s: %j", async (message, fields) => {
    const { us, client } = await oneInstance();
    const answer = await client.create(fields);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ request_status: "Failure", message });
    expect(us.postbacks()).toEqual([]);
  });
});

describe("update", () => {
  it("changes what it was sent and nothing else, and answers the record", async () => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    const answer = await client.update({ postback_id: 8801, postback_status: "inactive" });
    expect(answer.json).toEqual({
      request_status: "Success",
      postback: { ...articleRow, postback_status: "inactive" },
    });
    expect(us.postbacks()).toEqual([{ ...articlePostback, postbackStatus: "inactive" }]);
  });

  it("moves a postback to another affiliate, where the list then finds it", async () => {
    const { client } = await oneInstance({ postbacks: "article" });
    await client.update({ postback_id: 8801, affiliate_id: 7, offer_id: 0, postback_type_id: 3 });
    expect(idsOf(await client.list({ affiliate_id: 67890 }))).toEqual([]);
    expect((await client.list({ affiliate_id: 7 })).json).toMatchObject({
      postbacks: [{ postback_id: 8801, affiliate_id: 7, offer_id: 0, postback_type: "Image" }],
    });
  });

  it.each([
    ["Missing postback_id", {}],
    ["Invalid postback_id", { postback_id: 9 }],
    ["Invalid postback_status", { postback_id: 8801, postback_status: "gone" }],
  ])("refuses with %s: %j", async (message, fields) => {
    const { us, client } = await oneInstance({ postbacks: "article" });
    expect((await client.update(fields)).json).toEqual({ request_status: "Failure", message });
    expect(us.postbacks()).toEqual([articlePostback]);
  });
});

describe("list", () => {
  it("answers rows in the shape of a create, and how many there are", async () => {
    const { client } = await oneInstance({ postbacks: "article" });
    expect((await client.list()).json).toEqual({
      request_status: "Success",
      postbacks: [articleRow],
      total_rows: 1,
    });
  });

  it("answers the rows from start_at_row on, row_limit of them at most", async () => {
    const { client } = await oneInstance({ postbacks: rows(10) });
    expect(idsOf(await client.list({ start_at_row: 3, row_limit: 4 }))).toEqual([4, 5, 6, 7]);
    expect(idsOf(await client.list({ start_at_row: 8, row_limit: 4 }))).toEqual([9, 10]);
    expect(idsOf(await client.list({ start_at_row: 10, row_limit: 4 }))).toEqual([]);
  });

  it("holds 100 rows where the request does not say, and never more than 500", async () => {
    const { client } = await oneInstance({ postbacks: rows(600) });
    expect(idsOf(await client.list())).toHaveLength(100);
    expect(idsOf(await client.list({ row_limit: 600 }))).toHaveLength(500);
  });

  it("filters by id, affiliate and offer, and counts what it filtered", async () => {
    const { client } = await oneInstance({ postbacks: rows(30) });
    expect(idsOf(await client.list({ postback_id: 7 }))).toEqual([7]);
    expect(idsOf(await client.list({ postback_id: 99 }))).toEqual([]);
    expect(idsOf(await client.list({ postback_id: 7, affiliate_id: 100 }))).toEqual([]);
    const filtered = await client.list({ affiliate_id: 103, offer_id: 1 });
    expect(idsOf(filtered)).toEqual([14]);
    expect(filtered.json).toMatchObject({ total_rows: 1 });
    expect(idsOf(await client.list({ offer_id: 0, row_limit: 2 }))).toEqual([1, 4]);
  });

  it("refuses paging that is not a number", async () => {
    const { client } = await oneInstance();
    expect((await client.list({ start_at_row: "x" })).json).toMatchObject({
      message: "Invalid start_at_row",
    });
    expect((await client.list({ row_limit: -5 })).json).toMatchObject({ message: "Invalid row_limit" });
  });
});

describe("the request log", () => {
  it("answers what reached CAKE with the columns of CAKE's article, without bodies, queries and keys", async () => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", fault: { kind: "reset", when: "before" } });
    us.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    await client.create().catch(() => {});
    await client.create().catch(() => {});
    await client.list({ affiliate_id: 67890 });
    await client.create({ offer_id: "none" });
    const { json, text } = await client.logs({ start_at_row: 1, row_limit: 5 });
    const log = { username: "sandbox", created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) };
    const list = { request_method: "GET", request_url: "/api/2/affiliate_postbacks.json" };
    const create = { request_method: "POST", request_url: "/api/2/affiliate_postback.json" };
    expect(json).toEqual({
      request_status: "Success",
      api_logs: [
        { ...log, ...list, log_id: 3, response_status: "Success" },
        { ...log, ...create, log_id: 4, response_status: "Failure" },
      ],
      total_rows: 3,
    });
    expect(text).not.toContain(us.apiKey);
  });

  it("pages with 25 rows where the request does not say", async () => {
    const { client } = await oneInstance();
    for (let count = 0; count < 30; count += 1) await client.list();
    expect((await client.logs()).json?.api_logs).toHaveLength(25);
    expect((await client.logs({ row_limit: 500 })).json?.api_logs).toHaveLength(31);
  });

  it("heeds the article's filters", async () => {
    const { client } = await oneInstance();
    await client.create();
    await client.list();
    const count = async (fields: Record<string, unknown>) => (await client.logs(fields)).json?.total_rows;
    const today = new Date().toISOString().slice(0, 10);
    expect(await count({ request_method: "POST" })).toBe(1);
    expect(await count({ request_method: "POST", start_date: today, end_date: today })).toBe(1);
    expect(await count({ start_date: "2999-01-01" })).toBe(0);
    expect(await count({ end_date: "2000-01-01" })).toBe(0);
    expect((await client.logs({ request_method: "PUT" })).json?.message).toBe("Invalid request_method");
  });

  it("may show the latest first, or not be there", async () => {
    const { us, client } = await oneInstance();
    await client.list();
    await client.create();
    us.behave({ logOrder: "newestFirst" });
    expect((await client.logs()).json?.api_logs).toMatchObject([{ log_id: 2 }, { log_id: 1 }]);
    us.behave({ logs: "missing" });
    expect((await client.logs()).status).toBe(404);
    expect([us.calls("logs"), us.calls("unknown")]).toEqual([2, 0]);
  });
});

describe("the API key", () => {
  const wrong = { request_status: "Failure", message: "Invalid API Key" };

  it("is refused with HTTP 200 where it is wrong or missing, and nothing happens", async () => {
    const { us, client } = await oneInstance();
    for (const api_key of ["nope", "", undefined, null, 5]) {
      const answer = await client.create({ api_key });
      expect([answer.status, answer.json]).toEqual([200, wrong]);
    }
    expect((await client.list({ api_key: "nope" })).json).toEqual(wrong);
    expect((await client.logs({ api_key: "nope" })).json).toEqual(wrong);
    expect(us.postbacks()).toEqual([]);
  });

  it("is wanted in the body of a POST, not in its query", async () => {
    const { us, client } = await oneInstance();
    const path = `/api/2/affiliate_postback.json?api_key=${us.apiKey}`;
    expect((await client.post(path, { ...ordinary, api_key: undefined })).json).toEqual(wrong);
  });

  it("is dead as soon as there is another", async () => {
    const { us, client } = await oneInstance({ apiKey: "first" });
    us.rotateKey("second");
    expect(us.apiKey).toBe("second");
    expect((await client.list({ api_key: "first" })).json).toEqual(wrong);
    expect((await client.list()).json).toMatchObject({ request_status: "Success" });
  });

  it("is made up where none is given, another one each time", async () => {
    const one = await oneInstance();
    const other = await oneInstance();
    expect(one.us.apiKey).toMatch(/^[\w-]{32}$/);
    expect(one.us.apiKey).not.toBe(other.us.apiKey);
  });
});

describe("anything else", () => {
  it("is not found, and recorded as unknown", async () => {
    const { us, client } = await oneInstance();
    expect((await client.get("/api/2/delete_affiliate_postback.json")).status).toBe(404);
    expect((await client.get("/api/2/affiliate_postback.json")).status).toBe(404);
    expect(us.requests.map((request) => request.operation)).toEqual(["unknown", "unknown"]);
  });

  it("is refused where the body is not a JSON object", async () => {
    const { us } = await oneInstance();
    for (const body of ["", "{", "[]", "null", "affiliate_id=1"]) {
      const response = await fetch(`${us.url}/api/2/affiliate_postback.json`, { method: "POST", body });
      expect(await response.json()).toMatchObject({ request_status: "Failure" });
    }
  });

  it("is refused where the body is larger than any request of CAKE", async () => {
    const { client } = await oneInstance();
    expect((await client.create({ postback_url: "x".repeat(2 ** 20) })).status).toBe(413);
  });
});
