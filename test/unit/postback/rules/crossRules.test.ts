import { describe, expect, it } from "vitest";
import { builtInRules } from "../../../../provider/postback/rules/builtInRules";
import {
  evaluateCrossRules,
  type SuppressibleCandidate,
} from "../../../../provider/postback/rules/evaluateCrossRules";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";

const TODAY = new Date("2026-11-22T12:00:00Z");
const A = "https://a.partner.net/pb?cid=#s2#";
const B = "https://b.partner.net/pb?cid=#s2#";

function one(name: string, changes: Partial<SuppressibleCandidate> = {}): SuppressibleCandidate {
  return { name, affiliateId: 1, offerId: 10, postbackUrl: A, postbackStatus: "active", ...changes };
}

function found(...candidates: SuppressibleCandidate[]): string[] {
  return evaluateCrossRules(candidates, defaultRuleSettings, TODAY).map(
    ({ rule, severity, names, suppressed }) =>
      `${rule} ${suppressed === undefined ? severity : "suppressed"}: ${names.join(" ")}`,
  );
}

describe("two active postbacks of an affiliate and offer", () => {
  it("are an error on one host, whatever their parameters", () => {
    expect(found(one("a"), one("b", { postbackUrl: `${A}&v=2` }))).toEqual(["P20 error: a b"]);
  });

  it("are warned of on two hosts, until the day on which the switch is to be over", () => {
    const b = one("b", { postbackUrl: B });
    expect(found(one("a"), b)).toEqual(["P20 warning: a b"]);
    expect(found(one("a"), { ...b, overlapUntil: "2026-11-22" }), "the last day").toEqual([]);
    expect(found(one("a"), { ...b, overlapUntil: "2026-11-21" })).toEqual(["P20 warning: a b"]);
  });

  it("are none where one is off, or they are for others", () => {
    expect(found(one("a"), one("b", { postbackStatus: "inactive" }))).toEqual([]);
    expect(found(one("a"), one("b", { offerId: 11 }), one("c", { affiliateId: 2 }))).toEqual([]);
  });

  it("are borne if all but one say why", () => {
    const why = { suppress: { P20: "two systems of one partner" } };
    expect(found(one("a"), one("b", why))).toEqual(["P20 suppressed: a b"]);
    expect(found(one("a"), one("b"), one("c", why))).toEqual(["P20 error: a b c"]);
  });
});

describe("a postback for all offers", () => {
  const all = one("all", { offerId: 0 });
  it("is an error beside one for a single offer to the same address", () => {
    expect(found(all, one("a"), one("b", { offerId: 11 }))).toEqual(["P20 error: all a b"]);
  });

  it("is none beside one to another address, or of another affiliate", () => {
    expect(found(all, one("a", { postbackUrl: B }), one("b", { affiliateId: 2 }))).toEqual([]);
  });
});

describe("the click ids of an affiliate", () => {
  const s3 = { postbackUrl: "https://a.partner.net/pb?cid=#s3#" };
  it("are warned of where the fewer disagree with the more", () => {
    const postbacks = [one("a"), one("b", { offerId: 11 }), one("c", { offerId: 12, ...s3 })];
    expect(found(...postbacks)).toEqual(["P26 warning: c"]);
  });

  it("may differ between affiliates, and are not guessed where several sub ids are handed over", () => {
    const both = { postbackUrl: "https://a.partner.net/pb?cid=#s3#&sub=#s1#" };
    expect(found(one("a"), one("b", { affiliateId: 2, ...s3 }), one("c", { offerId: 12, ...both }))).toEqual(
      [],
    );
  });

  it("are what the program says", () => {
    const both = { postbackUrl: "https://a.partner.net/pb?cid=#s3#&sub=#s2#", clickIdSlot: "s3" } as const;
    expect(found(one("a"), one("b", { offerId: 11 }), one("c", { offerId: 12, ...both }))).toEqual([
      "P26 warning: c",
    ]);
  });
});

it("a project weighs these rules like all others", () => {
  const twins = [one("a"), one("b")];
  const weighed = (severity: "warning" | "off") =>
    evaluateCrossRules(twins, { ...defaultRuleSettings, severity: { P20: severity } }, TODAY).map(
      (found) => found.severity,
    );
  expect(weighed("warning")).toEqual(["warning"]);
  expect(weighed("off")).toEqual([]);
});

it("gives each rule an ID of its own", () => {
  const ids = builtInRules.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
