import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { cakePolicies, type RuleSettings } from "../../../provider/policy";
import { PLUGIN_TYPE_TOKEN, TYPE_TOKEN } from "../../../provider/postback/postback";
import { urlRules } from "../../../provider/postback/rules/builtInRules";
import { crossRules } from "../../../provider/postback/rules/crossRules";

const NO_CLICK_ID = "https://t.partner.net/pb?payout=#price#&token=s3cr3t";
const good = {
  ...{ affiliateId: 1, offerId: 2, postbackUrl: "https://t.partner.net/pb?cid=#s2#" },
  ...{ postbackStatus: "active", postbackTypeId: 1 },
};

type Properties = Record<string, unknown>;

/** What the policies report of a stack, as "policy level: message". */
async function violations(
  resources: Readonly<Record<string, Properties>>,
  rules: Partial<RuleSettings> = {},
  type: string = TYPE_TOKEN,
  providers: Readonly<Record<string, object>> = {},
): Promise<string[]> {
  const reported: string[] = [];
  const all = Object.entries(resources).map(([name, props]) => ({
    name,
    props,
    type,
    urn: `urn:pulumi:d::p::${type}::${name}`,
    provider: providers[name],
  }));
  for (const policy of cakePolicies({ rules })) {
    const report = (message: string) =>
      reported.push(`${policy.name} ${policy.enforcementLevel}: ${message}`);
    if ("validateStack" in policy) {
      await policy.validateStack({ resources: all } as unknown as StackValidationArgs, report);
    } else {
      const validate = policy.validateResource;
      if (typeof validate !== "function") throw new Error("A policy about one resource is one function.");
      for (const resource of all) await validate(resource as unknown as ResourceValidationArgs, report);
    }
  }
  return reported;
}

describe("the policies", () => {
  it("are the rules: one for each severity of a rule, with the usual one as its level", () => {
    const policies = cakePolicies();
    const inPolicies = urlRules.filter(({ runsIn }) => runsIn.includes("policy"));
    expect(policies).toHaveLength(2 * (inPolicies.length + crossRules.length));
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
    const levels = policies.filter(({ name }) => name.startsWith("cake-p20-"));
    expect(levels.map(({ name, enforcementLevel }) => `${name}: ${enforcementLevel}`)).toEqual([
      "cake-p20-fires-twice-in-stack: mandatory",
      "cake-p20-fires-twice-in-stack-warning: advisory",
    ]);
    for (const { id, severity, why } of inPolicies) {
      const policy = policies.find(({ name }) => name.startsWith(`cake-${id.toLowerCase()}-`));
      expect(policy?.enforcementLevel, id).toBe(severity === "error" ? "mandatory" : "advisory");
      expect(policy?.description).toBe(why);
    }
  });

  it.each([TYPE_TOKEN, PLUGIN_TYPE_TOKEN])(
    "find what the rules find, and quote no value: %s",
    async (type) => {
      const bad = { ...good, offerId: 3, postbackUrl: NO_CLICK_ID };
      const [found = "", ...more] = await violations({ good, bad }, {}, type);
      expect(found).toMatch(
        /^cake-p03-no-click-id advisory: P03 no-click-id: the URL has none of #s1# to #s5#/,
      );
      expect([found, ...more].join()).not.toContain("s3cr3t");
    },
  );

  it("find what several resources break together, and name them", async () => {
    const [found, ...more] = await violations({
      a: good,
      b: { ...good, postbackUrl: `${good.postbackUrl}&v=2` },
    });
    expect(found).toMatch(/^cake-p20-fires-twice-in-stack mandatory: a, b: P20 fires-twice/);
    expect(more).toEqual([]);
  });

  it("weigh what the project says, and bear what a resource gives a reason for", async () => {
    const bad = { ...good, postbackUrl: NO_CLICK_ID };
    expect((await violations({ bad }, { severity: { P03: "error" } }))[0]).toContain("mandatory");
    expect(await violations({ bad }, { severity: { P03: "off" } })).toEqual([]);
    expect(await violations({ bad: { ...bad, suppress: { P03: "by hand" } } })).toEqual([]);
    const own = [{ id: "X01", pattern: "partner", message: "is left behind", severity: "error" }] as const;
    expect((await violations({ good }, { own }))[0]).toContain("cake-x01-own-rule mandatory: X01");
  });

  it("take the rules and the instance of the stack that runs them, and what the pack says wins", async () => {
    const bad = { ...good, postbackUrl: "http://t.partner.net/pb?cid=#s2#" };
    const rules = JSON.stringify({ severity: { P12: "error", P24: "off" }, macros: ["own"] });
    pulumi.runtime.setAllConfig({ "cake:rules": rules, "cake:domain": "t.partner.net" });
    onTestFinished(() => pulumi.runtime.setAllConfig({}));
    expect(await violations({ bad })).toEqual([expect.stringContaining("cake-p12-plain-http mandatory")]);
    expect(await violations({ bad }, { severity: { P12: "off", P24: "warning" } })).toEqual([
      expect.stringContaining("cake-p24-wrong-receiver advisory"),
    ]);
  });

  it("take the rules of the environment where the stack has none", async () => {
    vi.stubEnv("CAKE_RULES", JSON.stringify({ severity: { P03: "off" } }));
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(await violations({ bad: { ...good, postbackUrl: NO_CLICK_ID } })).toEqual([]);
  });

  it("stop a run whose stack has rules that are not valid", () => {
    pulumi.runtime.setAllConfig({ "cake:rules": '{"severty":{}}' });
    onTestFinished(() => pulumi.runtime.setAllConfig({}));
    expect(() => cakePolicies()).toThrow(/^The setting cake:rules.*severty.*\[policy-rules-invalid\]$/s);
  });

  it.each([
    [
      TYPE_TOKEN,
      {
        ...{
          type: "pulumi:providers:pulumi-nodejs",
          urn: "urn:pulumi:d::p::pulumi:providers:pulumi-nodejs::eu",
        },
        props: { "cake:name": "eu", "cake:domain": "t.partner.net" },
      },
    ],
    [
      PLUGIN_TYPE_TOKEN,
      {
        ...{ type: "pulumi:providers:cake", urn: "urn:pulumi:d::p::pulumi:providers:cake::eu" },
        props: { domain: "t.partner.net" },
      },
    ],
  ])("take the instance of an explicit provider for its resources: %s", async (type, eu) => {
    expect(await violations({ bad: good }, {}, type, { bad: eu })).toEqual([
      expect.stringContaining("cake-p24-wrong-receiver"),
    ]);
    const twice = { a: good, b: { ...good, postbackUrl: `${good.postbackUrl}&v=2` } };
    expect(await violations(twice, { severity: { P24: "off" } }, type, { b: eu })).toEqual([]);
    const both = { a: eu, b: eu };
    expect(await violations(twice, { severity: { P24: "off" } }, type, both)).toHaveLength(1);
  });

  it("take the stack's instance where the provider is the plugin's default one", async () => {
    const type = "pulumi:providers:cake";
    const own = { type, urn: `urn:pulumi:d::p::${type}::default_1_0_0`, props: { domain: "other.example" } };
    pulumi.runtime.setAllConfig({ "cake:domain": "t.partner.net" });
    onTestFinished(() => pulumi.runtime.setAllConfig({}));
    expect(await violations({ bad: good }, {}, PLUGIN_TYPE_TOKEN, { bad: own })).toHaveLength(1);
  });

  it("count a reason that is not known yet", async () => {
    const suppress = Object.defineProperty({}, "P03", {
      enumerable: true,
      get: () => {
        throw new Error("The value is not known yet.");
      },
    });
    expect(await violations({ bad: { ...good, postbackUrl: NO_CLICK_ID, suppress } })).toEqual([]);
  });

  it("leave other resources alone, and wait for what is not known yet", async () => {
    expect(
      await violations({ other: { ...good, postbackUrl: NO_CLICK_ID } }, {}, "aws:s3/bucket:Bucket"),
    ).toEqual([]);
    const unknown = Object.defineProperty({ ...good }, "postbackUrl", {
      get: () => {
        throw new Error("The value is not known yet.");
      },
    });
    expect(await violations({ unknown })).toEqual([]);
  });
});
