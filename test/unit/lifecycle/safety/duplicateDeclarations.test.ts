import { describe, expect, it } from "vitest";
import { checkAmong } from "../../../../provider/lifecycle/check";
import { DuplicateDeclarations } from "../../../../provider/lifecycle/safety/duplicateDeclarations";
import { ordinaryRules } from "../../../../provider/postback/rules/rule";
import { inputsOf, NEW_URL, URL } from "../support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The reasons for which each resource of a program is refused, in the order of their checks. */
function refusals(...resources: (readonly [olds: object, news: object])[]): string[][] {
  const declarations = new DuplicateDeclarations();
  return resources.map(([olds, news]) =>
    checkAmong(
      declarations,
      { rules: ordinaryRules, domain: undefined },
      { ...olds },
      { ...news },
    ).failures.map(({ reason }) => reason),
  );
}

const a = inputsOf({ __origin: "a" });
const b = inputsOf({ __origin: "b" });

describe("two resources that declare the same postback", () => {
  it("are refused in preview, with affiliate, offer and type, and without the URL", () => {
    const [first, second] = refusals([{}, a], [{}, b]);
    expect(first).toEqual([]);
    expect(second).toHaveLength(1);
    expect(second?.[0]).toContain("affiliate 67890, offer 12345, type 1 and the same URL");
    expect(second?.[0]).not.toContain(URL);
  });

  it.each([
    ["the one in the state comes first", [a, a], [{}, b]],
    ["the one in the state comes last", [{}, b], [a, a]],
    ["one was changed into the other", [a, a], [inputsOf({ __origin: "b", postbackUrl: NEW_URL }), b]],
  ] as const)("are refused where one is new: %s", (_, one, other) => {
    expect(refusals(one, other).map((reasons) => reasons.length)).toEqual([0, 1]);
  });

  it("are left alone where both are in the state: they were taken over as CAKE had them", () => {
    expect(refusals([a, a], [b, b])).toEqual([[], []]);
  });

  it("are told together with every other problem", () => {
    const [, second] = refusals([{}, a], [{}, { ...b, adopt: 5 }]);
    expect(second).toHaveLength(2);
  });
});

describe("no two that are the same", () => {
  it.each([
    ["another affiliate", { affiliateId: 1 }],
    ["another offer", { offerId: 1 }],
    ["another type", { postbackTypeId: 2 }],
    ["another URL", { postbackUrl: NEW_URL }],
    ["one that is off", { postbackStatus: "inactive" }],
    ["a URL that is not known yet", { postbackUrl: UNKNOWN }],
    ["an affiliate that is not known yet", { affiliateId: UNKNOWN }],
    ["a status that is not known yet", { postbackStatus: UNKNOWN }],
    ["the second check of the same resource, as for a replacement", { __origin: "a" }],
    ["one that says nothing of its origin", { __origin: undefined }],
    ["one whose origin is not known yet", { __origin: UNKNOWN }],
  ])("are refused: %s", (_, changes) => {
    expect(refusals([{}, a], [{}, { ...b, ...changes }])).toEqual([[], []]);
  });

  it("are two that exchange their URLs", () => {
    const other = { postbackUrl: NEW_URL };
    expect(refusals([a, { ...a, ...other }], [{ ...b, ...other }, b])).toEqual([[], []]);
  });
});
