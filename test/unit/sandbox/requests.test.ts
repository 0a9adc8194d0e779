import { expect, it } from "vitest";
import { oneInstance, ordinary, rows } from "./support";

it("records each request with its fields and status, in the order of arrival", async () => {
  const { us, client } = await oneInstance();
  const start = Date.now();
  await client.create();
  await client.list({ start_at_row: 0, row_limit: 500 });
  expect(us.requests).toEqual([
    {
      number: 1,
      operation: "create",
      method: "POST",
      path: "/api/2/affiliate_postback.json",
      fields: ordinary,
      hasKey: true,
      status: 200,
      requestStatus: "Success",
      fault: undefined,
      reached: true,
      at: expect.any(Number),
    },
    {
      number: 2,
      operation: "list",
      method: "GET",
      path: "/api/2/affiliate_postbacks.json",
      fields: { start_at_row: "0", row_limit: "500" },
      hasKey: true,
      status: 200,
      requestStatus: "Success",
      fault: undefined,
      reached: true,
      at: expect.any(Number),
    },
  ]);
  expect(us.requests[0]?.at).toBeGreaterThanOrEqual(start);
});

it("never records the key, right or wrong, in the body or in the query", async () => {
  const { us, client } = await oneInstance({ apiKey: "the-real-key" });
  await client.create();
  await client.create({ api_key: "a-wrong-key" });
  await client.list();
  await client.post("/api/2/affiliate_postback.json?api_key=the-real-key", { api_key: undefined });
  await client.get("/nowhere");
  expect(us.requests).toHaveLength(5);
  expect(JSON.stringify(us.requests)).not.toMatch(/the-real-key|a-wrong-key|api_key/);
});

it("records whether a key came with a request, valid or not", async () => {
  const { us, client } = await oneInstance();
  await client.list();
  await client.list({ api_key: "a-wrong-key" });
  await client.create();
  await fetch(`${us.url}/nowhere`).then((response) => response.text());
  expect(us.requests.map(({ hasKey }) => hasKey)).toEqual([true, true, true, false]);
});

it("counts calls by endpoint, and forgets them", async () => {
  const { us, client } = await oneInstance();
  await Promise.all([client.create(), client.create(), client.list()]);
  expect([us.calls("create"), us.calls("list"), us.calls("update")]).toEqual([2, 1, 0]);
  us.forgetRequests();
  expect([us.calls("create"), us.requests.length, us.peakConcurrency]).toEqual([0, 0, 0]);
  await client.list();
  expect(us.requests).toMatchObject([{ number: 4 }]);
});

it("counts the requests that are under way at once", async () => {
  const { us, client } = await oneInstance();
  await client.list();
  await client.list();
  expect(us.peakConcurrency).toBe(1);
});

it("hands out copies: a test cannot change a row by accident", async () => {
  const { us } = await oneInstance({ postbacks: rows(2) });
  for (const row of us.postbacks()) row.postbackStatus = "changed";
  const added = us.add({ affiliateId: 1, offerId: 0, postbackUrl: "https://t.example/" });
  added.postbackStatus = "changed";
  expect(us.postbacks().map((row) => row.postbackStatus)).toEqual(["active", "active", "active"]);
});

it("lets a test change rows behind the API's back", async () => {
  const { us } = await oneInstance({ postbacks: rows(2) });
  us.edit(1, { postbackUrl: "https://changed.example/" });
  us.remove(2);
  expect(us.add({ affiliateId: 1, offerId: 0, postbackUrl: "https://t.example/" })).toEqual({
    postbackId: 3,
    affiliateId: 1,
    offerId: 0,
    postbackUrl: "https://t.example/",
    postbackStatus: "active",
    postbackType: "Server",
  });
  expect(us.postbacks().map((row) => row.postbackId)).toEqual([1, 3]);
  expect(us.postback(1)?.postbackUrl).toBe("https://changed.example/");
  expect(us.postback(2)).toBeUndefined();
  expect(() => us.edit(2, {})).toThrow("The sandbox has no postback 2");
  expect(() =>
    us.add({ postbackId: 1, affiliateId: 1, offerId: 0, postbackUrl: "https://t.example/" }),
  ).toThrow("The sandbox already has postback 1");
});
