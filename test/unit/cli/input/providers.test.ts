import { describe, expect, it, onTestFinished, vi } from "vitest";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { parsePreview } from "../../../../provider/cli/input/preview";
import { providerRules } from "../../../../provider/cli/input/providers";
import { rulesByText } from "../../../../provider/cli/input/rules";
import { lint } from "../../../../provider/cli/lint/lint";
import { changesOf } from "../../../../provider/cli/review/changes";
import { review } from "../../../../provider/cli/review/review";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { reportOf } from "../lint/support";

const PROVIDER = "pulumi:providers:pulumi-nodejs";
const PLUGIN_PROVIDER = "pulumi:providers:cake";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const EU = `urn:pulumi:dev::shop::${PROVIDER}::eu`;
const DEFAULT = `urn:pulumi:dev::shop::${PROVIDER}::default_3_248_0`;
const RULES = JSON.stringify({ severity: { P24: "error" } });

const eu = {
  urn: EU,
  type: PROVIDER,
  inputs: { "cake:name": "eu", "cake:domain": "https://EU.example.com", "cake:rules": RULES },
};
const byDefault = { urn: DEFAULT, type: PROVIDER, inputs: { "cake:domain": "us.example.com" } };

describe("what a provider decides", () => {
  const rulesOf = providerRules([eu, byDefault], "us.example.com");

  it("is the explicit provider's own instance and rules, also while its ID is unknown", () => {
    const own = { instance: "eu.example.com", rules: RULES };
    expect(rulesOf(`${EU}::1234`)).toEqual(own);
    expect(rulesOf(`${EU}::${UNKNOWN}`)).toEqual(own);
  });

  it("is the stack's for the default provider, and for a resource that names none", () => {
    const stack = { instance: "us.example.com", rules: undefined };
    expect(rulesOf(`${DEFAULT}::1234`)).toEqual(stack);
    expect(rulesOf(undefined)).toEqual(stack);
  });

  it("is unknown for an explicit provider that is not listed", () => {
    expect(rulesOf(`${EU}2::1234`)).toEqual({ instance: undefined, rules: undefined });
  });

  it.each<[string, unknown]>([
    ["no host", "a host"],
    ["secret in a preview", "[secret]"],
    ["secret in a state", SECRET],
    ["secret, and shown in a state", { ...SECRET, plaintext: '"eu.example.com"' }],
    ["not known yet", UNKNOWN],
  ])("is unknown where a setting is %s", (_, value) => {
    const odd = { ...eu, inputs: { "cake:name": "eu", "cake:domain": value, "cake:rules": SECRET } };
    expect(providerRules([odd], undefined)(`${EU}::1`)).toEqual({ instance: undefined, rules: undefined });
  });
});

describe("what a provider of the plugin decides", () => {
  const named = (name: string, parent = "shop:index:Box$") =>
    `urn:pulumi:dev::shop::${parent}${PLUGIN_PROVIDER}::${name}`;
  const plugged = (inputs: object) =>
    providerRules(
      [{ urn: named("eu"), type: PLUGIN_PROVIDER, inputs: { ...inputs } }],
      "us.example.com",
    )(`${named("eu")}::1`);

  it("is its own instance and rules, as text or as JSON", () => {
    const rules = { severity: { P24: "error" } };
    for (const written of [rules, JSON.stringify(rules)])
      expect(plugged({ domain: "https://EU.example.com", rules: written, version: "1.0.0" })).toEqual({
        ...{ instance: "eu.example.com", rules: JSON.stringify(rules) },
      });
  });

  it("is nothing of the stack's, but of the environment, where it has no rules", () => {
    vi.stubEnv("CAKE_RULES", undefined);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(plugged({ domain: "eu.example.com" })).toEqual({ instance: "eu.example.com", rules: "{}" });
    vi.stubEnv("CAKE_RULES", RULES);
    expect(plugged({ domain: "eu.example.com" })).toEqual({ instance: "eu.example.com", rules: RULES });
  });

  it("is unknown where a part of a setting is secret", () => {
    const rules = { macros: [SECRET] };
    expect(plugged({ domain: SECRET, rules })).toEqual({ instance: undefined, rules: "{}" });
  });

  it.each([
    "default",
    "default_1_2_3",
    "default_1_0_0_alpha_1_https_/github.com/pulumi-cake/v1",
    "default_https_/github.com/pulumi-cake",
  ])("is the stack's for the default provider: %s", (name) => {
    const urn = named(name, "");
    const byDefault = { urn, type: PLUGIN_PROVIDER, inputs: { domain: "other.example.com" } };
    expect(providerRules([byDefault], "us.example.com")(`${urn}::1`)).toEqual({
      ...{ instance: "us.example.com", rules: undefined },
    });
  });

  it.each(["default_eu", "defaults", "eu::default_eu"])("is its own for one named %s", (name) => {
    const own = { urn: named(name), type: PLUGIN_PROVIDER, inputs: { domain: "eu.example.com" } };
    expect(providerRules([own], "us.example.com")(`${named(name)}::1`).instance).toBe("eu.example.com");
  });
});

/** A preview of postbacks, of which some go through the explicit provider. */
function previewOf(all: Readonly<Record<string, { url: string; provider: string }>>): string {
  const postbacks = Object.entries(all).map(([name, { url, provider }]) => {
    const inputs = { affiliateId: 1, offerId: 2, postbackUrl: url, postbackStatus: "active" };
    const urn = `urn:pulumi:dev::shop::${TYPE_TOKEN}::${name}`;
    return { op: "create", urn, newState: { type: TYPE_TOKEN, inputs, provider: `${provider}::1` } };
  });
  const { urn, ...newState } = eu;
  return JSON.stringify({
    steps: [{ op: "create", urn, newState }, ...postbacks],
    config: { "cake:domain": "us.example.com" },
  });
}

function findings(preview: string): Record<"lint" | "review", string[]> {
  const today = new Date();
  const settingsFor = rulesByText(undefined);
  const read = { source: "a file", isFile: true, ...parseContents(preview, "a file") };
  const { findings } = reportOf(lint([read], ({ rules }) => ({ rules: settingsFor(rules), today })));
  const { changes, crossFindings } = review(changesOf(parsePreview(preview).steps), {
    ...{ settingsFor, today, failOn: "error" as const },
    limits: { maxChanges: 100, maxDeactivations: 100 },
  });
  return {
    lint: findings.map(({ rule, severity, postbacks }) => `${rule} ${severity} ${postbacks.join()}`).sort(),
    review: [
      ...changes.flatMap(({ name, findings: own }) =>
        own.map(({ rule, severity }) => `${rule} ${severity} ${name}`),
      ),
      ...crossFindings.map(({ rule, severity, names }) => `${rule} ${severity} ${names.join()}`),
    ].sort(),
  };
}

describe("lint and review of a preview with two instances", () => {
  it("find a URL that calls its own CAKE instance, and weigh it by the rules of its provider", () => {
    const found = findings(
      previewOf({
        us: { url: "https://us.example.com/pb?cid=#s2#", provider: DEFAULT },
        other: { url: "https://eu.example.com/pb?cid=#s2#", provider: DEFAULT },
        eu: { url: "https://eu.example.com/pb?cid=#s2#&eu=#s1#", provider: EU },
      }),
    );
    expect(found.lint.filter((one) => one.startsWith("P24"))).toEqual(["P24 error eu", "P24 warning us"]);
    expect(found.review.filter((one) => one.startsWith("P24"))).toEqual(["P24 error eu", "P24 warning us"]);
  });

  it("find no two that fire together on different instances", () => {
    const url = "https://track.partner.net/pb?cid=#s2#";
    const apart = findings(
      previewOf({ a: { url, provider: DEFAULT }, b: { url: `${url}&v=2`, provider: EU } }),
    );
    expect([...apart.lint, ...apart.review].filter((one) => one.startsWith("P20"))).toEqual([]);
    const same = findings(previewOf({ a: { url, provider: EU }, b: { url: `${url}&v=2`, provider: EU } }));
    expect(same.lint.filter((one) => one.startsWith("P20"))).toEqual(["P20 error a,b"]);
    expect(same.review.filter((one) => one.startsWith("P20"))).toEqual(["P20 error a,b"]);
  });
});
