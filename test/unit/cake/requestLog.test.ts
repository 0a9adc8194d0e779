import { describe, expect, it } from "vitest";
import { endpoints } from "../../../provider/cake/endpoints";
import type { HttpOutcome } from "../../../provider/http/transport";
import { answer, clientAt, declaration, errorOf, KEY, scripted, startCake } from "./support";

const ORIGIN = "https://cake.example";
const CREATE = endpoints.create.path;

/** A row as CAKE's article on the log shows it. */
const row = (log_id: number, changes: object = {}) => ({
  log_id,
  username: "ads@example.com",
  request_method: "POST",
  request_url: CREATE,
  response_status: "Success",
  created: `2026-01-15 08:${String(Math.floor(log_id / 60)).padStart(2, "0")}:${String(log_id % 60).padStart(2, "0")}`,
  ...changes,
});

const page = (api_logs: unknown, more: object = {}) =>
  answer({ request_status: "Success", api_logs, ...more });

/** A client of a log that answers as scripted. */
function on(...script: readonly HttpOutcome[]) {
  const network = scripted(...script);
  return { ...network, ...clientAt(ORIGIN, { transport: network.transport }) };
}

/** A client of a log of so many rows. */
function logOf(
  count: number,
  {
    newestFirst = false,
    cap = 500,
    total = true,
  }: { newestFirst?: boolean; cap?: number; total?: boolean } = {},
) {
  const rows = Array.from({ length: count }, (_, index) => row(index + 1));
  if (newestFirst) rows.reverse();
  const asked: number[] = [];
  const { client } = clientAt(ORIGIN, {
    transport: {
      send: async ({ url }) => {
        const start = Number(url.searchParams.get("start_at_row"));
        asked.push(start);
        const shown = rows.slice(start, start + Math.min(cap, Number(url.searchParams.get("row_limit"))));
        return page(shown, total ? { total_rows: rows.length } : {});
      },
    },
  });
  return { client, asked };
}

const timeOf = (log_id: number) => row(log_id).created;

describe("a write in the log", () => {
  it("is told with CAKE's own words for it", async () => {
    const { client } = on(page([row(1)], { total_rows: 1 }));
    expect(await client.loggedWrites()).toEqual({
      writes: [
        {
          endpoint: "create",
          result: "Success",
          httpStatus: null,
          user: "ads@example.com",
          at: "2026-01-15 08:00:01",
        },
      ],
      ...{ read: 1, unreadable: 0, reachesBackTo: "2026-01-15 08:00:01", flaws: [] },
    });
  });

  it.each([
    ["method", "url", "status", "user", "date"],
    ["http_method", "path", "status_code", "user_name", "timestamp"],
    ["request_method", "request_path", "http_status", "email", "request_date"],
  ])("is found under other names of its columns: %s, %s, …", async (method, url, status, user, at) => {
    const given = {
      [method]: "post",
      [url]: CREATE,
      [status]: "201",
      [user]: "ann",
      [at]: "2026-01-15T08:00:00Z",
    };
    const { client } = on(page([given], { total_rows: "1" }));
    expect((await client.loggedWrites()).writes).toEqual([
      { endpoint: "create", result: "201", httpStatus: 201, user: "ann", at: "2026-01-15T08:00:00Z" },
    ]);
  });

  it("may lack everything but what was asked for", async () => {
    const { client } = on(
      page([{ request_url: endpoints.update.path, response_status: 500 }], { total_rows: 1 }),
    );
    expect(await client.loggedWrites()).toMatchObject({
      writes: [{ endpoint: "update", result: "500", httpStatus: 500, user: null, at: null }],
      reachesBackTo: null,
    });
  });

  it.each([
    `${CREATE}?api_key=${KEY}`,
    `https://cake.example${CREATE}?postback_url=https%3A%2F%2Ft.example`,
    CREATE.toUpperCase(),
    `${CREATE}/`,
    `${CREATE}&api_key=x`,
  ])(
    "is known by its path however it is written, and nothing else of the address is kept: %s",
    async (url) => {
      const { client } = on(page([row(1, { request_url: url })], { total_rows: 1 }));
      const found = await client.loggedWrites();
      expect(found.writes).toMatchObject([{ endpoint: "create" }]);
      expect(JSON.stringify(found)).not.toMatch(/key-4711|t\.example|api_key/);
    },
  );

  it("never shows the key, wherever the log has it", async () => {
    const { client } = on(
      page([row(1, { username: `bot ${KEY}`, response_status: KEY })], { total_rows: 1 }),
    );
    const { writes } = await client.loggedWrites();
    expect(writes).toMatchObject([{ user: "bot [redacted]", result: "[redacted]" }]);
  });

  it("is none where it reads, or is for another endpoint", async () => {
    const others = [
      row(1, { request_method: "GET" }),
      row(2, { request_url: endpoints.list.path }),
      row(3, { request_url: endpoints.campaigns.path }),
      row(4, { request_url: "/api/2/offer.json" }),
    ];
    const { client } = on(page(others, { total_rows: 4 }));
    expect(await client.loggedWrites()).toMatchObject({ writes: [], read: 4, reachesBackTo: timeOf(1) });
  });

  it("is known by the path that a setting names", async () => {
    const { transport } = scripted(page([row(1, { request_url: "/own/up.json" })], { total_rows: 1 }));
    const { client } = clientAt(ORIGIN, { transport, paths: { update: "/own/up.json" } });
    expect((await client.loggedWrites()).writes).toMatchObject([{ endpoint: "update" }]);
  });
});

describe("the question", () => {
  it("is for POSTs, from a day on where one is given, with both paging parameters", async () => {
    const { client, sent } = on(page([], { total_rows: 0 }));
    await client.loggedWrites({ since: "2026-01-31" });
    await client.loggedWrites();
    const asked = sent.map(({ url }) => Object.fromEntries(url.searchParams));
    const every = { api_key: KEY, request_method: "POST", start_at_row: "0", row_limit: "500" };
    expect(asked).toEqual([{ ...every, start_date: "2026-01-31" }, every]);
  });
});

describe("a row that cannot be read", () => {
  it.each([null, "x", 5, [], {}, { request_method: "POST" }, row(9, { request_url: "" })])(
    "is counted, and makes the reading flawed: %j",
    async (bad) => {
      const { client } = on(page([row(1), bad], { total_rows: 2 }));
      expect(await client.loggedWrites()).toMatchObject({
        ...{ read: 1, unreadable: 1 },
        flaws: ["the log holds rows that cannot be read"],
      });
    },
  );
});

describe("a log of several pages", () => {
  it.each([false, true])("is read whole, the latest first, where newestFirst is %s", async (newestFirst) => {
    for (const total of [true, false]) {
      const { client, asked } = logOf(1_020, { newestFirst, total });
      const { writes, flaws, reachesBackTo } = await client.loggedWrites();
      expect(writes.map(({ at }) => at)).toEqual(
        Array.from({ length: 1_020 }, (_, index) => timeOf(1_020 - index)),
      );
      expect([flaws, reachesBackTo]).toEqual([[], timeOf(1)]);
      expect(asked).toEqual(total ? [0, 500, 1_000] : [0, 500, 1_000, 1_020]);
    }
  });

  it("is read in the pages that it holds to", async () => {
    const { client, asked } = logOf(60, { cap: 25 });
    expect((await client.loggedWrites()).read).toBe(60);
    expect(asked).toEqual([0, 25, 50]);
  });

  it("is not over with a full page whose total may be its own count", async () => {
    const rows = Array.from({ length: 620 }, (_, index) => row(620 - index));
    const pages = [rows.slice(0, 500), rows.slice(500), []];
    const { client } = on(...pages.map((shown) => page(shown, { total_rows: shown.length })));
    expect(await client.loggedWrites()).toMatchObject({ read: 620, flaws: [] });
  });

  it("tells after each page how far it is", async () => {
    const seen: unknown[] = [];
    await logOf(700).client.loggedWrites({ onPage: (...page) => seen.push(page) });
    expect(seen).toEqual([
      [500, 700],
      [700, 700],
    ]);
  });

  it.each([
    [true, [0, 500]],
    [false, [0, 700, 1_200]],
  ])("is read in its latest part only, if that is wanted (newestFirst: %s)", async (newestFirst, rows) => {
    const { client, asked } = logOf(1_700, { newestFirst });
    const { writes, read, flaws, reachesBackTo } = await client.loggedWrites({ maxPages: 2 });
    expect([writes[0]?.at, reachesBackTo, read]).toEqual([timeOf(1_700), timeOf(701), 1_000]);
    expect(flaws).toEqual(["only the latest 1000 requests of the log were read"]);
    expect(asked).toEqual(rows);
  });

  it("says so where only the oldest requests can be reached", async () => {
    const { client } = logOf(1_700, { total: false });
    const { flaws, reachesBackTo } = await client.loggedWrites({ maxPages: 2 });
    expect(flaws.join()).toMatch(/begins with its oldest requests .* only the oldest 1000 were read/);
    expect(reachesBackTo).toBe(timeOf(1));
  });

  it("says so where it does not show which requests are the latest", async () => {
    const plain = Array.from({ length: 500 }, () => ({ request_method: "POST", request_url: CREATE }));
    const { client } = on(page(plain, { total_rows: 900 }));
    const { flaws } = await client.loggedWrites({ maxPages: 1 });
    expect(flaws.join()).toContain("whether they are the latest cannot be told");
  });

  it("counts a request once that a new one has moved to the next page", async () => {
    const rows = (from: number, to: number) =>
      Array.from({ length: from - to + 1 }, (_, index) => row(from - index));
    const { client } = on(page(rows(600, 101), { total_rows: 600 }), page(rows(101, 1), { total_rows: 601 }));
    const { read, flaws } = await client.loggedWrites();
    expect([read, flaws]).toEqual([600, []]);
  });

  it("is not read for ever where it ignores which page is asked for", async () => {
    const { client, sent } = on(page([row(1), row(2)]));
    const { read, flaws } = await client.loggedWrites();
    expect([read, sent.length]).toEqual([2, 2]);
    expect(flaws.join()).toContain("one page again and again");
  });
});

describe("a log that gives no answer of use", () => {
  it.each([
    ["missing", answer("<html>Not found</html>", { status: 404 })],
    ["webPage", answer("<!DOCTYPE html><title>Log in</title>")],
    ["unexpected", answer({ request_status: "Success" })],
    ["unexpected", answer({ request_status: "Success", api_logs: { row: 1 } })],
    ["refused", answer({ success: false, message: "Invalid start_date" })],
    ["key", answer({ request_status: "Failure", message: "Invalid API Key" })],
    ["lost", answer("<soap:Fault/>", { status: 500 })],
  ] as const)("is an error of the kind %s", async (kind, given) => {
    const error = await errorOf(on(given).client.loggedWrites());
    expect(error).toMatchObject({ kind, endpoint: "logs" });
  });
});

describe("with a real CAKE", () => {
  it.each(["oldestFirst", "newestFirst"] as const)(
    "tells who wrote, the latest first (%s)",
    async (logOrder) => {
      const cake = await startCake();
      cake.behave({ logOrder });
      const { client } = clientAt(cake.url);
      const { postbackId, affiliateId } = await client.create(declaration);
      await client.list();
      await client.campaigns({ affiliateId });
      await client.update(postbackId, { postbackStatus: "inactive" });
      await errorOf(client.update(9999, { postbackStatus: "inactive" }));
      const { writes, read, flaws, reachesBackTo } = await client.loggedWrites();
      expect(writes).toMatchObject([
        { endpoint: "update", result: "Failure", user: "sandbox" },
        { endpoint: "update", result: "Success" },
        { endpoint: "create", result: "Success" },
      ]);
      expect([read, flaws]).toEqual([5, []]);
      expect(reachesBackTo).toBe(writes.at(-1)?.at);
    },
  );

  it("asks again after its throttle", async () => {
    const cake = await startCake();
    cake.injectFault({ on: "logs", fault: { kind: "restricted" } });
    expect(await clientAt(cake.url).client.loggedWrites()).toMatchObject({ writes: [], reachesBackTo: null });
    expect(cake.calls("logs")).toBe(2);
  });

  it("leads to itself where there is none", async () => {
    const cake = await startCake();
    cake.behave({ logs: "missing" });
    const error = await errorOf(clientAt(cake.url).client.loggedWrites());
    expect(error).toMatchObject({ kind: "missing", endpoint: "logs", outcomeUnknown: false });
  });
});
