import { describe, expect, it } from "vitest";
import { builtInRules } from "../../../../provider/postback/rules/builtInRules";
import type { CrossCandidate } from "../../../../provider/postback/rules/crossRule";
import { crossRules } from "../../../../provider/postback/rules/crossRules";
import { evaluateCrossRules } from "../../../../provider/postback/rules/evaluateCrossRules";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";

const TODAY = new Date("2026-11-22T12:00:00Z");
const A = "https://a.partner.net/pb?cid=#s2#";
const B = "https://b.partner.net/pb?cid=#s2#";

function one(name: string, changes: Partial<CrossCandidate> = {}): CrossCandidate {
  return { name, affiliateId: 1, offerId: 10, postbackUrl: A, postbackStatus: "active", ...changes };
}

function found(...candidates: CrossCandidate[]): string[] {
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

  it("are allowed pair by pair: it is enough that one of two says why", () => {
    const why = { suppress: { P20: "two systems of one partner" } };
    expect(found(one("a"), one("b", why))).toEqual(["P20 suppressed: a b"]);
    expect(found(one("a"), one("b"), one("c", why))).toEqual(["P20 error: a b", "P20 suppressed: a b c"]);
    expect(found(one("a", why), one("b"), one("c", why))).toEqual(["P20 suppressed: a b c"]);
  });

  it("are allowed until a day pair by pair, too, on one host as on two", () => {
    const until = { overlapUntil: "2026-11-22" };
    expect(found(one("a"), one("b", until))).toEqual([]);
    expect(found(one("a"), one("b"), one("c", { ...until, postbackUrl: B }))).toEqual(["P20 error: a b"]);
  });

  it("do not fire together on two CAKE instances", () => {
    expect(found(one("a", { instance: "eu.example" }), one("b", { instance: "us.example" }))).toEqual([]);
    const eu = { instance: "eu.example" };
    expect(found(one("a", eu), one("b", eu), one("c"))).toEqual(["P20 error: a b"]);
  });
});

describe("a postback for all offers", () => {
  const all = one("all", { offerId: 0 });
  it("is an error beside one for a single offer to the same address", () => {
    expect(found(all, one("a"), one("b", { offerId: 11 }))).toEqual(["P20 error: all a b"]);
  });

  it("is allowed beside all others where it says so, and beside one that says so", () => {
    const why = { suppress: { P20: "the partner removes doubles" } };
    const [a, b] = [one("a"), one("b", { offerId: 11 })];
    expect(found({ ...all, ...why }, a, b)).toEqual(["P20 suppressed: all a b"]);
    expect(found({ ...all, overlapUntil: "2026-11-22" }, a, b)).toEqual([]);
    expect(found(all, a, { ...b, ...why })).toEqual(["P20 error: all a", "P20 suppressed: all a b"]);
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

describe("as many click ids from one sub id as from another", () => {
  const [a, b] = [one("a"), one("b", { offerId: 11, postbackUrl: "https://a.partner.net/pb?cid=#s3#" })];
  it("are found on both sides, in any order: which one is right is unknown", () => {
    expect(found(a, b).sort()).toEqual(["P26 warning: a", "P26 warning: b"]);
    expect(found(b, a).sort()).toEqual(["P26 warning: a", "P26 warning: b"]);
  });

  it("are none where one side is inactive or says why", () => {
    expect(found(a, { ...b, postbackStatus: "Inactive" })).toEqual([]);
    expect(found(a, { ...b, suppress: { P26: "two networks" } })).toEqual(["P26 suppressed: b"]);
  });
});

it.each(crossRules)("$id finds its bad examples, and nothing in its good ones", ({ id, bad, good }) => {
  const rules = (all: typeof bad) =>
    found(...all.map((candidate, index) => ({ ...candidate, name: `${index}` }))).map((text) =>
      text.slice(0, 3),
    );
  expect(new Set(rules(bad))).toEqual(new Set([id]));
  expect(rules(good)).toEqual([]);
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
