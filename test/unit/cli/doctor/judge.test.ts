import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { fittingSettings, warnings } from "../../../../provider/cli/doctor/advise";
import { notThere, seen, unclear } from "../../../../provider/cli/doctor/fact";
import type { Facts, WholeList } from "../../../../provider/cli/doctor/facts";
import { type Ability, judge } from "../../../../provider/cli/doctor/judge";
import { printed } from "../../../../provider/cli/doctor/print";
import { cleaned, reportOn } from "../../../../provider/cli/doctor/report";
import { wrapped } from "../../../../provider/cli/doctor/text";
import type { Settled } from "../../../../provider/cli/doctor/writes/settled";
import { PLAIN, verdictOn } from "./support";

const list: WholeList = { postbacks: 1234, affiliates: 56, active: 1200, pages: 3, ms: 900, flaws: [] };

/** A CAKE on which everything that a look can show is as it should be. */
const good: Facts = {
  instance: "cake.example",
  setup: {
    ...{ endpoints: "all", paths: {}, domain: "cake.example", insecureHttp: false },
    ...{ concurrency: 8, requestTimeoutMs: 30_000, listLagMs: 7_000, pageSize: 500 },
  },
  proxy: notThere("calls go straight"),
  address: seen({ addresses: ["192.0.2.1"] }),
  tls: seen({ protocol: "TLSv1.3", validUntil: "2031-01-01", daysLeft: 200, verified: true }),
  server: seen({ ms: 20 }),
  key: seen({ shownBy: "list" }),
  list: seen(list),
  rowBase: seen({ base: 0, rowZero: "first" }),
  totals: seen({ said: 1234, counted: 1234 }),
  pageLimit: seen({ rows: 500, exact: true }),
  filters: { postbackId: seen("honoured"), affiliateId: seen("honoured"), offerId: seen("honoured") },
  createEndpoint: seen(true),
  updateEndpoint: seen(true),
  requestLog: seen(true),
  known: notThere("no id was given with --known"),
  times: { calls: 12, medianMs: 100, slowestMs: 400, throttled: 0 },
};

const withoutList: Partial<Facts> = { setup: { ...good.setup, endpoints: "without-list" } };
const documentedOnly: Partial<Facts> = { setup: { ...good.setup, endpoints: "documented" } };
const listWith = (changes: Partial<WholeList>): Partial<Facts> => ({ list: seen({ ...list, ...changes }) });
const flawed = listWith({ flaws: ["rows moved"] });
const noFilters: Partial<Facts> = { filters: { ...good.filters, offerId: seen("ignored") } };
const noUpdate: Partial<Facts> = { updateEndpoint: notThere("like a path that is not there") };
const noList: Partial<Facts> = { list: notThere("HTTP 404"), key: seen({ shownBy: "request log" }) };

const on = (ability: Ability, changes: Partial<Facts>, settled?: Settled) =>
  verdictOn({ judgements: judge({ ...good, ...changes }, settled) }, ability);

describe("the judgement", () => {
  const cases: readonly [Ability, string, Partial<Facts>, string][] = [
    ["instance", "an accepted key", {}, "works"],
    ["instance", "a known postback that is shown", { known: seen({ shown: [1], lacking: [] }) }, "works"],
    [
      "instance",
      "a known postback that is not",
      { known: seen({ shown: [], lacking: [1] }) },
      "will not work",
    ],
    ["instance", "a refused key", { key: notThere("no", "keyRefused") }, "will not work"],
    ["create", "a good list", {}, "works"],
    ["create", "no list at all", noList, "will not work"],
    ["create", "no list, as the settings say", { ...noList, ...withoutList }, "works"],
    ["drift", "no list, as the settings say", { ...noList, ...withoutList }, "will not work"],
    ["create", "a web page for a list", { list: unclear("a page", "webPage") }, "will not work"],
    ["create", "only documented endpoints", documentedOnly, "works"],
    ["create", "a list that is never whole, with filters", flawed, "works"],
    ["create", "a list that is never whole, without", { ...flawed, ...noFilters }, "will not work"],
    ["duplicates", "a good list", {}, "works"],
    ["duplicates", "no list", noList, "will not work"],
    ["duplicates", "an empty list", listWith({ postbacks: 0 }), "not known"],
    ["duplicates", "only documented endpoints", documentedOnly, "will not work"],
    ["duplicates", "a list that is never whole, with filters", flawed, "works"],
    ["duplicates", "a list that is never whole, without", { ...flawed, ...noFilters }, "will not work"],
    ["drift", "a good list", {}, "works"],
    ["drift", "no list", noList, "will not work"],
    ["drift", "a web page for a list", { list: unclear("a page", "webPage") }, "will not work"],
    ["drift", "an empty list", listWith({ postbacks: 0 }), "not known"],
    ["drift", "a list that is never whole", flawed, "works"],
    ["drift", "only documented endpoints", documentedOnly, "will not work"],
    ["gone", "a good list", {}, "works"],
    ["gone", "a list that is never whole", flawed, "will not work"],
    ["gone", "an empty list", listWith({ postbacks: 0 }), "not known"],
    ["gone", "no list", noList, "will not work"],
    ["update", "an endpoint that was seen", {}, "not known"],
    ["update", "an endpoint that no look shows", { updateEndpoint: unclear("?") }, "not known"],
    ["update", "no endpoint", noUpdate, "will not work"],
    ["update", "only documented endpoints", documentedOnly, "will not work"],
    ["deactivate", "an endpoint that was seen", {}, "not known"],
    ["deactivate", "no endpoint", noUpdate, "will not work"],
    ["deactivate", "only documented endpoints", documentedOnly, "will not work"],
  ];
  it.each(cases)("on %s with %s", (ability, _, changes, verdict) => {
    expect(on(ability, changes)[0]).toBe(verdict);
  });

  it("knows nothing of the rest before the key is accepted", () => {
    const verdicts = judge({ ...good, key: unclear("silence", "silence") }).slice(1);
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(["not known"]));
  });

  it.each([
    ["silence", "allow-list"],
    ["emptyAnswer", "allow-list"],
    ["webPage", "login page"],
    ["keyRefused", "does not accept the key"],
    [undefined, "shows it to be a CAKE"],
  ] as const)("says what %s means", (sign, words) => {
    expect(on("instance", { key: unclear("what came", sign) })[1]).toContain(words);
  });

  it("says that there is no connection before it says anything about the key", () => {
    const [, why] = on("instance", { key: unclear("x"), server: notThere("refused", "unreached") });
    expect(why).toMatch(/^there is no connection: refused\. Check the domain with its port/);
  });

  it("says how the first update will show what no look does", () => {
    expect(on("update", {})[1]).toMatch(/--probe-writes tries it\. A run sends its first update alone/);
    expect(on("update", noList)[1]).not.toContain("--probe-writes");
    expect(on("update", {}, { updateEndpoint: "there" })[1]).not.toContain("--probe-writes");
  });
});

describe("the judgement after a probe of writes", () => {
  const cases: readonly [Ability, Settled, string, string][] = [
    ["create", { secondPost: "inserts" }, "works", "tried"],
    ["create", {}, "works", "the probe of writes stopped"],
    ["create", { secondPost: "overwrites" }, "will not work", "at most one"],
    ["duplicates", { identicalPost: "inserts" }, "works", "second, identical"],
    ["update", { updateEndpoint: "missing" }, "will not work", "no update endpoint"],
    ["update", { statusUpdate: "keeps the URL", urlUpdate: "keeps the status" }, "works", "tried"],
    [
      "update",
      { statusUpdate: "keeps the URL", urlUpdate: "does not keep the status" },
      "will not work",
      "not keep",
    ],
    [
      "update",
      { statusUpdate: "keeps the URL", urlUpdate: "changes nothing" },
      "will not work",
      "changes nothing",
    ],
    ["update", { statusUpdate: "keeps the URL" }, "not known", "first update"],
    ["update", { statusUpdate: "does not keep the URL" }, "will not work", "does not keep"],
    ["deactivate", { updateEndpoint: "missing" }, "will not work", "no update endpoint"],
    ["deactivate", { statusUpdate: "keeps the URL" }, "works", "keeps the URL"],
    ["deactivate", { statusUpdate: "does not keep the URL" }, "will not work", "does not keep"],
  ];
  it.each(cases)("on %s, which settled %j", (ability, settled, verdict, words) => {
    const [said, why] = on(ability, {}, settled);
    expect(said).toBe(verdict);
    expect(why).toContain(words);
  });

  it("believes an update that was made over a look that did not show the endpoint", () => {
    const settled: Settled = {
      updateEndpoint: "there",
      statusUpdate: "keeps the URL",
      urlUpdate: "keeps the status",
    };
    expect(on("update", noUpdate, settled)[0]).toBe("works");
  });
});

describe("the settings that fit", () => {
  const fitting = (changes: Partial<Facts>, settled?: Settled) =>
    Object.fromEntries(
      fittingSettings({ ...good, ...changes }, settled).flatMap(({ name, value }) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
  const setup = (changes: Partial<Facts["setup"]>) => ({ setup: { ...good.setup, ...changes } });
  const domain = "cake.example";

  const cases: readonly [string, Partial<Facts>, object][] = [
    ["a good CAKE", {}, { domain }],
    ["a CAKE that was not seen", { key: unclear("?") }, {}],
    ["no list and no update", { ...noList, ...noUpdate }, { domain, endpoints: "documented" }],
    ["no list, and an update that may be there", noList, { domain, endpoints: "without-list" }],
    ["a web page for a list", { list: unclear("a page") }, { domain, endpoints: "without-list" }],
    ["pages of 2,000", { pageLimit: seen({ rows: 2_000, exact: true }) }, { domain, pageSize: "2000" }],
    ["no end of a page", { pageLimit: seen({ rows: 2_000, exact: false }) }, { domain, pageSize: "10000" }],
    [
      "what is set",
      setup({ endpoints: "documented", concurrency: 2 }),
      { domain, endpoints: "documented", concurrency: "2" },
    ],
    ["own paths", setup({ paths: { list: "/own.json" } }), { domain, paths: '{"list":"/own.json"}' }],
    ["slow answers", { times: { ...good.times, slowestMs: 25_000 } }, { domain, requestTimeout: "75" }],
    [
      "very slow answers",
      { times: { ...good.times, slowestMs: 400_000 } },
      { domain, requestTimeout: "600" },
    ],
    ["a throttle", { times: { ...good.times, throttled: 3 } }, { domain, concurrency: "2" }],
    [
      "plain HTTP",
      setup({ insecureHttp: true, domain: "http://x" }),
      { domain: "http://x", allowInsecureHttp: "true" },
    ],
  ];
  it.each(cases)("for %s", (_, changes, expected) => {
    expect(fitting(changes)).toEqual(expected);
  });

  it.each<[string, Settled, object]>([
    ["a blanking update", { statusUpdate: "does not keep the URL" }, { domain, endpoints: "documented" }],
    ["a switching update", { urlUpdate: "does not keep the status" }, { domain, endpoints: "documented" }],
    ["an update that does nothing", { urlUpdate: "changes nothing" }, { domain }],
    ["a list that lags a little", { shownById: 0, shownInWhole: 3_500 }, { domain }],
    ["a list that lags", { shownById: 5_200, shownInWhole: 3_500 }, { domain, listLag: "11" }],
  ])("for %s", (_, settled, expected) => {
    expect(fitting({}, settled)).toEqual(expected);
  });

  it("name the key always, and a proxy that is set, without a value", () => {
    const proxy = { host: "proxy.example:3128", from: "cake:proxy" } as const;
    const nameless = (facts: Facts) =>
      fittingSettings(facts).flatMap(({ name, value }) => (value === undefined ? [name] : []));
    expect(nameless(good)).toEqual(["apiKey"]);
    expect(nameless({ ...good, proxy: seen(proxy) })).toEqual(["apiKey", "proxy"]);
    expect(nameless({ ...good, proxy: seen({ ...proxy, from: "environment" }) })).toEqual(["apiKey"]);
  });

  it("for a CAKE without list whose update was tried and is missing", () => {
    expect(fitting(noList, { updateEndpoint: "missing" })).toEqual({ domain, endpoints: "documented" });
  });
});

describe("a warning", () => {
  it.each([
    [
      { tls: seen({ protocol: "TLSv1.3", validUntil: "2030-01-05", daysLeft: 4, verified: true }) },
      "2030-01-05",
    ],
    [{ setup: { ...good.setup, insecureHttp: true } }, "clear text"],
    [{ proxy: seen({ host: "p:1", from: "environment" as const }) }, "cake:proxy"],
  ])("is given for %j", (changes, words) => {
    expect(warnings(good, {})).toEqual([]);
    expect(warnings({ ...good, ...changes }, {}).join()).toContain(words);
  });
});

describe("the exit code", () => {
  const codeFor = (changes: Partial<Facts>, writes?: Parameters<typeof reportOn>[2]) =>
    reportOn({ ...good, ...changes }, {}, writes).exitCode;
  const nothing = { settled: {}, leftBehind: [] };

  it("is 0 where nothing was found that will not work, 1 where something was, 2 where nothing could be seen", () => {
    expect([codeFor({}), codeFor(noList), codeFor({ key: unclear("?") })]).toEqual([0, 1, 2]);
  });

  it("is 1 after a surprise, and 2 after a probe that was not made", () => {
    expect(codeFor({}, { ...nothing })).toBe(0);
    expect(codeFor({}, { ...nothing, surprise: "Oh." })).toBe(1);
    expect(codeFor({}, { ...nothing, refusal: "No." })).toBe(2);
  });
});

describe("the printed report", () => {
  it("names every ability with its verdict, every setting with its variable, and every warning", () => {
    const facts = { ...good, ...noList, ...noUpdate };
    const text = printed(reportOn(facts, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }), PLAIN);
    expect(text).toMatch(
      /will not work {2}See before .+\n +See what was .+\n +Notice that a postback is gone\n +this CAKE has no list/,
    );
    expect(text).toContain("pulumi config set cake:endpoints documented");
    expect(text).toContain("CAKE_ENDPOINTS");
    expect(text).toMatch(/Warnings\n {2}NODE_TLS_REJECT_UNAUTHORIZED=0/);
  });

  it("quotes a value that a shell would read otherwise", () => {
    const setup = { ...good.setup, paths: { list: "/it's;rm.json" } };
    expect(printed(reportOn({ ...good, setup }, {}), PLAIN)).toContain(
      `pulumi config set cake:paths '{"list":"/it'\\''s;rm.json"}'`,
    );
  });

  it("gives the settings of an explicit provider as its arguments", () => {
    const setup = { ...good.setup, provider: "eu", paths: { list: "/own.json" }, listLagMs: 9_000 };
    const text = printed(reportOn({ ...good, ...noUpdate, setup }, {}), PLAIN);
    expect(text).not.toContain("pulumi config set cake:");
    expect(text).toContain('new Provider("eu", {');
    for (const line of [
      'domain: "cake.example", //',
      'apiKey: config.requireSecret("euApiKey"), // pulumi config set --secret euApiKey',
      'paths: {"list":"/own.json"}, //',
      "listLag: 9, //",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("keeps its columns in colour", () => {
    const coloured = printed(reportOn(good, {}), pc.createColors(true));
    expect(coloured).toContain("\u001b[32mworks\u001b[39m          Register");
    expect(stripVTControlCharacters(coloured)).toBe(printed(reportOn(good, {}), PLAIN));
  });

  it("breaks lines between words, and never a word", () => {
    expect(wrapped("a bb ccc", 4)).toEqual(["a bb", "ccc"]);
    expect(wrapped("a longerThanFour b", 4)).toEqual(["a", "longerThanFour", "b"]);
    expect(wrapped("", 4)).toEqual([""]);
  });

  it("says one thing where nothing could be looked at", () => {
    const text = printed(reportOn({ ...good, key: unclear("silence") }, {}), PLAIN);
    expect(text).toContain("Reach this instance");
    expect(text).not.toContain("Register postbacks");
  });

  it("has every text cleaned, wherever it stands", () => {
    const clean = (text: string) => text.replace("bad", "good");
    expect(cleaned({ a: ["bad", { b: "bad" }], n: 1, u: null, t: true }, clean)).toEqual({
      ...{ a: ["good", { b: "good" }], n: 1, u: null, t: true },
    });
  });
});
