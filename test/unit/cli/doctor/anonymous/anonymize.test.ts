import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anonymize } from "../../../../../provider/cli/doctor/anonymous/anonymize";
import { CallRecorder } from "../../../../../provider/cli/doctor/anonymous/calls";
import { publicNames } from "../../../../../provider/cli/doctor/anonymous/fieldNames";
import type { AnonymousDoctorReport } from "../../../../../provider/cli/doctor/anonymous/report";
import { examine } from "../../../../../provider/cli/doctor/examine";
import { openInstance } from "../../../../../provider/cli/input/instance";
import { redactor } from "../../../../../provider/http/redact";
import { KEY } from "../../../cake/support";
import { FakeClock } from "../../../http/fakeClock";
import { serve, serveProxy } from "../../../http/servers";
import { rows, wireRows } from "../../../sandbox/support";
import { startFilledCake } from "../support";

type Env = Readonly<Record<string, string>>;

/** The report for strangers, made as the command makes it. */
async function anonymous(url: string, more: Env = {}, discover = true): Promise<AnonymousDoctorReport> {
  const env = { CAKE_DOMAIN: url, CAKE_API_KEY: KEY, CAKE_REQUEST_TIMEOUT: "1", ...more };
  const instance = openInstance(env, {});
  const calls = new CallRecorder(publicNames(instance));
  const onCall = calls.record.bind(calls);
  const options = { expectIds: [], env, clock: new FakeClock(), discover, onCall };
  return anonymize(await examine(instance, options), calls);
}

describe("the report for strangers", () => {
  it("says what was measured, in orders of magnitude", async () => {
    const cake = await startFilledCake({
      paths: { list: "/api/3/pixels.json" },
      rowBase: 1,
      order: "newestFirst",
    });
    const { list, discovery, software, settings, checks } = await anonymous(cake.url, {
      CAKE_PAGE_SIZE: "50",
    });
    expect(list).toMatchObject({
      ...{ path: "/api/3/pixels.json", postbacks: 10, affiliates: 10, isComplete: true, total: "right" },
      ...{ firstRow: 1, rowZero: "first", order: "newestFirst", pageLimit: { rows: 10, isExact: false } },
      filters: { postback_id: "works", affiliate_id: "works", offer_id: "works" },
    });
    expect(discovery).toMatchObject({ path: "/api/3/pixels.json", ended: null, isBlind: false });
    expect(discovery?.candidates).toEqual([
      { path: "/api/3/pixels.json", withKey: true, answer: "postbacks" },
    ]);
    expect(software).toMatchObject({ node: process.version, platform: process.platform });
    expect(settings).toMatchObject({ pageSize: "50", endpoints: "all", proxy: "none" });
    expect(checks).toMatchObject({ listPath: "ok", order: "ok", create: "unknown" });
  });

  it("shows each answer by status, media type and the shape of its JSON", async () => {
    const cake = await startFilledCake({ ids: "string", totalRows: false }, 3);
    const { calls, moreCalls } = await anonymous(cake.url, {}, false);
    const row = { postback_id: "digits", affiliate_id: "digits", offer_id: "digits", postback_url: "string" };
    expect(calls).toContainEqual(
      expect.objectContaining({
        ...{ paths: ["/api/2/affiliate_postbacks.json"], withKey: true, status: 200, outcome: "success" },
        ...{ fields: ["start_at_row", "row_limit"], mediaType: "application/json", body: "json" },
        shape: {
          fields: {
            request_status: "Success",
            postbacks: {
              rows: {
                fields: { ...row, postback_type: "string", postback_status: "string" },
                otherFields: 0,
              },
            },
          },
          otherFields: 0,
        },
      }),
    );
    const missing = calls.find(({ paths }) => paths.includes("a missing path"));
    expect(missing).toMatchObject({
      withKey: false,
      status: 404,
      outcome: "missing",
      body: "page",
      shape: null,
    });
    expect(moreCalls).toBe(0);
  });

  it("calls a configured path an own path, and shows no value that is free text", async () => {
    const cake = await startFilledCake({ paths: { list: "/canary/list.json" } });
    const env = { CAKE_PATHS: '{"list":"/canary/list.json"}', CAKE_FORMER_DOMAINS: "canary.example" };
    const report = await anonymous(cake.url, env);
    expect(report.list?.path).toBe("own path");
    expect(report.settings.paths).toBe('{"list":"own path"}');
    expect(JSON.stringify(report)).not.toContain("canary");
  });

  it("holds the calls and no list where the key is refused, and asks nothing further", async () => {
    const cake = await startFilledCake();
    cake.rotateKey("another");
    const report = await anonymous(cake.url, {}, false);
    expect([report.exitCode, report.list, report.checks.list]).toEqual([2, null, null]);
    expect(report.calls.map(({ outcome }) => outcome)).toEqual(["missing", "key"]);
    expect(cake.requests).toHaveLength(2);
  });

  it("is bounded, however many kinds of answers there are", async () => {
    let count = 0;
    const words = ["id", "name", "type", "url", "status", "date", "rows", "page", "offer", "event"];
    const server = await serve((_request, response) => {
      count += 1;
      const fields = words.filter((_, index) => (count >> index) % 2 === 1);
      const row = Object.fromEntries(fields.map((field) => [field, 1]));
      const [one] = wireRows(rows(1, count * 600));
      const postbacks = Array.from({ length: 500 }, (_, index) => ({
        ...one,
        postback_id: count * 600 + index,
      }));
      response.end(
        JSON.stringify({ request_status: "Success", ...row, postbacks: count < 150 ? postbacks : [] }),
      );
    });
    const { calls, moreCalls } = await anonymous(server.url.origin, {}, false);
    expect([calls.length, moreCalls > 20]).toEqual([100, true]);
  });
});

/** What a report may not hold, in any spelling: all of them letters only, so that they pass as words. */
const HOST = "acmecanaryhost";
const CANARIES = {
  host: HOST,
  key: "keycanaryletters",
  id: "7340123456",
  url: "https://partnercanary.example/pb?token=tokencanary",
  message: "messagecanary",
  field: "fieldcanary",
};

describe("a hostile instance", () => {
  const name = fc.constantFrom(
    ...Object.values(CANARIES).flatMap((one) => [
      one,
      one.toUpperCase(),
      `postback_${one}`,
      encodeURIComponent(one),
    ]),
    ...Object.values(CANARIES).map((one) => Buffer.from(one).toString("base64")),
    ...["postbacks", "response", "request_status", "__proto__", "constructor", "\u001b[31m"],
  );

  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...Object.values(CANARIES), Number(CANARIES.id), null, true, ""),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(name, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  it("puts no host, key, ID, URL, message or name of its own into the report", async () => {
    const proxy = await serveProxy();
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 4, maxLength: 8 }), fc.nat(), async (bodies, seed) => {
        let count = seed % bodies.length;
        const server = await serve((_request, response) => {
          count += 1;
          const body = bodies[count % bodies.length];
          const status = [200, 200, 401, 404, 302, 500][count % 6] ?? 200;
          const location = status === 302 ? { location: CANARIES.url } : {};
          response.writeHead(status, { "content-type": CANARIES.message, server: HOST, ...location });
          const envelope = {
            request_status: count % 2 ? "Success" : CANARIES.message,
            message: CANARIES.message,
          };
          response.end(
            JSON.stringify(count % 3 ? { ...envelope, [CANARIES.field]: body, postbacks: body } : body),
          );
        });
        // The proxy leads every such name to this machine.
        const url = `http://${HOST}.example:${server.url.port}`;
        const report = await anonymous(url, {
          CAKE_API_KEY: CANARIES.key,
          CAKE_ALLOW_INSECURE_HTTP: "true",
          CAKE_PROXY: proxy.url,
        });
        expect(report.calls.length).toBeGreaterThan(1);
        const text = JSON.stringify(report);
        expect(text.toLowerCase()).not.toContain("canary");
        expect(redactor(Object.values(CANARIES))(text)).toBe(text);
        expect(text).not.toContain(`:${server.url.port}`);
      }),
      { numRuns: 40 },
    );
  });

  it("shows names of fields that are words of CAKE's, unless the host or a setting has the word", async () => {
    const instance = openInstance(
      {
        CAKE_DOMAIN: "tracker-campaign.example",
        CAKE_API_KEY: "postback_id",
        CAKE_PATHS: '{"list":"/vertical/x"}',
      },
      {},
    );
    const isPublic = publicNames(instance);
    const names = [
      "affiliate_id",
      "campaign_id",
      "vertical_name",
      "postback_id",
      "Offer",
      "offer2",
      "acme",
      "_id",
      "",
    ];
    expect(names.filter(isPublic)).toEqual(["affiliate_id"]);
    expect(isPublic("offer_".repeat(10).concat("id"))).toBe(false);
  });
});
