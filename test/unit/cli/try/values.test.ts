import { describe, expect, it } from "vitest";
import { macroValues } from "../../../../provider/cli/try/values";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { subjectOf } from "./support";

const rules = { ...defaultRuleSettings, macros: ["goal_x"] };
const valuesOf = (url: string, given: Readonly<Record<string, string>> = {}, more = {}) => {
  const set = Object.entries(given).map(([name, value]) => ({ name, value }));
  const values = macroValues(subjectOf(url, more), set, rules);
  return [...values.values()].map(({ name, value, from }) => `${name}=${value} ${from}`);
};
const failure = (url: string, given: Readonly<Record<string, string>>, more = {}) => {
  try {
    return valuesOf(url, given, more).join();
  } catch (error) {
    return (error as Error).message;
  }
};

describe("the value of a macro", () => {
  it("is the given one, else that of the postback, else the sample, else made up; an unknown macro is kept", () => {
    const url = "https://t.net/#s2#?a=#affid#&o=#oid#&p=#price#&g=#goal_x#&u=#payout#&again=#s2#";
    expect(valuesOf(url, { s2: "a b" }, { affiliateId: 67, offerId: 12 })).toEqual([
      ...["s2=a b given", "affid=67 postback", "oid=12 postback", "price=12.50 sample"],
      ...["goal_x=sample-goal_x invented", "payout=undefined kept"],
    ]);
  });

  it("is a sample where the postback is for all offers, or its affiliate is unknown", () => {
    expect(valuesOf("https://t.net/?a=#affid#&o=#oid#", {}, { offerId: 0 })).toEqual([
      "affid=67890 sample",
      "oid=12345 sample",
    ]);
  });

  it("may be given in the place of every other one, and be empty", () => {
    const url = "https://t.net/?a=#affid#&g=#goal_x#&s=#s3#";
    const given = { affid: "9", goal_x: "deposit", s3: "" };
    expect(valuesOf(url, given, { affiliateId: 67 })).toEqual([
      "affid=9 given",
      "goal_x=deposit given",
      "s3= given",
    ]);
  });

  it("has no place in a URL without the macro, in its exact spelling", () => {
    const url = "https://t.net/?c=#s2#&p=#price#";
    expect(failure(url, { S2: "x" })).toBe(
      "The URL has no macro #S2#. Nothing was done. Did you mean #s2#? It has #s2#, #price#. [try-macro-missing]",
    );
    expect(failure("https://t.net/", { s2: "x" })).toContain("It has no macro at all.");
  });

  it("would not arrive for a macro that CAKE is not known to replace", () => {
    const url = "https://t.net/?c=#clickid#&p=#payout#&q=#prise#&S=#S2#";
    expect(failure(url, { payout: "5" })).toContain(
      "Did you mean #price#? If your CAKE instance replaces it",
    );
    expect(failure(url, { prise: "5" })).toContain("Did you mean #price#?");
    expect(failure(url, { S2: "5" })).toContain("Did you mean #s2#?");
    expect(failure(url, { clickid: "5" }, { clickIdSlot: "s4" })).toContain("Did you mean #s4#?");
  });
});
