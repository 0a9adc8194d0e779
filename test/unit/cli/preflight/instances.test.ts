import { describe, expect, test } from "vitest";
import type { PreflightReport } from "../../../../provider/cli/preflight/report";
import { deployment, exported, made, making, provider, reportOnBoth as report, SECRET } from "./support";

const ELSEWHERE = { domain: "other.example.com" };

/** What the default provider's settings, and the environment, say about one postback on cake.example.com. */
function onDefault(settings: Record<string, unknown>, env: Record<string, string> = {}): PreflightReport {
  return report(deployment([provider("default", settings).state, made("acme")]), env);
}

function onExplicit(settings: Record<string, unknown>, env: Record<string, string> = {}): PreflightReport {
  const eu = provider("eu", { "cake:name": "eu", ...settings });
  return report(deployment([eu.state, made("acme", { provider: eu.reference })]), env);
}

/** Where the postbacks should be that are elsewhere. */
function configured({ stops }: PreflightReport): string[] {
  return stops.flatMap((stop) => (stop.kind === "otherInstance" ? [stop.configured] : []));
}

describe("a postback of the default provider", () => {
  test.each([
    ["the saved domain", { "cake:domain": "cake.example.com" }, {}],
    ["the saved domain, written as a URL", { "cake:domain": "https://CAKE.example.com:443/" }, {}],
    [
      "a saved former domain",
      { "cake:domain": "new.example", "cake:formerDomains": '["cake.example.com"]' },
      {},
    ],
    ["CAKE_DOMAIN", {}, { CAKE_DOMAIN: "cake.example.com" }],
    [
      "one of CAKE_FORMER_DOMAINS",
      { "cake:domain": "new.example" },
      { CAKE_FORMER_DOMAINS: "a.example, cake.example.com" },
    ],
    [
      "CAKE_DOMAIN, which is newer than the saved one",
      { "cake:domain": "wrong.example" },
      { CAKE_DOMAIN: "cake.example.com" },
    ],
  ])("goes on where it lives on %s", (_, settings, env) => {
    const { result, stops, notes } = onDefault(settings, env as Record<string, string>);
    expect({ result, stops, notes }).toEqual({ result: "ok", stops: [], notes: [] });
  });

  test.each([
    ["the saved domain", { "cake:domain": "new.example" }, {}, "saved"],
    ["CAKE_DOMAIN", {}, { CAKE_DOMAIN: "new.example" }, "given"],
    [
      "CAKE_DOMAIN, whatever is saved",
      { "cake:domain": "cake.example.com" },
      { CAKE_DOMAIN: "new.example" },
      "given",
    ],
    [
      "its own port",
      { "cake:domain": "new.example" },
      { CAKE_FORMER_DOMAINS: "cake.example.com:8443" },
      "saved",
    ],
  ])("stops where it lives on another instance than %s", (_, settings, env, from) => {
    const { result, stops } = onDefault(settings, env as Record<string, string>);
    expect(result).toBe("stop");
    expect(stops).toMatchObject([
      {
        kind: "otherInstance",
        livesOn: "cake.example.com",
        configured: "new.example",
        from,
        provider: null,
        postbacks: [{ name: "acme", postbackId: "8801" }],
      },
    ]);
  });
});

describe("a postback of an explicit provider", () => {
  test("stops where it lives on another instance than its own provider's", () => {
    const { stops } = onExplicit({ "cake:domain": "eu.example" });
    expect(stops).toMatchObject([{ configured: "eu.example", from: "saved", provider: "eu" }]);
  });

  test("is never compared with CAKE_DOMAIN, which is the default provider's", () => {
    const env = { CAKE_DOMAIN: "new.example" };
    expect(onExplicit({ "cake:domain": "cake.example.com" }, env).result).toBe("ok");
    expect(configured(onExplicit({ "cake:domain": "eu.example" }, env))).toEqual(["eu.example"]);
  });

  test("is compared in a real export", () => {
    const wrong = exported("twoInstances").replace(
      '"domain": "us.example.com"',
      '"domain": "eu.example.com"',
    );
    expect(configured(report(wrong))).toEqual(["us.example.com"]);
  });
});

test("postbacks are gathered by where they live and by provider", () => {
  const eu = provider("eu", { "cake:name": "eu", "cake:domain": "eu.example" });
  const cake = provider("default", { "cake:domain": "cake.example.com" });
  const resources = [
    ...[cake.state, eu.state, made("right")],
    ...[made("a", {}, ELSEWHERE), made("b", {}, ELSEWHERE), made("c", { provider: eu.reference })],
    made("d", { provider: eu.reference }, ELSEWHERE),
  ];
  const { stops, totals } = report(deployment(resources));
  expect(stops).toMatchObject([
    { provider: null, livesOn: "other.example.com", postbacks: [{ name: "a" }, { name: "b" }] },
    { provider: "eu", livesOn: "cake.example.com", postbacks: [{ name: "c" }] },
    { provider: "eu", livesOn: "other.example.com", postbacks: [{ name: "d" }] },
  ]);
  expect(totals).toEqual({
    postbacks: 5,
    instances: { "cake.example.com": 2, "other.example.com": 3 },
  });
});

describe("what cannot be compared is a note", () => {
  test.each([
    ["no domain is saved", {}],
    ["the saved domain is secret", { "cake:domain": SECRET }],
    ["the saved domain is none", { "cake:domain": "https://user:password@x/" }],
  ])("where %s and none is given", (_, settings) => {
    for (const { result, notes } of [onDefault(settings), onExplicit(settings)]) {
      expect(result).toBe("ok");
      expect(notes).toMatchObject([{ kind: "notCompared", unknown: "provider", urns: [made("acme").urn] }]);
    }
  });

  test("where the provider is not in the export", () => {
    const { notes } = report(deployment([made("acme")]), { CAKE_DOMAIN: "new.example" });
    expect(notes).toMatchObject([{ kind: "notCompared", unknown: "provider" }]);
  });

  test("where the state keeps the postback's own instance secret", () => {
    const { state } = provider("default", { "cake:domain": "new.example" });
    const { notes, totals } = report(deployment([state, made("acme", {}, { domain: SECRET })]));
    expect(notes).toMatchObject([{ kind: "notCompared", unknown: "postback" }]);
    expect(totals).toEqual({ postbacks: 1, instances: {} });
  });
});

test("what this stack does not manage, or has deactivated, is neither compared nor counted", () => {
  const { state } = provider("default", { "cake:domain": "cake.example.com" });
  const others = [
    made("read", { external: true }, ELSEWHERE),
    made("gone", { pendingReplacement: true }, ELSEWHERE),
    made("unmade", { id: undefined }, ELSEWHERE),
  ];
  const { result, totals } = report(deployment([state, ...others, made("acme")]));
  expect({ result, totals }).toEqual({
    result: "ok",
    totals: { postbacks: 1, instances: { "cake.example.com": 1 } },
  });
});

test("a create is looked for where the interrupted run worked, not where the next one would", () => {
  const { state } = provider("default", { "cake:domain": "old.example" });
  const text = deployment([state], [["creating", making("acme")]]);
  expect(report(text, { CAKE_DOMAIN: "new.example" }).stops).toMatchObject([{ instance: "old.example" }]);
  const unsaved = deployment([provider("default", {}).state], [["creating", making("acme")]]);
  expect(report(unsaved, { CAKE_DOMAIN: "new.example" }).stops).toMatchObject([{ instance: "new.example" }]);
});
