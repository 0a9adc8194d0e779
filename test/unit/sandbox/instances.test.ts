import { describe, expect, it } from "vitest";
import { endpoints } from "../../../provider/cake/endpoints";
import type { Behaviour, Fault } from "../../../provider/sandbox";
import { failure, idsOf, oneInstance, ordinary, rows } from "./support";

const SECRET_URL = "https://t.example/pb?cid=#s2#&token=t0p/s3cret";

/** An instance with so many rows that behaves like this from the start. */
async function instanceLike(behaviour: Partial<Behaviour>, count = 5) {
  const one = await oneInstance({ postbacks: rows(count) });
  one.us.behave(behaviour);
  return one;
}

/** The answer to one create that meets the fault. */
async function createdWith(fault: Fault, fields: Record<string, unknown> = {}) {
  const { us, client } = await oneInstance();
  us.injectFault({ on: "create", fault });
  return { us, client, ...(await client.create(fields)) };
}

describe("the shape of a list", () => {
  it.each(["postbacks", "affiliate_postbacks", "postback", "pixels", "pixel"])(
    "has its rows under the name %s below response",
    async (arrayName) => {
      const { client } = await instanceLike({ listEnvelope: "response", arrayName }, 1);
      expect((await client.list()).json).toEqual({
        request_status: "Success",
        response: { [arrayName]: [expect.objectContaining({ postback_id: 1 })], total_rows: 1 },
      });
    },
  );

  it("can be at the path of the create, as a GET", async () => {
    const { us, client } = await instanceLike({ paths: { list: endpoints.create.path } });
    expect(idsOf(await client.get(endpoints.create.path))).toEqual([1, 2, 3, 4, 5]);
    expect((await client.create()).json).toMatchObject({ postback: { postback_id: 6 } });
    expect((await client.list()).status).toBe(404);
    expect([us.calls("list"), us.calls("create"), us.calls("unknown")]).toEqual([1, 1, 1]);
  });

  it("writes statuses with capitals in answers, and keeps the documented words inside", async () => {
    const { us, client } = await instanceLike({ statusNames: { active: "Active", inactive: "Inactive" } }, 1);
    expect((await client.list()).json).toMatchObject({ postbacks: [{ postback_status: "Active" }] });
    const updated = await client.update({ postback_id: 1, postback_status: "inactive" });
    expect(updated.json).toMatchObject({ postback: { postback_status: "Inactive" } });
    expect(us.postback(1)?.postbackStatus).toBe("inactive");
  });

  it.each([
    [true, 500],
    ["page", 50],
    [false, undefined],
    [7, 7],
  ] as const)("caps a page at 50 rows with totalRows %s", async (totalRows, total) => {
    const { client } = await instanceLike({ maxRows: 50, totalRows }, 500);
    const answer = await client.list({ start_at_row: 0, row_limit: 500 });
    expect([idsOf(answer).length, answer.json?.total_rows]).toEqual([50, total]);
  });

  it("gives up to 10,000 rows on a page", async () => {
    const { client } = await instanceLike({ maxRows: 10_000 }, 10_001);
    expect(idsOf(await client.list({ row_limit: 10_000 }))).toHaveLength(10_000);
  });
});

describe("the filters of a list", () => {
  it("are refused by name", async () => {
    const { client } = await instanceLike({ filters: { postback_id: "refused" }, refusalStatus: 400 });
    const refused = await client.list({ postback_id: 3 });
    expect([refused.status, refused.json]).toEqual([
      400,
      { request_status: "Failure", message: "Unknown parameter postback_id" },
    ]);
    expect(idsOf(await client.list({ affiliate_id: 101 }))).toEqual([2]);
  });

  it("are all refused", async () => {
    const { client } = await instanceLike({ filters: "refused" });
    expect((await client.list({ offer_id: 0 })).json).toMatchObject({
      message: "Unknown parameter offer_id",
    });
    expect((await client.list()).json).toMatchObject({ total_rows: 5 });
  });

  it("are ignored one by one", async () => {
    const { client } = await instanceLike({ filters: { affiliate_id: "ignored" } });
    expect(idsOf(await client.list({ affiliate_id: 101 }))).toHaveLength(5);
    expect(idsOf(await client.list({ affiliate_id: 101, postback_id: 3 }))).toEqual([3]);
  });

  it("leave out the newest matching row, also in the total", async () => {
    const { client } = await instanceLike({ filters: "incomplete" }, 20);
    const answer = await client.list({ affiliate_id: 100 });
    expect([idsOf(answer), answer.json?.total_rows]).toEqual([[1], 1]);
    expect(idsOf(await client.list({ postback_id: 3 }))).toEqual([]);
    expect(idsOf(await client.list())).toHaveLength(20);
  });
});

describe("a list that lies once", () => {
  const withoutThree: Fault = {
    kind: "behaviour",
    behaviour: { visible: ({ postbackId }) => postbackId !== 3 },
  };

  it.each<[string, Fault, number, RegExp]>([
    ["a 404", { kind: "status", status: 404, body: "default backend - 404" }, 404, /^default backend - 404$/],
    ["a 503", { kind: "status", status: 503 }, 503, /HTTP Error 503/],
    ["an empty list", { kind: "behaviour", behaviour: { list: "empty" } }, 200, /"postbacks":\[\]/],
    ["a list without a row", withoutThree, 200, /"total_rows":4/],
    [
      "a list shorter than its total",
      { kind: "behaviour", behaviour: { shortBy: 2 } },
      200,
      /"total_rows":5/,
    ],
  ])("gives %s first and then all rows", async (_, fault, status, text) => {
    const { us, client } = await instanceLike({});
    us.injectFault({ on: "list", fault });
    const first = await client.list();
    expect([first.status, first.text]).toEqual([status, expect.stringMatching(text)]);
    expect(idsOf(await client.list())).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a list without an end", () => {
  it("goes on with new ids after the last row, and its total is always ahead", async () => {
    const { client } = await instanceLike({ paging: "endless" });
    const first = await client.list({ start_at_row: 3, row_limit: 4 });
    expect([idsOf(first), first.json?.total_rows]).toEqual([[4, 5, 6, 7], 11]);
    const second = await client.list({ start_at_row: 1_000_003, row_limit: 2 });
    expect(idsOf(second)).toEqual([1_000_004, 1_000_005]);
    expect(idsOf(await client.list({ postback_id: 3 }))).toEqual([3]);
    expect((await client.list({ affiliate_id: 7, row_limit: 1 })).json).toMatchObject({
      postbacks: [{ affiliate_id: 7 }],
    });
  });

  it("gives the first page whatever row was asked for", async () => {
    const { client } = await instanceLike({ paging: "ignored" });
    expect(idsOf(await client.list({ start_at_row: 4, row_limit: 2 }))).toEqual([1, 2]);
  });
});

describe("a row that cannot be read", () => {
  it("has half a surrogate pair in its URL, sent as an escape", async () => {
    const { us, client } = await oneInstance();
    us.add({ affiliateId: 1, offerId: 0, postbackUrl: "https://t.example/?n=\ud83d" });
    const { text } = await client.list();
    expect(text).toContain(String.raw`"postback_url":"https://t.example/?n=\ud83d"`);
  });

  it("comes from a column that cuts an emoji in two", async () => {
    const { client } = await instanceLike({ storeUrl: (url) => url.slice(0, 22) }, 0);
    const { text } = await client.create({ postback_url: "https://t.example/?n=\u{1f600}" });
    expect(text).toContain(String.raw`?n=\ud83d"`);
  });
});

describe("an update that echoes", () => {
  it("answers the changed record and changes nothing", async () => {
    const { us, client } = await instanceLike({ update: "echo" });
    const answer = await client.update({ postback_id: 1, postback_status: "inactive" });
    expect(answer.json).toMatchObject({
      request_status: "Success",
      postback: { postback_id: 1, postback_status: "inactive" },
    });
    expect(us.postback(1)?.postbackStatus).toBe("active");
  });
});

describe("the third create", () => {
  it.each<[string, Fault, number]>([
    ["overwrites", { kind: "behaviour", behaviour: { create: "overwrite" } }, 2],
    [
      "answers Success without a record, and made one",
      { kind: "status", status: 200, body: { request_status: "Success" }, when: "after" },
      3,
    ],
    [
      "answers Success without a record, and made none",
      { kind: "status", status: 200, body: { request_status: "Success" } },
      2,
    ],
    ["answers a web page, and made a record", { kind: "html", when: "after" }, 3],
    ["answers a web page, and made none", { kind: "html" }, 2],
  ])("%s", async (_, fault, made) => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", after: 2, fault });
    for (const _call of [1, 2]) expect((await client.create()).json).toHaveProperty("postback");
    const third = await client.create();
    expect([third.status, us.postbacks().length]).toEqual([200, made]);
  });

  it.each([
    ["before", 2],
    ["after", 3],
  ] as const)("loses its answer %s the effect", async (when, made) => {
    const { us, client } = await oneInstance();
    us.injectFault({ on: "create", after: 2, fault: { kind: "reset", when } });
    for (const _call of [1, 2]) await client.create();
    expect(await failure(client.create())).toBe("ECONNRESET");
    expect(us.postbacks()).toHaveLength(made);
  });
});

describe("an answer of the server's own", () => {
  it("is any status with any text, JSON and headers", async () => {
    const blocked = await createdWith({ kind: "status", status: 403, body: "error code: 1015" });
    expect([blocked.status, blocked.text]).toEqual([403, "error code: 1015"]);
    const json = await createdWith({
      kind: "status",
      status: 400,
      body: { message: "The parameter api_key must not be empty" },
    });
    expect([json.status, json.json]).toEqual([400, { message: "The parameter api_key must not be empty" }]);
    const html = await createdWith({
      kind: "status",
      status: 200,
      body: "<html>",
      headers: { "Content-Type": "text/html" },
    });
    expect(html.headers.get("content-type")).toBe("text/html");
  });

  it("nests brackets as deeply as wanted", async () => {
    const levels = 100_000;
    const { text } = await createdWith({ kind: "status", status: 200, body: "[".repeat(levels) });
    expect(text).toHaveLength(levels);
  });

  it.each(["Restricted.", "An unknown error occurred while performing the requested action"])(
    "refuses with the words: %s",
    async (message) => {
      const { json, us } = await createdWith({ kind: "refused", message });
      expect([json, us.postbacks()]).toEqual([{ request_status: "Failure", message }, []]);
    },
  );

  it.each([
    ["plain", SECRET_URL],
    ["percentEncoded", encodeURIComponent(SECRET_URL)],
    ["withoutScheme", SECRET_URL.replace("https://", "")],
    ["escapedSlashes", SECRET_URL.replaceAll("/", String.raw`\u002f`)],
    ["values", "#s2#, t0p/s3cret"],
  ] as const)("quotes the URL that was sent: %s", async (as, quote) => {
    const { text, json } = await createdWith({ kind: "quoted", as }, { postback_url: SECRET_URL });
    expect(text).toContain(`Invalid postback_url: ${quote}"`);
    expect(json).toMatchObject({ request_status: "Failure" });
  });
});

describe("the server's clock", () => {
  it("shows in the Date header and in Retry-After dates", async () => {
    const { us, client } = await instanceLike({ clockOffsetSeconds: 360 });
    us.injectFault({ on: "list", fault: { kind: "rateLimited", retryAfter: { date: 30 } } });
    const before = Date.now();
    const { status, headers } = await client.list();
    const after = Date.now();
    const [date, retryAt] = ["date", "retry-after"].map((name) => Date.parse(String(headers.get(name))));
    expect(status).toBe(429);
    // HTTP dates have whole seconds.
    expect(date).toBeGreaterThan(before + 359_000);
    expect(date).toBeLessThanOrEqual(after + 360_000);
    expect(retryAt).toBeGreaterThan(before + 389_000);
    expect(retryAt).toBeLessThanOrEqual(after + 390_000);
  });

  it("leaves other headers and answers as they are", async () => {
    const { client } = await instanceLike({ clockOffsetSeconds: -360 });
    const answer = await client.create();
    expect(Date.parse(String(answer.headers.get("date")))).toBeLessThan(Date.now() - 300_000);
    expect(answer.json).toMatchObject({ postback: { postback_url: ordinary.postback_url } });
  });
});

describe("a type name", () => {
  it("differs for the types that no article names, and changes later", async () => {
    const typeNames = { 1: "Server", 2: "Iframe Pixel", 3: "Img", 4: "JS" };
    const { us, client } = await instanceLike({ typeNames }, 0);
    expect((await client.create({ postback_type_id: 2 })).json).toMatchObject({
      postback: { postback_type: "Iframe Pixel" },
    });
    us.edit(8801, { postbackType: "iFrame" });
    expect((await client.list()).json).toMatchObject({ postbacks: [{ postback_type: "iFrame" }] });
  });
});
