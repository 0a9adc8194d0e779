import { describe, expect, it } from "vitest";
import { Replacements } from "../../../../provider/lifecycle/safety/replacements";
import { inputsOf, NEW_URL, rowOf } from "../support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const before = { ...inputsOf() };
const plan = { urn: "a", news: inputsOf({ postbackTypeId: 3 }), deleteFirst: true };
const ids = (rows: { postbackId: number }[]) => rows.map(({ postbackId }) => postbackId);

describe("a resource", () => {
  it("exists once a check had old inputs, also after a check that hides them", () => {
    const replacements = new Replacements();
    replacements.exists("a", {});
    expect(replacements.isKnown("a")).toBe(false);
    replacements.exists("a", before);
    replacements.exists("a", {});
    expect(replacements.isKnown("a")).toBe(true);
    expect(replacements.isKnown("b")).toBe(false);
  });

  it("of another maker never does", () => {
    const replacements = new Replacements();
    replacements.exists(undefined, before);
    expect(replacements.isKnown(undefined)).toBe(false);
  });
});

describe("the record that a resource is replacing", () => {
  it("is no duplicate of what comes in its place, and is one of anything else", () => {
    const replacements = new Replacements();
    replacements.plan(5, plan);
    expect(replacements.of(5)).toBe(plan);
    expect(ids(replacements.without([rowOf(5), rowOf(6)], "a"))).toEqual([6]);
    expect(ids(replacements.without([rowOf(5), rowOf(6)], "b"))).toEqual([5, 6]);
    expect(ids(replacements.without([rowOf(5)], undefined))).toEqual([5]);
  });

  it("is known by what was declared where the replacement comes without a diff", () => {
    const replacements = new Replacements();
    replacements.exists("a", before);
    expect(ids(replacements.without([rowOf(5), rowOf(6, { postbackUrl: NEW_URL })], "a"))).toEqual([6]);
  });

  it.each([
    ["two records are like it", [rowOf(5), rowOf(6)]],
    ["it has another affiliate", [rowOf(5, { affiliateId: 1 })]],
    ["it has a type that is known to be another", [rowOf(5, { postbackUrl: NEW_URL })]],
  ])("is not guessed where %s", (_, rows) => {
    const replacements = new Replacements();
    replacements.exists("a", before);
    expect(replacements.without(rows, "a")).toEqual(rows);
  });

  it.each([
    ["a value is unknown", { ...before, affiliateId: UNKNOWN }],
    ["a value is missing", { affiliateId: 1, offerId: 2 }],
  ])("is not guessed where %s", (_, olds) => {
    const replacements = new Replacements();
    replacements.exists("a", olds);
    expect(ids(replacements.without([rowOf(5)], "a"))).toEqual([5]);
  });
});
