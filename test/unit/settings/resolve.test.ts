import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultRuleSettings } from "../../../provider/postback/rules/rule";
import { resolveSettings, type Settings } from "../../../provider/settings/resolve";
import { SETTING_NAMES, settings } from "../../../provider/settings/settings";
import { SettingsError } from "../../../provider/settings/settingsError";

type Texts = Readonly<Record<string, string | undefined>>;

const resolve = (stack: Texts = {}, env: Texts = {}): Settings =>
  resolveSettings({ config: (key) => stack[key.replace(/^cake:/, "")], env });

function problemsOf(stack: Texts, env: Texts = {}): string {
  try {
    resolve(stack, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
}

describe("without any setting", () => {
  it("the defaults hold, and neither instance nor key is known", () => {
    expect(resolve()).toEqual({
      ...{ origin: undefined, domain: undefined, apiKey: undefined, keyVariable: "CAKE_API_KEY" },
      ...{ formerDomains: [], endpoints: "all", paths: {}, pageSize: 500, proxy: undefined },
      ...{ concurrency: 8, callsPerSecond: 100, requestTimeoutMs: 30_000, operationTimeoutMs: 300_000 },
      ...{ listLagMs: 7_000, maxDeactivations: 25, maxChanges: 100, rules: defaultRuleSettings },
    });
  });

  it("an empty text is none", () => {
    const blank = Object.fromEntries(SETTING_NAMES.map((name) => [name, " "]));
    expect(resolve(blank)).toEqual(resolve());
  });
});

/** For each setting two values, and the field that shows which one holds. */
const VALUES: Readonly<Record<keyof typeof settings, readonly [string, string, keyof Settings | "http"]>> = {
  domain: ["stack.example", "stack.example", "origin"],
  apiKey: ["stack-key", "env-key", "apiKey"],
  endpoints: ["documented", "without-list", "endpoints"],
  pageSize: ["100", "10000", "pageSize"],
  paths: ['{"list":"/a"}', '{"list":"/b"}', "paths"],
  formerDomains: ["a.example", "b.example", "formerDomains"],
  proxy: ["http://a.example", "http://b.example", "proxy"],
  allowInsecureHttp: ["true", "false", "http"],
  concurrency: ["2", "3", "concurrency"],
  callsPerSecond: ["2", "3", "callsPerSecond"],
  requestTimeout: ["2", "3", "requestTimeoutMs"],
  operationTimeout: ["2", "3", "operationTimeoutMs"],
  listLag: ["2", "3", "listLagMs"],
  maxDeactivations: ["2", "3", "maxDeactivations"],
  maxChanges: ["2", "3", "maxChanges"],
  rules: ['{"macros":["a"]}', '{"macros":["b"]}', "rules"],
};

/** What holds of a setting. Whether http is allowed shows in that an http domain is accepted. */
function heldBy(field: keyof Settings | "http", stack: Texts, env: Texts): unknown {
  if (field !== "http") return resolve(stack, env)[field];
  return problemsOf({ ...stack, domain: "http://cake.example" }, env) === "";
}

describe("which value wins", () => {
  it.each(SETTING_NAMES)("%s: the environment fills a gap of the stack", (name) => {
    const [ofStack, , field] = VALUES[name];
    const fromEnv = heldBy(field, {}, { [settings[name].variable]: ofStack });
    expect(fromEnv).toEqual(heldBy(field, { [name]: ofStack }, {}));
    expect(fromEnv).not.toEqual(field === "http" ? false : resolve()[field]);
  });

  it.each(SETTING_NAMES)("%s: the stack wins, but the environment wins for the key", (name) => {
    const [ofStack, ofEnv, field] = VALUES[name];
    const both = heldBy(field, { [name]: ofStack }, { [settings[name].variable]: ofEnv });
    expect(both).toEqual(heldBy(field, { [name]: name === "apiKey" ? ofEnv : ofStack }, {}));
  });

  it("an empty key in the environment leaves the stack's", () => {
    expect(resolve({ apiKey: "stack-key" }, { CAKE_API_KEY: "" }).apiKey).toBe("stack-key");
  });
});

describe("an explicit provider", () => {
  const eu = { name: "eu", domain: "eu.example" };

  it("listens to its own key variable, and to no other provider's", () => {
    const env = { CAKE_API_KEY: "default", CAKE_US_API_KEY: "us", CAKE_EU_API_KEY: "eu" };
    expect(resolve({ ...eu, apiKey: "stack" }, env)).toMatchObject({
      ...{ apiKey: "eu", keyVariable: "CAKE_EU_API_KEY" },
    });
    expect(resolve({ ...eu, apiKey: "stack" }, { CAKE_API_KEY: "default" }).apiKey).toBe("stack");
    expect(resolve(eu, { CAKE_API_KEY: "default" }).apiKey).toBeUndefined();
  });

  it.each([
    ["eu", "CAKE_EU_API_KEY"],
    ["eu-west.1", "CAKE_EU_WEST_1_API_KEY"],
    ["Größe", "CAKE_GR_SSE_API_KEY"],
    ["a b", "CAKE_A_B_API_KEY"],
  ])("named %s has the variable %s", (name, keyVariable) => {
    expect(resolve({ name }).keyVariable).toBe(keyVariable);
  });

  it("never takes the domain of the default provider, and does not contradict it", () => {
    expect(resolve(eu, { CAKE_DOMAIN: "us.example" }).domain).toBe("eu.example");
    expect(resolve({ name: "eu" }, { CAKE_DOMAIN: "us.example" }).domain).toBeUndefined();
  });

  it("takes the environment for other gaps", () => {
    expect(resolve(eu, { CAKE_CONCURRENCY: "3", CAKE_PROXY: "http://p.example" })).toMatchObject({
      ...{ concurrency: 3, proxy: "http://p.example" },
    });
  });
});

describe("a domain in the environment that contradicts the stack", () => {
  it("is an error that names both", () => {
    const problem = problemsOf({ domain: "a.example" }, { CAKE_DOMAIN: "b.example" });
    expect(problem).toContain('"a.example"');
    expect(problem).toContain('"b.example"');
    expect(problem).toContain("CAKE_DOMAIN");
  });

  it.each([
    ["A.example", "https://a.example/"],
    ["https://a.example", "a.EXAMPLE:443"],
    ["http://127.0.0.1:8080", "127.0.0.1:8080"],
  ])("is none in another spelling: %s, %s", (stack, env) => {
    expect(problemsOf({ domain: stack }, { CAKE_DOMAIN: env })).toBe("");
  });

  it.each(["a.example:8443", "not a host", "https://user:s3cr3t@b.example"])("is one as %s", (env) => {
    const problem = problemsOf({ domain: "a.example" }, { CAKE_DOMAIN: env });
    expect(problem).toContain("CAKE_DOMAIN");
    expect(problem).not.toContain("s3cr3t");
  });
});

describe("the domain", () => {
  it.each([
    ["cake.example", "https://cake.example", "cake.example"],
    ["CAKE.Example", "https://cake.example", "cake.example"],
    ["https://cake.example/", "https://cake.example", "cake.example"],
    ["https://cake.example:443", "https://cake.example", "cake.example"],
    ["cake.example:8443", "https://cake.example:8443", "cake.example:8443"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080"],
    ["http://localhost:1", "http://localhost:1", "localhost:1"],
    ["http://[::1]:1", "http://[::1]:1", "[::1]:1"],
    ["bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"],
  ])("%s is %s", (text, origin, domain) => {
    expect(resolve({ domain: text })).toMatchObject({ origin, domain });
  });

  it.each([
    ["ftp://cake.example", /must be https/],
    ["http://cake.example", /clear text/],
    ["http://127.0.0.1.evil.example", /clear text/],
    ["https://cake.example/api", /without a path/],
    ["cake.example/x", /without a path/],
    ["cake example", /must be a host or a URL/],
    ["cake.example\n", /must be a host or a URL/],
    ["https://", /must be a host or a URL/],
    ["cake.example:port", /must be a host or a URL/],
  ])("%j is refused, quoted", (domain, problem) => {
    expect(problemsOf({ domain })).toMatch(problem);
    expect(problemsOf({ domain })).toContain(`The setting cake:domain is ${JSON.stringify(domain)}`);
  });

  it.each([
    "https://user:s3cr3t@cake.example",
    "user:s3cr3t@cake.example",
    "https://s3cr3t@cake.example",
    "https://u:s3cr3t/x@y@cake.example",
  ])("with a user name or password is refused, and the password is not quoted: %s", (domain) => {
    for (const problem of [problemsOf({ domain }), problemsOf({}, { CAKE_DOMAIN: domain })]) {
      expect(problem).toMatch(/not contain a user name or a password|must be a host or a URL/);
      expect(problem).not.toContain("s3cr3t");
    }
  });

  it("with a part behind a hash is refused, and that part is not quoted, because it may be a key", () => {
    for (const problem of [
      problemsOf({ domain: "cake.example#s3cr3t" }),
      problemsOf({}, { CAKE_DOMAIN: "x#s3cr3t" }),
    ]) {
      expect(problem).toMatch(/without a path/);
      expect(problem).not.toContain("s3cr3t");
    }
  });

  it("with a query is refused, like a path with one", () => {
    expect(problemsOf({ domain: "cake.example?x" })).toMatch(/setting cake:domain is .*without a path/);
    expect(problemsOf({ paths: '{"list":"/x?a=1"}' })).toMatch(
      /cake:paths is .*without a host, a query or control/,
    );
  });

  it("may be http with a word for it", () => {
    expect(resolve({ domain: "http://cake.example", allowInsecureHttp: "true" }).origin).toBe(
      "http://cake.example",
    );
  });
});

describe("other settings", () => {
  it.each([
    ["paths", "list=api/2/x.json", { paths: { list: "/api/2/x.json" } }],
    ["paths", " list = /api/2/x.json , update=y", { paths: { list: "/api/2/x.json", update: "/y" } }],
    ["paths", '{"list":"/api/2/x.json","update":"/y"}', { paths: { list: "/api/2/x.json", update: "/y" } }],
    ["formerDomains", "A.example, b.example:8443 ,", { formerDomains: ["a.example", "b.example:8443"] }],
    ["formerDomains", '["https://A.example"]', { formerDomains: ["a.example"] }],
    ["apiKey", " key\n", { apiKey: "key" }],
    ["concurrency", "32", { concurrency: 32 }],
    ["callsPerSecond", "1", { callsPerSecond: 1 }],
    ["callsPerSecond", "1000", { callsPerSecond: 1000 }],
    ["requestTimeout", "600", { requestTimeoutMs: 600_000 }],
    ["operationTimeout", "3600", { operationTimeoutMs: 3_600_000 }],
    ["listLag", "0", { listLagMs: 0 }],
    ["listLag", "60", { listLagMs: 60_000 }],
    ["maxDeactivations", "1", { maxDeactivations: 1 }],
    ["maxChanges", "1000000", { maxChanges: 1_000_000 }],
  ])("%s: %j is taken", (name, text, expected) => {
    expect(resolve({ [name]: text })).toMatchObject(expected);
  });

  it.each([
    ["endpoints", "everything", /"all", "without-list" or "documented"/],
    ["pageSize", "0", /from 1 to 10000/],
    ["pageSize", "10001", /from 1 to 10000/],
    ["paths", "nonsense", /must be like list=/],
    ["paths", "{nonsense", /not valid JSON/],
    ["paths", "list=/a,list=/b", /must be like list=/],
    ["paths", "create=/x", /"create" is not an assumed endpoint/],
    ["paths", "list=https://evil.example/x", /must be like list=/],
    ["paths", "list=C:/Program Files/Git/api/2/x.json", /must be like list=/],
    ["paths", "list=//evil.example/x", /must be like list=/],
    ["paths", "list=/a;update=/b", /must be like list=/],
    ["paths", "list=/a,", /must be like list=/],
    ["paths", "list=/a,update", /must be like list=/],
    ["paths", "list=a?b", /without a host, a query or control/],
    ["paths", "[]", /must be like list=/],
    ["paths", "null", /must be like list=/],
    ["paths", '{"create":"/x"}', /"create" is not an assumed endpoint; those are list, update/],
    ["paths", '{"__proto__":"/x"}', /not an assumed endpoint/],
    ["paths", '{"list":"https://evil.example/x"}', /without a host, a query or control/],
    ["paths", '{"list":"//evil.example/x"}', /without a host, a query or control/],
    ["paths", '{"list":"/\\\\evil.example/x"}', /without a host, a query or control/],
    ["paths", '{"list":"/\\t/evil.example/x"}', /without a host, a query or control/],
    ["paths", '{"list":"/x?y"}', /without a host, a query or control/],
    ["paths", '{"list":"/x\\u0007y"}', /without a host, a query or control/],
    ["paths", '{"list":5}', /without a host, a query or control/],
    ["formerDomains", "[1]", /list of hosts/],
    ["formerDomains", "[", /not valid JSON/],
    ["formerDomains", "a.example/x", /without a path/],
    ["allowInsecureHttp", "yes", /"true" or "false"/],
    ["concurrency", "0", /from 1 to 32/],
    ["concurrency", "33", /from 1 to 32/],
    ["callsPerSecond", "0", /from 1 to 1000/],
    ["callsPerSecond", "1001", /from 1 to 1000/],
    ["concurrency", "2.5", /from 1 to 32/],
    ["requestTimeout", "30s", /from 1 to 600/],
    ["operationTimeout", "3601", /from 1 to 3600/],
    ["listLag", "61", /from 0 to 60/],
    ["maxDeactivations", "0", /from 1 to 1000000/],
    ["maxChanges", "1.5", /from 1 to 1000000/],
  ])("%s: %j is refused, quoted", (name, text, problem) => {
    expect(problemsOf({ [name]: text })).toMatch(problem);
    expect(problemsOf({ [name]: text })).toContain(`The setting cake:${name} is ${JSON.stringify(text)}`);
  });

  it.each([
    ["apiKey", "s3cr3t with spaces"],
    ["apiKey", "s3cr3t\u0007"],
    ["proxy", "socks5://user:s3cr3t@p.example"],
    ["proxy", "p.example:3128/s3cr3t"],
  ])("%s: %j is refused, and not quoted", (name, text) => {
    const problem = problemsOf({ [name]: text });
    expect(problem).toContain(`The setting cake:${name} `);
    expect(problem).not.toContain("s3cr3t");
  });
});

describe("problems", () => {
  it("are told all at once, with where each value comes from", () => {
    const problem = problemsOf(
      { name: "eu", domain: "ftp://x", concurrency: "0", paths: "?" },
      { CAKE_REQUEST_TIMEOUT: "0", CAKE_EU_API_KEY: "a b", CAKE_ENDPOINTS: "some" },
    );
    for (const where of [
      ...["domain", "concurrency", "paths"].map((name) => `argument ${name} of the provider "eu"`),
      ...["variable CAKE_REQUEST_TIMEOUT", "variable CAKE_EU_API_KEY", "variable CAKE_ENDPOINTS"],
    ]) {
      expect(problem).toContain(`The ${where.includes("CAKE_") ? "environment " : ""}${where}`);
    }
    expect(problem).not.toContain("--run-program");
  });

  it("end with the advice of whoever asked, once", () => {
    const source = { config: () => "?", env: {} };
    expect(() => resolveSettings(source, "Ask a colleague.")).toThrow(
      /^(?!.*Ask.*Ask).*then run again\. Ask a colleague\. \[settings-invalid\]$/s,
    );
  });
});

describe("any path that is accepted", () => {
  it("stays on the instance, whatever a URL makes of it", () => {
    const text = fc.string({ unit: fc.constantFrom(..."/\\@:.?#% \t\nabc") }).map((rest) => `/${rest}`);
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (path) => {
        const stack = { paths: JSON.stringify({ list: path }) };
        if (problemsOf(stack) !== "") return;
        const url = new URL(resolve(stack).paths.list ?? "", "https://cake.example");
        expect(url.origin + url.search + url.hash).toBe("https://cake.example");
      }),
      { seed: 71, numRuns: 500 },
    );
  });
});

it("a key that somebody wrote into an address is not quoted", () => {
  expect(problemsOf({ domain: "https://cake.example/?api_key=the-secret-key" })).toContain(
    "https://cake.example/?***",
  );
  expect(problemsOf({ domain: "https://the-secret-key/x", apiKey: "the-secret-key" })).not.toContain(
    "the-secret-key",
  );
});
