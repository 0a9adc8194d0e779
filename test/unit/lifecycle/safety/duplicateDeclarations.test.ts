import { describe, expect, it } from "vitest";
import { DuplicateDeclarations } from "../../../../provider/lifecycle/safety/duplicateDeclarations";
import { defaultRuleSettings, type RuleSettings } from "../../../../provider/postback/rules/rule";
import { inputsOf, NEW_URL, URL } from "../support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Resource = readonly [urn: string | undefined, olds: object, news: object];
const TODAY = "2030-01-01";

/** The codes with which each resource of a program is refused, in the order of their checks. */
function refusals(resources: readonly Resource[], rules: RuleSettings = defaultRuleSettings): string[][] {
  const declarations = new DuplicateDeclarations();
  return resources.map(([urn, olds, news]) =>
    declarations.add(urn, { ...olds }, { ...news }, rules, TODAY).map(({ code }) => code),
  );
}

const same = inputsOf();
const firing = inputsOf({ postbackUrl: URL.replace("#s2#", "#s3#") });
const TWICE = ["declared-twice"];
const FIRES = ["declared-firing-twice"];

describe("two resources that declare the same postback", () => {
  it("are refused in preview, with affiliate, offer and type, and without the URL", () => {
    const declarations = new DuplicateDeclarations();
    expect(declarations.add("a", {}, { ...same }, defaultRuleSettings, TODAY)).toEqual([]);
    const [refusal] = declarations.add("b", {}, { ...same }, defaultRuleSettings, TODAY);
    expect(refusal?.text).toContain("affiliate 67890, offer 12345, type 1 and the same URL");
    expect(refusal?.text).not.toContain(URL);
  });

  it.each<[string, Resource, Resource]>([
    ["both are new", ["a", {}, same], ["b", {}, same]],
    ["the one in the state comes first", ["a", same, same], ["b", {}, same]],
    ["the one in the state comes last", ["b", {}, same], ["a", same, same]],
    ["one was changed into the other", ["a", same, same], ["b", inputsOf({ postbackUrl: NEW_URL }), same]],
    ["one was made active", ["a", same, same], ["b", inputsOf({ postbackStatus: "inactive" }), same]],
  ])("are refused where one is new: %s", (_, one, other) => {
    expect(refusals([one, other])).toEqual([[], TWICE]);
  });

  it("are told apart by their URN, so that children of two components may have one name", () => {
    const child = (parent: string) => `urn:pulumi:s::p::cake:Partner${parent}$postback::main`;
    expect(
      refusals([
        [child("A"), {}, same],
        [child("B"), {}, same],
      ]),
    ).toEqual([[], TWICE]);
    expect(
      refusals([
        [child("A"), {}, same],
        [child("A"), {}, same],
      ]),
    ).toEqual([[], []]);
  });

  it("are left alone where both are in the state: they were adopted as CAKE had them", () => {
    expect(
      refusals([
        ["a", same, same],
        ["b", same, same],
      ]),
    ).toEqual([[], []]);
  });

  it("are refused once each, where there are three", () => {
    expect(
      refusals([
        ["a", {}, same],
        ["b", {}, same],
        ["c", {}, same],
      ]),
    ).toEqual([[], TWICE, TWICE]);
  });

  it("are refused whatever the project thinks of the rule about firing twice", () => {
    const off: RuleSettings = { ...defaultRuleSettings, severity: { P20: "off" } };
    expect(
      refusals(
        [
          ["a", {}, same],
          ["b", {}, same],
        ],
        off,
      ),
    ).toEqual([[], TWICE]);
    expect(
      refusals(
        [
          ["a", {}, same],
          ["b", {}, firing],
        ],
        off,
      ),
    ).toEqual([[], []]);
  });
});

describe("two resources that fire for the same conversions", () => {
  it.each<[string, object]>([
    ["one host, another parameter", firing],
    ["one host, another type", { ...firing, postbackTypeId: 3 }],
    ["the postback for all offers", { ...firing, offerId: 0 }],
  ])("are refused: %s", (_, news) => {
    expect(
      refusals([
        ["a", {}, same],
        ["b", {}, news],
      ]),
    ).toEqual([[], FIRES]);
    expect(
      refusals([
        ["b", {}, news],
        ["a", {}, same],
      ]),
      "in the other order",
    ).toEqual([[], FIRES]);
  });

  it("are not refused on two hosts: that is a warning, as lint says", () => {
    const elsewhere = inputsOf({ postbackUrl: "https://elsewhere.example/?cid=#s2#" });
    expect(
      refusals([
        ["a", {}, same],
        ["b", {}, elsewhere],
      ]),
    ).toEqual([[], []]);
    const strict: RuleSettings = { ...defaultRuleSettings, severity: { P20: "error" } };
    expect(
      refusals(
        [
          ["a", {}, same],
          ["b", {}, elsewhere],
        ],
        strict,
      ),
    ).toEqual([[], FIRES]);
  });

  it.each<[string, object, object]>([
    ["the second says why", {}, { suppress: { P20: "two systems" } }],
    ["the first says why", { suppress: { P20: "two systems" } }, {}],
    ["the second is meant until today", {}, { overlapUntil: "2030-01-01" }],
    ["the first is meant until tomorrow", { overlapUntil: "2030-01-02" }, {}],
  ])("pass where %s, and so do two that are equal", (_, one, other) => {
    expect(
      refusals([
        ["a", {}, { ...same, ...one }],
        ["b", {}, { ...firing, ...other }],
      ]),
    ).toEqual([[], []]);
    expect(
      refusals([
        ["a", {}, { ...same, ...one }],
        ["b", {}, { ...same, ...other }],
      ]),
    ).toEqual([[], []]);
  });

  it("are refused from the day after", () => {
    expect(
      refusals([
        ["a", {}, { ...same, overlapUntil: "2029-12-31" }],
        ["b", {}, firing],
      ]),
    ).toEqual([[], FIRES]);
  });
});

describe("no two that are the same", () => {
  it.each<[string, object, string | undefined]>([
    ["another affiliate", { affiliateId: 1 }, "b"],
    ["another offer", { offerId: 1 }, "b"],
    ["one that is inactive", { postbackStatus: "inactive" }, "b"],
    ["a URL that is not known yet", { postbackUrl: UNKNOWN }, "b"],
    ["an affiliate that is not known yet", { affiliateId: UNKNOWN }, "b"],
    ["a status that is not known yet", { postbackStatus: UNKNOWN }, "b"],
    ["the second check of the same resource, as for a replacement", {}, "a"],
    ["a resource of another maker", {}, undefined],
  ])("are refused: %s", (_, changes, urn) => {
    expect(
      refusals([
        ["a", {}, same],
        [urn, {}, { ...same, ...changes }],
      ]),
    ).toEqual([[], []]);
  });

  it("are two that exchange their URLs", () => {
    const other = { ...same, postbackUrl: "https://elsewhere.example/?cid=#s2#" };
    expect(
      refusals([
        ["a", same, other],
        ["b", other, same],
      ]),
    ).toEqual([[], []]);
  });

  it("is one that was declared otherwise before, in the first check of a replacement", () => {
    const moved = { ...same, offerId: 9 };
    expect(
      refusals([
        ["a", {}, same],
        ["a", {}, moved],
        ["b", {}, same],
        ["c", {}, moved],
      ]),
    ).toEqual([...[[], [], []], TWICE]);
  });
});
