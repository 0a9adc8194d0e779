import { describe, expect, it } from "vitest";
import { urlParts } from "../../../provider/postback/url";
import { QUOTE_FORMS } from "../../../provider/sandbox/quote";
import { leaksOf, spellings } from "../../host/support/secrets";
import { callsIn, logFile, requestsOf } from "../callLog/support";
import { deadPort } from "../http/servers";
import { clientAt, declaration, errorOf, KEY, startCake } from "./support";

describe("the log of an instance that throttles", () => {
  it("has a line for each attempt, with its number, and who asked for what", async () => {
    const cake = await startCake();
    const { log, lines } = logFile();
    const { client } = clientAt(cake.url, { log });
    cake.injectFault({ on: "create", fault: { kind: "restricted" }, times: 2 });
    cake.injectFault({ on: "create", fault: { kind: "rateLimited" } });
    cake.injectFault({ on: "list", fault: { kind: "status", status: 503 }, times: 3 });
    const { postbackId } = await client.create(declaration, undefined, "hash-of-a-urn");
    await client.update(postbackId, { postbackStatus: "inactive" }, undefined, "hash-of-a-urn");
    await client.readOne(postbackId);
    await client.list();

    const create = {
      endpoint: "create",
      method: "POST",
      resource: "hash-of-a-urn",
      affiliateId: 67890,
      offerId: 12345,
    };
    const list = { endpoint: "list", method: "GET" };
    expect(lines().map(({ time, process, by, version, ms, instance, ...line }) => line)).toEqual([
      ...[1, 2].map((attempt) => ({
        ...create,
        attempt,
        status: 200,
        outcome: "throttled",
        what: "HTTP 200",
      })),
      { ...create, attempt: 3, status: 429, outcome: "throttled", what: "HTTP 429" },
      { ...create, attempt: 4, status: 200, outcome: "ok", postbackId },
      {
        endpoint: "update",
        method: "POST",
        resource: "hash-of-a-urn",
        postbackId,
        attempt: 1,
        status: 200,
        outcome: "ok",
      },
      ...[1, 2, 3].map((attempt) => ({
        ...{ ...list, postbackId, attempt, status: 503, outcome: "lost" },
        what: "CAKE's server broke (HTTP 503)",
      })),
      { ...list, postbackId, attempt: 4, status: 200, outcome: "ok", rows: 1 },
      { ...list, attempt: 1, status: 200, outcome: "ok", rows: 1 },
      { ...list, attempt: 1, status: 200, outcome: "ok", rows: 1 },
    ]);
    expect(callsIn(lines())).toEqual(requestsOf(cake));
    expect(new Set(lines().map(({ instance }) => instance))).toEqual(new Set([cake.domain]));
    for (const { ms } of lines()) expect(Number.isInteger(ms)).toBe(true);
  });
});

describe("the log of an instance that loses answers", () => {
  it("has no status where no answer came, and one attempt of a create that is not sent again", async () => {
    const cake = await startCake();
    const { log, lines } = logFile();
    const { client } = clientAt(cake.url, { log, requestTimeoutMs: 300 });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    await errorOf(client.create(declaration));
    cake.injectFault({ on: "list", fault: { kind: "hang" } });
    cake.injectFault({ on: "list", fault: { kind: "brokenOff" } });
    await client.list({ affiliateId: 67890 });
    expect(lines()).toMatchObject([
      { endpoint: "create", attempt: 1, status: null, outcome: "lost", what: expect.stringContaining("cut") },
      { attempt: 1, status: null, outcome: "lost", what: "no answer within 0.3 s", affiliateId: 67890 },
      { attempt: 2, status: null, outcome: "lost" },
      { attempt: 3, status: 200, outcome: "ok", rows: 1 },
      ...lines()
        .slice(4)
        .map(() => ({ attempt: 1, outcome: "ok" })),
    ]);
    expect(callsIn(lines())).toEqual(requestsOf(cake));
  });

  it("has a line for an attempt that reached nobody", async () => {
    const { log, lines } = logFile();
    const { client } = clientAt(`http://127.0.0.1:${await deadPort()}`, { log });
    await errorOf(client.list());
    expect(lines()).toMatchObject(
      [1, 2, 3, 4].map((attempt) => ({
        attempt,
        status: null,
        outcome: "unreached",
        ms: expect.any(Number),
      })),
    );
  });
});

describe("the log of an instance whose list is elsewhere", () => {
  it("names the path that a setting says, and only that one", async () => {
    const path = "/api/2/postbacks.json";
    const cake = await startCake();
    cake.behave({ paths: { list: path } });
    const { log, lines } = logFile();
    await errorOf(clientAt(cake.url, { log }).client.list());
    await clientAt(cake.url, { log, paths: { list: path } }).client.list();
    expect(lines()[0]).toMatchObject({ endpoint: "list", status: 404, outcome: "missing" });
    expect(lines()[0]).not.toHaveProperty("path");
    expect(lines()[1]).toMatchObject({ endpoint: "list", path, status: 200, outcome: "ok" });
  });

  it("says that the key is refused", async () => {
    const cake = await startCake();
    const { log, lines } = logFile();
    await errorOf(clientAt(cake.url, { log, apiKey: "another" }).client.list());
    expect(lines()).toMatchObject([{ attempt: 1, outcome: "key" }]);
  });
});

describe("the log holds no secret", () => {
  it("of a URL, in whatever spelling CAKE quotes it", async () => {
    const cake = await startCake();
    const { log, text, lines } = logFile();
    const { client } = clientAt(cake.url, { log });
    const postbackUrl = "https://tracker.example/pb?cid=#s2#&token=c4n4ry/url+key&sign=zweiter schlüssel";
    const [row] = [
      cake.add({ postbackId: 5, affiliateId: 1, offerId: 1, postbackUrl: "https://a.example/?c=#s2#" }),
    ];
    expect(row).toBeDefined();
    for (const as of QUOTE_FORMS) {
      for (const status of [200, 500]) {
        cake.injectFault({ on: "create", fault: { kind: "quoted", as, status } });
        cake.injectFault({ on: "update", fault: { kind: "quoted", as, status } });
        await client.create({ ...declaration, postbackUrl }).catch(() => undefined);
        await client.update(5, { postbackUrl }).catch(() => undefined);
      }
    }
    expect(lines().filter(({ outcome }) => outcome === "refused").length).toBeGreaterThan(QUOTE_FORMS.length);
    for (const value of [...Object.values(urlParts(postbackUrl).query).flat().slice(1), postbackUrl])
      expect(leaksOf(value, text())).toEqual([]);
    expect(text()).not.toContain("tracker.example");
  });

  it("of the key, in whatever spelling CAKE says it", async () => {
    const cake = await startCake();
    const { log, text, lines } = logFile();
    const { client } = clientAt(cake.url, { log });
    for (const form of Object.values(spellings(KEY))) {
      cake.injectFault({ on: "list", fault: { kind: "refused", message: `No ${form}!` } });
      await errorOf(client.listPage({}));
    }
    expect(lines().length).toBe(Object.keys(spellings(KEY)).length);
    expect(leaksOf(KEY, text())).toEqual([]);
  });
});

it("a log that cannot be used refuses each call before anything is sent, and before a lock is taken", async () => {
  const cake = await startCake();
  const { log } = logFile("no/such/folder/cake.log");
  const { client } = clientAt(cake.url, { log });
  let asked = 0;
  const beforeSend = async () => {
    asked += 1;
  };
  for (const call of [
    client.list(),
    client.create(declaration, beforeSend),
    client.update(1, {}, beforeSend),
  ])
    expect(await errorOf(call)).toMatchObject({ code: "call-log-unusable" });
  expect({ asked, requests: cake.requests }).toEqual({ asked: 0, requests: [] });
});
