import { describe, expect, it } from "vitest";
import { instanceHosts, openInstance, type SavedSettings } from "../../../../provider/cli/input/instance";
import { CodedError } from "../../../../provider/message";

const saved: SavedSettings = {
  "cake:domain": "us.example",
  "cake:apiKey": "stack-key",
  "cake:paths": '{"list":"/own"}',
  "cake:rules": '{"macros":["mine"]}',
  "cake:proxy": "http://user:pr0xyPW@proxy.example",
};

function refusal(...given: Parameters<typeof openInstance>): string {
  try {
    openInstance(...given);
  } catch (error) {
    if (error instanceof CodedError) return error.message;
    throw error;
  }
  return "";
}

describe("the settings of a stack", () => {
  it("name the instance, its key, paths, rules and proxy", () => {
    const { origin, apiKey, settings } = openInstance({}, {}, saved);
    expect({ origin, apiKey }).toEqual({ origin: "https://us.example", apiKey: "stack-key" });
    expect(settings).toMatchObject({ paths: { list: "/own" }, rules: { macros: ["mine"] } });
  });

  it("give way to the environment for the key, and for nothing else", () => {
    const env = { CAKE_API_KEY: "env-key", CAKE_PATHS: '{"list":"/other"}', CAKE_RULES: '{"macros":["b"]}' };
    const { apiKey, settings } = openInstance(env, {}, saved);
    expect(apiKey).toBe("env-key");
    expect(settings).toMatchObject({ paths: { list: "/own" }, rules: { macros: ["mine"] } });
  });

  it.each(["eu.example", "http://us.example:81", "us.example.evil.example"])(
    "never meet the instance that --domain %s names",
    (domain) => {
      for (const env of [{}, { CAKE_API_KEY: "env-key" }]) {
        const message = refusal(env, { domain }, saved);
        expect(message).toContain("Nothing was sent");
        expect(message).toContain("us.example");
        expect(message).not.toContain("stack-key");
      }
    },
  );

  it("keep their key for CAKE_DOMAIN where they name no instance", () => {
    const keyOnly = { "cake:apiKey": "stack-key" };
    const env = { CAKE_DOMAIN: "us.example" };
    expect(openInstance(env, {}, keyOnly).apiKey).toBe("stack-key");
    expect(refusal(env, { domain: "eu.example" }, keyOnly)).toContain("CAKE_DOMAIN is us.example");
    const withKey = { ...env, CAKE_API_KEY: "env-key" };
    expect(openInstance(withKey, { domain: "eu.example" }, keyOnly).apiKey).toBe("env-key");
  });

  it.each(["us.example", "https://US.example/", "us.example:443"])("meet their own as %s", (domain) => {
    expect(openInstance({ CAKE_DOMAIN: "other.example" }, { domain }, saved).origin).toBe(
      "https://us.example",
    );
  });

  it("are refused beside another CAKE_DOMAIN", () => {
    expect(refusal({ CAKE_DOMAIN: "eu.example" }, {}, saved)).toMatch(/"us\.example".*"eu\.example"/);
  });

  it("are taken out of every text: the key, and the proxy's password alone", () => {
    const { redact } = openInstance({}, {}, saved);
    expect(redact("stack-key pr0xyPW")).not.toMatch(/stack-key|pr0xyPW/);
  });
});

describe("what is missing", () => {
  it("is told at once, without advice for runs of Pulumi", () => {
    expect(refusal({}, {})).toBe(
      "No CAKE instance is set: name it with --domain, or in CAKE_DOMAIN.\nNo API key is set: put it into CAKE_API_KEY in the environment. Nothing was sent to CAKE. [settings-missing]",
    );
  });

  it("of an explicit provider is never taken from the default one", () => {
    const env = { CAKE_DOMAIN: "us.example", CAKE_API_KEY: "us-key" };
    expect(refusal(env, { provider: "eu" })).toMatch(/that of the provider "eu".*\n.*CAKE_EU_API_KEY/);
    expect(refusal(env, { provider: "eu", domain: "eu.example" })).toMatch(/^No API key.*CAKE_EU_API_KEY/);
  });
});

describe("the hosts of an instance", () => {
  it("are those of the stack, or those that are named, whatever else is wrong", () => {
    const wrong = { CAKE_CONCURRENCY: "none", CAKE_FORMER_DOMAINS: "old.example" };
    expect(instanceHosts(wrong, {}, { ...saved, "cake:paths": "?" })).toMatchObject({
      ...{ domain: "us.example", formerDomains: ["old.example"] },
    });
    expect(instanceHosts({}, { domain: "http://eu.example" }, {}).domain).toBe("eu.example");
  });
});
