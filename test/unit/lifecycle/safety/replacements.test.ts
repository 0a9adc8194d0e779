import { describe, expect, it } from "vitest";
import { Replacements } from "../../../../provider/lifecycle/safety/replacements";
import { inputsOf, NEW_URL, rowOf } from "../support";

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

  it("is no duplicate only where a diff planned it: without one, the engine may leave it active", () => {
    const replacements = new Replacements();
    replacements.exists("a", before);
    expect(ids(replacements.without([rowOf(5), rowOf(6, { postbackUrl: NEW_URL })], "a"))).toEqual([5, 6]);
  });
});
