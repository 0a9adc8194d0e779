import { afterEach, describe, expect, it, vi } from "vitest";
import { endpoints } from "../../../../provider/cake/endpoints";
import { readSuccess } from "../../../../provider/cake/envelope";
import { Line } from "../../../../provider/cli/doctor/line";
import { timesOf } from "../../../../provider/cli/doctor/look";
import type { Transport } from "../../../../provider/http/transport";
import { startSandbox } from "../../../../provider/sandbox/index";
import { answer, KEY, startCake } from "../../cake/support";
import { FakeClock } from "../../http/fakeClock";
import { deadPort, serve, serveProxy, serveTls } from "../../http/servers";
import { rows } from "../../sandbox/support";
import { examined, factsOf, reportOn, startFilledCake } from "./support";

afterEach(() => vi.unstubAllEnvs());

const SHORT = { env: { CAKE_REQUEST_TIMEOUT: "1" } };

describe("a look", () => {
  it("sends nothing but GETs, and the key only where an endpoint is known to read", async () => {
    const seen: [string, string, boolean][] = [];
    const server = await serve((request, response) => {
      const url = new URL(request.url ?? "", "http://x");
      seen.push([request.method ?? "", url.pathname, url.searchParams.has("api_key")]);
      response.end(JSON.stringify({ request_status: "Success", postbacks: [], api_logs: [] }));
    });
    await reportOn(server.url.origin);
    expect(new Set(seen.map(([method]) => method))).toEqual(new Set(["GET"]));
    const withKey = new Set(seen.filter(([, , key]) => key).map(([, path]) => path));
    expect(withKey).toEqual(new Set([endpoints.list.path, "/api/2/api_logs.json"]));
    const asked = new Set(seen.map(([, path]) => path));
    expect(asked).toContain(endpoints.create.path);
    expect(asked).toContain(endpoints.update.path);
  });

  it("changes nothing", async () => {
    const cake = await startFilledCake();
    const before = cake.postbacks();
    await reportOn(cake.url);
    expect(cake.postbacks()).toEqual(before);
    expect(cake.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  it("of the list is left out where only documented endpoints may be used", async () => {
    const cake = await startFilledCake();
    const facts = await factsOf(cake.url, { env: { CAKE_ENDPOINTS: "documented" } });
    expect(cake.calls("list")).toBe(0);
    expect(facts.list).toMatchObject({ kind: "unclear", why: expect.stringContaining("documented") });
    expect(facts.key).toEqual({ kind: "seen", value: { shownBy: "request log" } });
  });

  it("goes to the paths of the settings, and an option wins over the environment", async () => {
    const cake = await startFilledCake({ paths: { list: "/own/list.json" } });
    const env = { CAKE_PATHS: '{"list":"/own/list.json"}' };
    expect((await factsOf(cake.url, { env })).list.kind).toBe("seen");
    const paths = '{"list":"/other.json"}';
    expect((await factsOf(cake.url, { env, paths })).list.kind).toBe("notThere");
  });

  it("asks again after a throttle, and counts it", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "list", times: 2, fault: { kind: "restricted" } });
    const facts = await factsOf(cake.url);
    expect(facts.times.throttled).toBe(2);
    expect(facts.list.kind).toBe("seen");
  });

  it("asks again after a slip, once the instance has answered", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "list", fault: { kind: "reset" } });
    expect((await factsOf(cake.url)).list.kind).toBe("seen");
  });
});

describe("the way to the instance", () => {
  it("is straight, and its address is known", async () => {
    const facts = await factsOf((await startFilledCake()).url);
    expect(facts.proxy.kind).toBe("notThere");
    expect(facts.address).toEqual({ kind: "seen", value: { addresses: ["127.0.0.1"] } });
    expect(facts.tls).toMatchObject({ kind: "notThere", why: expect.stringContaining("not encrypted") });
  });

  it("says which proxy is on it, and never the proxy's password", async () => {
    const proxy = await serveProxy();
    const withPassword = proxy.url.replace("//", "//user:pr0xy-pass@");
    const server = await serveTls((_, response) => response.end());
    const output = await examined(server.url.origin, { json: true, env: { CAKE_PROXY: withPassword } });
    const { facts } = JSON.parse(output.printed);
    expect(facts.proxy.value).toEqual({ host: new URL(proxy.url).host, from: "cake:proxy" });
    expect(proxy.tunnels).not.toEqual([]);
    expect(output.printed).not.toContain("pr0xy-pass");
  });

  it("takes the proxy from the environment", async () => {
    const [proxy, server] = [await serveProxy(), await serveTls((_, response) => response.end())];
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    vi.stubEnv("NO_PROXY", "");
    const report = await reportOn(server.url.origin);
    expect(report.facts.proxy).toMatchObject({ value: { from: "environment" } });
    expect(report.warnings.join()).toContain("set cake:proxy");
  });

  it("is not there where nobody listens, or where the name is not known", async () => {
    const dead = await reportOn(`http://127.0.0.1:${await deadPort()}`);
    expect(dead.facts.server).toMatchObject({ kind: "notThere", sign: "unreached" });
    expect(dead.exitCode).toBe(2);
    const nameless = await factsOf("https://no-such-host.invalid");
    expect(nameless.address.kind).toBe("notThere");
  });
});

describe("TLS", () => {
  it("is not there with a certificate that nobody vouches for, and no key was sent", async () => {
    const server = await serveTls((_, response) => response.end());
    const report = await reportOn(server.url.origin);
    expect(report.facts.tls).toMatchObject({ kind: "notThere", why: expect.stringMatching(/CERT|ALTNAME/) });
    expect(report.facts.server).toMatchObject({ kind: "notThere" });
    expect([report.exitCode, server.requests]).toEqual([2, []]);
  });

  it("is told with protocol and end, and a check that was switched off is not taken for trust", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const server = await serveTls((_, response) => response.end());
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const report = await reportOn(server.url.origin, { env });
    expect(report.facts.tls).toMatchObject({
      kind: "seen",
      value: { protocol: expect.stringMatching(/^TLSv1/), verified: false },
    });
    expect(report.warnings.join("\n")).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0");
  });
});

describe("the key", () => {
  it.each([200, 401, 403])(
    "is refused where CAKE says so with HTTP %i, and is then sent no more",
    async (keyStatus) => {
      const cake = await startFilledCake({ keyStatus });
      const report = await reportOn(cake.url, { env: { CAKE_API_KEY: "another" } });
      expect(report.facts.key).toMatchObject({ kind: "notThere", sign: "keyRefused" });
      expect(report.exitCode).toBe(2);
      expect(cake.calls("list") + cake.calls("logs")).toBe(1);
    },
  );

  it("is shown by the request log where there is no list", async () => {
    const facts = await factsOf((await startFilledCake({ list: "missing" })).url);
    expect(facts.list.kind).toBe("notThere");
    expect(facts.key).toEqual({ kind: "seen", value: { shownBy: "request log" } });
  });

  it.each(["hang", "empty"] as const)(
    "is not known where calls meet silence (%s)",
    async (addressIgnored) => {
      const cake = await startFilledCake({ addressIgnored });
      const { facts, exitCode } = await reportOn(cake.url, SHORT);
      const sign = addressIgnored === "hang" ? "silence" : "emptyAnswer";
      expect([facts.key, exitCode]).toMatchObject([{ kind: "unclear", sign }, 2]);
    },
  );

  it("is not known where web pages come", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "any", times: 99, fault: { kind: "html" } });
    const { facts, exitCode } = await reportOn(cake.url);
    expect([facts.key, exitCode]).toMatchObject([{ kind: "unclear", sign: "webPage" }, 2]);
  });
});

describe("the list", () => {
  it("is counted, and read to its end", async () => {
    const { list } = await factsOf((await startFilledCake({ maxRows: 25, totalRows: false }, 60)).url);
    expect(list).toMatchObject({ value: { postbacks: 60, affiliates: 10, active: 60, flaws: [] } });
  });

  it.each([404, 405] as const)("is not there where it answers with %s", async (missingAnswer) => {
    const { list } = await factsOf((await startFilledCake({ list: "missing", missingAnswer })).url);
    expect(list.kind).toBe("notThere");
  });

  it("is unclear where a web page stands in its place", async () => {
    const { list } = await factsOf((await startFilledCake({ list: "missing", missingAnswer: "html" })).url);
    expect(list).toMatchObject({ kind: "unclear", sign: "webPage" });
  });

  it("says why it may lack rows", async () => {
    const { list } = await factsOf((await startFilledCake({ shortBy: 2 })).url);
    expect(list).toMatchObject({ value: { flaws: [expect.stringContaining("30 rows, and 28")] } });
  });

  it("shows the postbacks that somebody knows, or not, as at another tenant", async () => {
    const sandbox = await startSandbox({
      instances: { us: { apiKey: KEY, postbacks: rows(30) }, eu: { postbacks: rows(5, 100) } },
    });
    const us = sandbox.instance("us");
    const known = [1, 30];
    expect((await factsOf(us.url, { known })).known).toMatchObject({
      value: { shown: [1, 30], lacking: [] },
    });
    us.behave({ tenant: "eu" });
    const { facts, exitCode } = await reportOn(us.url, { known });
    await sandbox.close();
    expect(facts.known).toMatchObject({ value: { shown: [], lacking: [1, 30] } });
    expect(exitCode).toBe(1);
  });
});

describe("rows", () => {
  it.each([
    [{ rowBase: 0 }, { base: 0, rowZero: "first" }],
    [{ rowBase: 1 }, { base: 1, rowZero: "first" }],
    [
      { rowBase: 1, rowZero: "refused" },
      { base: 1, rowZero: "refused" },
    ],
    [
      { rowBase: 1, rowZero: "lost" },
      { base: 1, rowZero: "lost" },
    ],
    [
      { rowBase: 1, order: "newestFirst" },
      { base: 1, rowZero: "first" },
    ],
  ] as const)("of a list like %j count from %j", async (behaviour, expected) => {
    const facts = await factsOf((await startFilledCake(behaviour)).url);
    expect(facts.rowBase).toEqual({ kind: "seen", value: expected });
  });

  it.each([0, 1] as const)("of a list with one row count from %i", async (rowBase) => {
    const { rowBase: fact } = await factsOf((await startFilledCake({ rowBase }, 1)).url);
    expect(fact).toMatchObject({ value: { base: rowBase } });
  });

  it("are not known to count from anywhere where the list has none, or ignores where to start", async () => {
    expect((await factsOf((await startCake()).url)).rowBase.kind).toBe("unclear");
    const body = (limit: number) => ({
      request_status: "Success",
      postbacks: rows(30)
        .slice(0, limit)
        .map(({ postbackId }) => wireRow(postbackId)),
    });
    const paged = await serve(({ url = "" }, response) => {
      const limit = Number(new URL(url, "http://x").searchParams.get("row_limit"));
      response.end(JSON.stringify(body(limit)));
    });
    expect((await factsOf(paged.url.origin)).rowBase).toMatchObject({
      why: "the list does not heed start_at_row",
    });
    const whole = await serve((_, response) => void response.end(JSON.stringify(body(30))));
    expect((await factsOf(whole.url.origin)).rowBase).toMatchObject({
      why: expect.stringContaining("row_limit"),
    });
  });
});

function wireRow(postback_id: number) {
  return {
    ...{ postback_id, affiliate_id: 1, offer_id: 1, postback_url: "https://t.example/pb" },
    ...{ postback_type: "Server", postback_status: "active" },
  };
}

describe("the total", () => {
  it.each([
    [true, { kind: "seen", value: { said: 30, counted: 30 } }],
    [31, { kind: "seen", value: { said: 31, counted: 30 } }],
    [false, { kind: "notThere" }],
  ])("given as %s is seen as %j", async (totalRows, expected) => {
    const { totals } = await factsOf((await startFilledCake({ totalRows })).url);
    expect(totals).toMatchObject(expected);
  });
});

describe("the page limit", () => {
  it.each([
    [{ maxRows: 100 }, 250, { rows: 100, exact: true }],
    [{ maxRows: 100, totalRows: false }, 250, { rows: 100, exact: true }],
    [{ maxRows: 100, rowBase: 1, rowZero: "lost", totalRows: false }, 250, { rows: 100, exact: true }],
    [{}, 30, { rows: 30, exact: false }],
    [{}, 501, { rows: 500, exact: true }],
  ] as const)("of a list like %j with %i rows is %j", async (behaviour, count, expected) => {
    const { pageLimit } = await factsOf((await startFilledCake(behaviour, count)).url);
    expect(pageLimit).toEqual({ kind: "seen", value: expected });
  });
});

describe("a filter", () => {
  it.each(["honoured", "ignored"] as const)("that is %s is seen as that", async (filters) => {
    for (const rowZero of ["first", "refused"] as const) {
      const cake = await startFilledCake({ filters, rowBase: 1, rowZero });
      const facts = await factsOf(cake.url);
      for (const fact of Object.values(facts.filters)) expect(fact).toEqual({ kind: "seen", value: filters });
    }
  });

  it("is not known where all postbacks are alike, and a row that only it lacks is noticed", async () => {
    const alike = await startCake({ postbacks: rows(1) });
    expect((await factsOf(alike.url)).filters.affiliateId.kind).toBe("unclear");
    const cake = await startFilledCake();
    cake.injectFault({
      ...{ on: "list", times: 9, where: ({ fields }) => fields.affiliate_id !== undefined },
      fault: { kind: "altered", alter: (answer) => ({ ...(answer as object), postbacks: [] }) },
    });
    const { filters } = await factsOf(cake.url);
    expect(filters.affiliateId).toMatchObject({ kind: "unclear" });
    expect(filters.postbackId).toMatchObject({ value: "honoured" });
  });
});

describe("an endpoint that writes", () => {
  /** A server that answers a bare GET as the test says, by the last piece of the path. */
  const facts = async (answers: Record<string, [status: number, body: string]>) => {
    const server = await serve(({ url = "" }, response) => {
      const name = new URL(url, "http://x").pathname.split("/").at(-1) ?? "";
      const [status, body] = answers[name] ?? [404, `<html>No ${name} at ${Date.now()}</html>`];
      response.writeHead(status).end(body);
    });
    return factsOf(server.url.origin);
  };
  const [create, update] = ["affiliate_postback.json", "update_affiliate_postback.json"];
  const noGet: [number, string] = [405, "<html>Method not allowed</html>"];
  const noKey: [number, string] = [200, '{"request_status":"Failure","message":"Invalid API Key"}'];

  it.each([
    ["HTTP 405", noGet],
    ["a word about the key", noKey],
  ])(
    "is seen where it answers a GET with %s, like the create and unlike a path that is not there",
    async (_, answer) => {
      const { createEndpoint, updateEndpoint } = await facts({ [create]: answer, [update]: answer });
      expect([createEndpoint.kind, updateEndpoint.kind]).toEqual(["seen", "seen"]);
    },
  );

  it("is not there where it answers like a path that is not there, and the create does not", async () => {
    const { createEndpoint, updateEndpoint } = await facts({ [create]: noGet });
    expect([createEndpoint.kind, updateEndpoint.kind]).toEqual(["seen", "notThere"]);
  });

  it("is not known where it answers like neither", async () => {
    const { updateEndpoint } = await facts({ [create]: noGet, [update]: [500, "oops"] });
    expect(updateEndpoint).toMatchObject({ kind: "unclear", why: expect.stringContaining("neither") });
  });

  it("is not known where CAKE answers every GET alike, even if it names the path", async () => {
    const cake = await startFilledCake({ update: "missing", missingAnswer: "refusal" });
    const { createEndpoint, updateEndpoint } = await factsOf(cake.url);
    expect([createEndpoint.kind, updateEndpoint.kind]).toEqual(["unclear", "unclear"]);
  });
});

describe("answer times", () => {
  it("hold every answer, half of them and the slowest", async () => {
    const clock = new FakeClock();
    const waits = [10, 40, 20];
    const transport: Transport = {
      send: async () => {
        clock.time += waits.shift() ?? 0;
        return answer({ request_status: "Success" });
      },
    };
    const limits = { requestTimeoutMs: 1_000, operationTimeoutMs: 9_000 };
    const line = new Line({ origin: "https://cake.example", apiKey: KEY, transport, clock, ...limits });
    for (const path of ["/a", "/b", "/c"]) await line.ask({ path, key: "without", read: readSuccess });
    expect(timesOf(line)).toEqual({ calls: 3, medianMs: 20, slowestMs: 40, throttled: 0 });
  });

  it("count every call that was answered", async () => {
    const cake = await startFilledCake();
    expect((await factsOf(cake.url)).times.calls).toBe(cake.requests.length);
  });
});
