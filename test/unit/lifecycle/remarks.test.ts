import { describe, expect, it } from "vitest";
import { check, checkAmong } from "../../../provider/lifecycle/check";
import { create } from "../../../provider/lifecycle/create";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { DuplicateDeclarations } from "../../../provider/lifecycle/safety/duplicateDeclarations";
import type { Inputs } from "../../../provider/lifecycle/state";
import { update } from "../../../provider/lifecycle/update";
import { ordinaryRules, type RuleSettings } from "../../../provider/postback/rules/rule";
import { callsOf, inputsOf, startCake, URL } from "./support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const OWN: RuleSettings = {
  ...ordinaryRules,
  own: [
    { id: "X01", pattern: "tracker\\.example", message: "is on a tracker that we left", severity: "error" },
  ],
};

function reasons(news: Partial<Inputs>, olds: object = {}, rules = OWN): string[] {
  const inputs = { ...inputsOf(), ...news };
  return checkAmong(
    new DuplicateDeclarations(),
    { rules, domain: undefined },
    { ...olds },
    inputs,
  ).failures.map(({ reason }) => reason);
}

describe("an error that a rule finds", () => {
  it("stops a new and a changed URL, in words that quote no value", () => {
    const [reason = ""] = reasons({});
    expect(reason).toContain("X01");
    expect(reason).toContain("is on a tracker that we left");
    expect(reason).not.toContain("s3cr3t");
    expect(reasons({}, { postbackUrl: "https://before.example/" })).toHaveLength(1);
  });

  it.each([
    ["one that stays as it is", {}, { postbackUrl: URL }],
    ["a record that is taken over as it is", { adopt: { postbackId: 1 } }, {}],
    ["one that the resource bears for a reason", { suppress: { X01: "moves in March" } }, {}],
    ["one that is not known yet", { postbackUrl: UNKNOWN }, {}],
  ])("does not stop %s", (_, news, olds) => {
    expect(reasons(news, olds)).toEqual([]);
  });

  it("weighs what the project says", () => {
    expect(reasons({}, {}, { ...OWN, severity: { X01: "warning" } })).toEqual([]);
    expect(reasons({}, {}, { ...OWN, severity: { X01: "off" } })).toEqual([]);
  });
});

describe("remarks that are wrong", () => {
  it.each([
    [{ suppress: "P12" }, "must be like"],
    [{ suppress: { P99: "because" } }, '"P99" is not the id of a rule'],
    [{ suppress: { P03: " " } }, "the reason for P03 is missing"],
    [{ clickIdSlot: "s9" }, "must be one of s1, s2, s3, s4, s5"],
    [{ overlapUntil: "soon" }, "must be a day"],
    [{ overlapUntil: "2026-13-01" }, "must be a day"],
  ])("are refused: %j", (remarks, said) => {
    const { failures } = check({ ...inputsOf(), ...remarks });
    expect(failures.map(({ reason }) => reason).join()).toContain(said);
  });

  it("pass while they are unknown", () => {
    const unknown = { suppress: UNKNOWN, clickIdSlot: UNKNOWN, overlapUntil: UNKNOWN };
    expect(check({ ...inputsOf(), ...unknown }).failures).toEqual([]);
  });
});

describe("remarks", () => {
  const remarks = {
    suppress: { P12: "no TLS there" },
    clickIdSlot: "s2",
    overlapUntil: "2026-12-31",
  } as const;

  it("are kept from create through refresh", async () => {
    const { run } = await startCake();
    const { id, outs } = await create(run().session, inputsOf(remarks));
    expect(outs).toMatchObject(remarks);
    const { props, inputs } = await read(run().session, id, outs);
    expect(props).toMatchObject(remarks);
    expect(inputs).toMatchObject(remarks);
    expect(diff(run().session, id, props, inputsOf(remarks))).toMatchObject({ changes: false });
  });

  it("are changed in the state only, without a call", async () => {
    const { cake, run } = await startCake();
    const { id, outs } = await create(run().session, inputsOf(remarks));
    cake.forgetRequests();
    const { session } = run();
    const news = inputsOf({ suppress: { P12: "another reason" } });
    expect(diff(session, id, outs, news)).toEqual({
      changes: true,
      replaces: [],
      deleteBeforeReplace: false,
    });
    const { outs: now } = await update(session, id, outs, news);
    expect(now).toMatchObject({ suppress: { P12: "another reason" }, postbackUrl: URL });
    expect(now).not.toHaveProperty("clickIdSlot");
    expect(diff(session, id, now, news).changes).toBe(false);
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 0, filtered: 0 });
  });

  it("go along with a change of the URL", async () => {
    const { run } = await startCake();
    const { id, outs } = await create(run().session, inputsOf());
    const news = inputsOf({ ...remarks, postbackUrl: "https://new.example/?cid=#s2#" });
    const { outs: now } = await update(run().session, id, outs, news);
    expect(now).toMatchObject({ ...remarks, postbackUrl: news.postbackUrl });
    expect(diff(run().session, id, now, news).changes).toBe(false);
  });

  it("that say nothing are none", () => {
    expect(check({ ...inputsOf(), suppress: {} }).inputs).not.toHaveProperty("suppress");
  });
});
