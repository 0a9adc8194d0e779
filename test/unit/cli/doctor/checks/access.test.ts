import { describe, expect, it } from "vitest";
import type { Behaviour, FaultPlan } from "../../../../../provider/sandbox/index";
import { startSandbox } from "../../../../../provider/sandbox/index";
import { KEY } from "../../../cake/support";
import { serve } from "../../../http/servers";
import { rows } from "../../../sandbox/support";
import { check, checkIn, examined, notOk, startFilledCake } from "../support";

const IP_LIST = "IP Whitelisting";
const onAny = (fault: FaultPlan["fault"]): FaultPlan => ({ on: "any", times: 99, fault });
// Calls without the key are answered as ever.
const onKey = (on: "list" | "logs", fault: FaultPlan["fault"]): FaultPlan => ({ on, times: 99, fault });

interface Case {
  readonly behaviour?: Partial<Behaviour>;
  readonly faults?: readonly FaultPlan[];
  readonly verdicts: object;
  readonly says: readonly string[];
  readonly saysNot?: readonly string[];
  /** Calls of the list and of the request log. */
  readonly calls: readonly [number, number];
}

const UNSURE = { allowList: "unknown", key: "unknown" } as const;

const cases: readonly [string, Case][] = [
  [
    "that ignores this address with silence",
    {
      behaviour: { addressIgnored: "hang" },
      ...{ verdicts: { server: "unknown", allowList: "problem" }, calls: [1, 0] },
      says: ["no answer within 1 s", IP_LIST],
    },
  ],
  [
    "that ignores this address with empty answers",
    {
      behaviour: { addressIgnored: "empty" },
      ...{ verdicts: { server: "unknown", allowList: "problem" }, calls: [1, 0] },
      says: ["an empty answer", IP_LIST],
    },
  ],
  [
    "whose list and request log hang, while calls without the key are answered",
    {
      faults: [onKey("list", { kind: "hang" }), onKey("logs", { kind: "hang" })],
      ...{ verdicts: UNSURE, calls: [1, 1] },
      ...{ says: ["list: no answer within 1 s", "request log: no answer within 1 s"], saysNot: [IP_LIST] },
    },
  ],
  [
    "whose list and request log are empty answers, while other calls are answered",
    {
      faults: [onKey("list", { kind: "empty" }), onKey("logs", { kind: "empty" })],
      ...{ verdicts: UNSURE, calls: [1, 1], says: ["an empty answer", IP_LIST, "another server"] },
    },
  ],
  [
    "with neither a list nor a request log",
    {
      behaviour: { list: "missing", logs: "missing" },
      ...{ verdicts: UNSURE, calls: [1, 1] },
      says: [
        "list: HTTP 404 (GET /api/2/affiliate_postbacks.json); request log: HTTP 404 (GET /api/2/api_logs.json)",
        "--paths list=its/path",
        "pulumi config set cake:endpoints without-list",
      ],
      saysNot: [IP_LIST, "No connection", "no connection"],
    },
  ],
  [
    "that answers everything with a web page",
    {
      ...{ faults: [onAny({ kind: "html" })], verdicts: UNSURE, calls: [1, 1] },
      ...{ says: ["a web page instead of data", "a firewall's block page"], saysNot: ["No connection"] },
    },
  ],
  [
    "behind a firewall that answers HTTP 403 with a web page",
    {
      ...{ faults: [onAny({ kind: "status", status: 403 })], verdicts: UNSURE, calls: [1, 1] },
      says: ["HTTP 403", "a firewall's block page"],
    },
  ],
  [
    "whose list is missing and whose request log is refused",
    {
      behaviour: { list: "missing" },
      faults: [onKey("logs", { kind: "refused", message: "Not for this role." })],
      ...{
        verdicts: { key: "unknown" },
        calls: [1, 1],
        says: ["CAKE answers this address", "Not for this role"],
      },
    },
  ],
];

describe("an instance", () => {
  it.each(cases)("%s", async (_, { behaviour, faults = [], verdicts, says, saysNot = [], calls }) => {
    const cake = await startFilledCake(behaviour);
    for (const fault of faults) cake.injectFault(fault);
    const { report, words } = await examined(cake.url);
    expect([report.exitCode, report.settings]).toEqual([2, []]);
    expect(notOk(report)).toEqual(verdicts);
    for (const said of says) expect(words).toContain(said);
    for (const said of saysNot) expect(words).not.toContain(said);
    expect([cake.calls("list"), cake.calls("logs")]).toEqual(calls);
  });

  it.each([200, 401, 403])("that refuses the key with HTTP %i is asked with it once", async (keyStatus) => {
    const cake = await startFilledCake({ keyStatus });
    const { report, words } = await examined(cake.url, { env: { CAKE_API_KEY: "another" } });
    expect([report.exitCode, notOk(report)]).toEqual([2, { key: "problem" }]);
    expect(words).toMatch(/rejected: HTTP \d+: "Invalid API Key".*ends the old one at once/);
    expect(cake.calls("list") + cake.calls("logs")).toBe(1);
  });

  it.each([301, 302, 307, 308])(
    "that redirects (HTTP %i) is not followed, and the report says where it leads",
    async (status) => {
      const elsewhere = await serve((_, response) => void response.end());
      const server = await serve(({ url = "" }, response) => {
        response.writeHead(status, { Location: new URL(url, elsewhere.url).href }).end();
      });
      const { report, words } = await examined(server.url.origin);
      expect([report.exitCode, notOk(report)]).toEqual([2, UNSURE]);
      expect(words).toContain(`it redirects to ${elsewhere.url.origin}/api/2/affiliate_postbacks.json`);
      expect(words).toContain("Set the domain to the host on which CAKE itself answers");
      expect(elsewhere.connections).toBe(0);
    },
  );

  it("gets nothing but GETs, and the key only where an endpoint is known to read", async () => {
    const server = await serve((_, response) => {
      response.end(JSON.stringify({ request_status: "Success", postbacks: [], api_logs: [] }));
    });
    await examined(server.url.origin);
    const asked = server.requests.map(({ method, url = "" }) => [method, new URL(url, "http://x")] as const);
    expect(new Set(asked.map(([method]) => method))).toEqual(new Set(["GET"]));
    const paths = (isKeyed: boolean) =>
      asked.filter(([, url]) => url.searchParams.has("api_key") === isKeyed).map(([, url]) => url.pathname);
    expect(new Set(paths(true))).toEqual(
      new Set(["/api/2/affiliate_postbacks.json", "/api/2/api_logs.json"]),
    );
    expect(paths(false)).toContain("/api/2/affiliate_postback.json");
    expect(paths(false)).toContain("/api/2/update_affiliate_postback.json");
  });
});

describe("postbacks that somebody expects", () => {
  it("are shown, or not, as at another network, or for a key that sees only a part", async () => {
    const sandbox = await startSandbox({
      instances: { us: { apiKey: KEY, postbacks: rows(30) }, eu: { postbacks: rows(5, 100) } },
    });
    const us = sandbox.instance("us");
    const look = () => examined(us.url, { expectIds: [1, 30] });
    expect(checkIn((await look()).report, "expectedIds")).toMatchObject({
      verdict: "ok",
      found: "shown: 1, 30",
    });
    us.behave({ visible: ({ postbackId }) => postbackId > 10 });
    expect((await look()).words).toContain("shown: 30; not shown: 1");
    us.behave({ tenant: "eu", visible: () => true });
    const { report, words } = await look();
    await sandbox.close();
    expect([report.exitCode, checkIn(report, "expectedIds").found]).toEqual([1, "not shown: 1, 30"]);
    expect(words).toContain("belongs to another network");
  });

  it("are unknown where a list that is incomplete does not show them", async () => {
    const { url } = await startFilledCake({ shortBy: 2 });
    expect(await check(url, "expectedIds", { expectIds: [1] })).toMatchObject({ verdict: "ok" });
    expect(await check(url, "expectedIds", { expectIds: [30] })).toMatchObject({
      ...{ verdict: "unknown", found: "not shown: 30" },
      advice: expect.stringContaining("incomplete"),
    });
  });

  it("are unknown where none is named, or where there is no list", async () => {
    const named = await check((await startFilledCake()).url, "expectedIds");
    expect(named).toMatchObject({ verdict: "unknown", advice: expect.stringContaining("--expect-id") });
    const { url } = await startFilledCake({ list: "missing" });
    expect(await check(url, "expectedIds", { expectIds: [1] })).toMatchObject({ verdict: "unknown" });
  });
});
