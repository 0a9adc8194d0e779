import { describe, expect, it } from "vitest";
import { DOCUMENTED_MACROS } from "../../../../provider/postback/macros";
import { UrlReading } from "../../../../provider/postback/reading/reading";
import { builtInRules, urlRules } from "../../../../provider/postback/rules/builtInRules";
import { evaluate, sentence, stops } from "../../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";

// All that a rule may want to know.
const KNOWN = { postbackTypeId: 1, clickIdSlot: "s2" } as const;
const AROUND = { domain: "acme.cakemarketing.com", isSecret: false };
const FACTS = { ...KNOWN, ...AROUND, macros: DOCUMENTED_MACROS };
const GOOD = "https://t.partner.net/pb?cid=#s2#&payout=#price#";
const HTTP = GOOD.replace("https", "http");

describe("the rules about one URL", () => {
  it("are in the order of their IDs, each with one of its own", () => {
    const ids = builtInRules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const id of ids) expect(id).toMatch(/^P\d\d$/);
    expect(urlRules.map(({ id }) => id)).toEqual(urlRules.map(({ id }) => id).sort());
  });

  it("have names of their own", () => {
    expect(new Set(urlRules.map(({ name }) => name)).size).toBe(urlRules.length);
  });
});

describe.each(urlRules.map((rule) => [`${rule.id} ${rule.name}`, rule] as const))("%s", (_, rule) => {
  it("finds something in its bad example, with its own severity", () => {
    const found = rule.find(new UrlReading(rule.bad), FACTS);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ severity }) => severity !== undefined)).toEqual([]);
  });

  it("and no rule finds anything in its good one", () => {
    expect(evaluate({ ...KNOWN, postbackUrl: rule.good }, defaultRuleSettings, AROUND)).toEqual([]);
  });

  it("says what it finds in a sentence", () => {
    for (const one of evaluate({ ...KNOWN, postbackUrl: rule.bad }, defaultRuleSettings, AROUND)) {
      expect(sentence(one)).toMatch(/^P\d\d [a-z-]+: (?:the|a|parameter) .+[^.]\. .+\.$/);
    }
  });
});

describe("a finding", () => {
  const found = (severity: "error" | "warning" | "off", suppress?: Record<string, string>) =>
    evaluate({ postbackUrl: HTTP }, { ...defaultRuleSettings, severity: { P12: severity } }, {}, suppress);

  it("weighs what the project decides", () => {
    expect(evaluate({ postbackUrl: HTTP }, defaultRuleSettings).map(stops)).toEqual([false]);
    expect(found("error").map(stops)).toEqual([true]);
    expect(found("warning").map(stops)).toEqual([false]);
    expect(found("off")).toEqual([]);
  });

  it("weighs the same wherever the project has decided, also where the rule has two weights", () => {
    const url = `${GOOD}&&x=1#top`;
    const weights = (severity = {}) =>
      evaluate({ postbackUrl: url }, { ...defaultRuleSettings, severity }).map((one) => one.severity);
    expect(weights()).toEqual(["warning", "error"]);
    expect(weights({ P15: "warning" })).toEqual(["warning", "warning"]);
  });

  it("is borne for a reason, and for its own rule only", () => {
    expect(found("error", { P12: "no TLS until March" })).toMatchObject([
      { suppressed: "no TLS until March" },
    ]);
    expect(found("error", { P12: "no TLS until March" }).map(stops)).toEqual([false]);
    expect(found("error", { P13: "another rule" }).map(stops)).toEqual([true]);
  });

  it("is none where the project knows the macro", () => {
    const url = `${GOOD}&rate=#rate#`;
    expect(evaluate({ postbackUrl: url }, defaultRuleSettings).map(({ rule }) => rule)).toEqual(["P08"]);
    expect(evaluate({ postbackUrl: url }, { ...defaultRuleSettings, macros: ["rate"] })).toEqual([]);
  });
});

describe("what is not known", () => {
  it("is not judged: the type, the slot of the click id, the instance, whether the URL is secret", () => {
    const quiet = ["P06", "P16", "P23", "P24"];
    const found = evaluate({ postbackUrl: `${GOOD}&x=#s3#&token=4f1c9a` }, defaultRuleSettings);
    expect(found.filter(({ rule }) => quiet.includes(rule))).toEqual([]);
  });
});
