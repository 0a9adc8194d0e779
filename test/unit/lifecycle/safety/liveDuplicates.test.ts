import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/lifecycle/check";
import { create } from "../../../../provider/lifecycle/create";
import { diff } from "../../../../provider/lifecycle/diff";
import type { Inputs } from "../../../../provider/lifecycle/state";
import { update } from "../../../../provider/lifecycle/update";
import type { Postback } from "../../../../provider/postback/postback";
import {
  callsOf,
  failure,
  inputsOf,
  NEW_URL,
  OTHER_URN,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
} from "../support";

const NOTHING_WRITTEN = { create: 0, update: 0 };
const FIRING_URL = `${URL}&extra=1`;
const ELSEWHERE = "https://elsewhere.example/?cid=#s2#";
const unnamed = { postbackType: "iFrame" };

/** A create of `inputs` where these are live. */
async function creating(live: Postback[], inputs: Partial<Inputs> = {}, env = {}) {
  const { cake, run } = await startCake({ postbacks: [...live, ...otherRows(2, 100)] });
  const { context, told } = run({ env });
  const error = await failure(create(context, URN, inputsOf(inputs)));
  return {
    cake,
    told,
    error,
    code: (error as { code?: string }).code ?? "made",
    created: callsOf(cake).create,
  };
}

describe("an equal active postback stops a create", () => {
  it("with its id, without a value, and with what can be done", async () => {
    const { error, cake } = await creating([rowOf(5)]);
    expect(error).toMatchObject({ name: "UnsafeOperationError", code: "equal-postback-is-live" });
    for (const words of [
      "postback 5",
      "(affiliate 67890, offer 12345)",
      '"aliases"',
      "apply its removal first",
      "set adopt.postbackId to 5",
      "CAKE_ON_EXISTING=adopt",
    ])
      expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/tracker\.example|s3cr3t/);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it.each<[string, Partial<Postback>, Partial<Inputs>]>([
    ["in another spelling of its URL", { postbackUrl: URL.replaceAll("#", "%23") }, {}],
    ["with a status in capitals", { postbackStatus: "Active" }, {}],
    ["with a type that no article names", unnamed, {}],
    ["with a type that no article names, declared so", unnamed, { postbackTypeId: 2 }],
  ])("%s", async (_, row, inputs) => {
    expect(await creating([rowOf(5, row)], inputs)).toMatchObject({
      code: "equal-postback-is-live",
      created: 0,
    });
  });

  it("with all of their ids, where there are several", async () => {
    const { error } = await creating([rowOf(5), rowOf(6)]);
    expect(error.message).toContain("postbacks 5, 6");
  });
});

describe("a postback that fires for the same conversions stops a create", () => {
  it.each<[string, Partial<Postback>, Partial<Inputs>]>([
    ["with one parameter more", {}, { postbackUrl: FIRING_URL }],
    ["with another macro", {}, { postbackUrl: URL.replace("#s2#", "#s3#") }],
    ["with another type", {}, { postbackTypeId: 3 }],
    ["for all offers", { offerId: 0 }, {}],
    ["for one offer beside one for all", {}, { offerId: 0 }],
  ])("%s", async (_, row, inputs) => {
    const { code, created, error } = await creating([rowOf(5, row)], inputs);
    expect([code, created]).toEqual(["fires-twice", 0]);
    expect(error.message).toContain("active postback 5");
    expect(error.message).not.toMatch(/tracker\.example|s3cr3t/);
  });

  it("also if it was made since the state was read, by somebody else", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { offerId: 9 })] });
    cake.add(rowOf(6));
    expect(await failure(create(run().context, URN, inputsOf({ postbackUrl: FIRING_URL })))).toMatchObject({
      code: "fires-twice",
    });
  });

  it("on another host only warns, as lint does", async () => {
    const { code, told } = await creating([rowOf(5, { postbackUrl: ELSEWHERE })]);
    expect(code).toBe("made");
    expect(told.join()).toContain("[fires-beside]");
    expect(told.join()).toContain("postback 5");
  });
});

describe("a create with another sub ID than the affiliate's live postbacks", () => {
  const others = [rowOf(5, { offerId: 1 }), rowOf(6, { offerId: 2 }), rowOf(7, { offerId: 3 })];
  const mixed = { postbackUrl: URL.replace("#s2#", "#s3#") };
  const STRICT = { rules: '{"severity":{"P26":"error"}}' };

  it("warns with their IDs, and costs no call", async () => {
    const usual = await creating(others);
    const { code, told, error, cake } = await creating(others, mixed);
    expect(code, error.message).toBe("made");
    expect(callsOf(cake)).toEqual(callsOf(usual.cake));
    expect(usual.told.join()).not.toContain("P26");
    expect(told.filter((text) => text.includes("[live-mixed-slots]"))).toEqual([
      expect.stringContaining("active postbacks 5, 6, 7 in CAKE from #s2#"),
    ]);
    expect(told.join()).not.toMatch(/tracker\.example|s3cr3t/);
  });

  it("is refused where the project says so, and sends nothing", async () => {
    const { cake, run } = await startCake({ postbacks: others });
    const { context } = run({ config: STRICT });
    expect(await failure(create(context, URN, inputsOf(mixed)))).toMatchObject({ code: "live-mixed-slots" });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
    await create(context, URN, inputsOf({ ...mixed, suppress: { P26: "two networks" } }));
    expect(callsOf(cake).create).toBe(1);
  });

  it.each<[string, Postback[], Partial<Inputs>]>([
    ["one inactive other", [rowOf(5, { offerId: 1, postbackStatus: "inactive" })], mixed],
    ["one of another affiliate", [rowOf(5, { affiliateId: 1 })], mixed],
    ["fewer others than its own kind", [...others, rowOf(8, { offerId: 4, ...mixed })], {}],
    ["clickIdSlot that names the same", others, { ...mixed, clickIdSlot: "s2" }],
    ["a reason", others, { ...mixed, suppress: { P26: "two networks" } }],
    ["an inactive one", others, { ...mixed, postbackStatus: "inactive" }],
  ])("says nothing for %s", async (_, live, inputs) => {
    const { code, told } = await creating(live, inputs);
    expect(code).toBe("made");
    expect(told.join()).not.toContain("P26");
  });

  it("warns once for an affiliate, however many are created", async () => {
    const { run } = await startCake({ postbacks: others });
    const { context, told } = run();
    for (const offerId of [11, 12, 13])
      await create(context, `urn-${offerId}`, inputsOf({ ...mixed, offerId }));
    expect(told.filter((text) => text.includes("[live-mixed-slots]"))).toHaveLength(1);
  });

  it("does not count what the run replaces", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { offerId: 1 })] });
    const { context, told } = run();
    const [olds, news] = [inputsOf({ offerId: 1 }), inputsOf({ ...mixed, offerId: 2 })];
    check(context, OTHER_URN, { ...olds }, { ...news });
    diff(context, OTHER_URN, "5", stateOf(rowOf(5, { offerId: 1 }), cake.domain), news);
    await create(context, URN, inputsOf(mixed));
    expect(told.join()).not.toContain("P26");
  });

  it("leaves what the run declares to check", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5, { offerId: 1 })] });
    const { context, told } = run();
    const declared = inputsOf({ offerId: 1, suppress: { P26: "two networks" } });
    check(context, OTHER_URN, { ...declared }, { ...declared });
    await create(context, URN, inputsOf(mixed));
    expect(told.join()).not.toContain("P26");
  });
});

describe("what another resource of the run declares", () => {
  it("is warned of in check alone", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: ELSEWHERE })] });
    const { context, told } = run();
    const declared = inputsOf({ postbackUrl: ELSEWHERE });
    check(context, OTHER_URN, { ...declared }, { ...declared });
    check(context, URN, {}, { ...inputsOf() });
    await create(context, URN, inputsOf());
    expect(told.filter((text) => text.includes("P20"))).toEqual([
      expect.stringContaining("[declared-firing-beside]"),
    ]);
    expect(callsOf(cake).create).toBe(1);
  });

  it("may allow a create beside it, before its diff says which record it has", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const declared = inputsOf({ suppress: { P20: "two systems" } });
    check(context, OTHER_URN, { ...declared }, { ...declared });
    check(context, URN, {}, { ...inputsOf({ postbackUrl: FIRING_URL }) });
    await create(context, URN, inputsOf({ postbackUrl: FIRING_URL }));
  });
});

describe("a create is not stopped", () => {
  it.each<[string, Partial<Postback>, Partial<Inputs>]>([
    ["by another affiliate's", { affiliateId: 1 }, {}],
    ["by another offer's", { offerId: 1 }, {}],
    ["by an inactive equal one", { postbackStatus: "inactive" }, {}],
    ["by one of a status that is not active", { postbackStatus: "Pending Review" }, {}],
    ["where it is inactive itself", {}, { postbackStatus: "inactive" }],
    ["where its program suppresses the rule", {}, { suppress: { P20: "two systems" } }],
    ["until the day of the overlap", {}, { overlapUntil: "2030-01-01" }],
    [
      "by one that fires, where its program suppresses the rule",
      { postbackUrl: FIRING_URL },
      { suppress: { P20: "x" } },
    ],
    ["by one that fires, in an overlap", { postbackUrl: FIRING_URL }, { overlapUntil: "2031-01-01" }],
  ])("%s", async (_, row, inputs) => {
    expect(await creating([rowOf(5, row)], inputs)).toMatchObject({ code: "made", created: 1 });
  });

  it("by a suppression of another rule, or an overlap that is over", async () => {
    expect((await creating([rowOf(5)], { suppress: { P12: "x" } })).code).toBe("equal-postback-is-live");
    expect((await creating([rowOf(5)], { overlapUntil: "2029-12-31" })).code).toBe("equal-postback-is-live");
  });

  it("by the record that it is replacing, as a diff planned it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5), cake.domain);
    const news = inputsOf({ postbackUrl: FIRING_URL, offerId: 0 });
    const { context } = run();
    check(context, URN, { ...inputsOf() }, { ...news });
    diff(context, URN, "5", state, news);
    check(context, URN, {}, { ...news });
    await create(context, URN, news);
  });

  it("by its own replacement only: another resource's stops it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const news = inputsOf({ offerId: 9 });
    check(context, OTHER_URN, { ...inputsOf() }, { ...news });
    diff(context, OTHER_URN, "5", stateOf(rowOf(5), cake.domain), news);
    expect(await failure(create(context, URN, inputsOf()))).toMatchObject({ code: "equal-postback-is-live" });
  });
});

describe("an update of URL or status", () => {
  async function updating(live: Postback[], olds: Postback, news: Partial<Inputs>) {
    const { cake, run } = await startCake({ postbacks: [olds, ...live, ...otherRows(2, 100)] });
    const { context, told } = run();
    const before = inputsOf({ postbackUrl: olds.postbackUrl, postbackStatus: "active", ...news });
    check(context, URN, { ...inputsOf({ postbackUrl: olds.postbackUrl }) }, { ...before });
    const state = stateOf(olds, cake.domain);
    diff(context, URN, String(olds.postbackId), state, before);
    const error = await failure(update(context, URN, String(olds.postbackId), state, before));
    return { cake, told, code: (error as { code?: string }).code ?? "made", updated: callsOf(cake).update };
  }

  it.each<[string, Partial<Postback>, Partial<Inputs>, string]>([
    [
      "to the URL of an active one",
      { postbackUrl: NEW_URL },
      { postbackUrl: NEW_URL },
      "equal-postback-is-live",
    ],
    [
      "to what fires beside an active one",
      { postbackUrl: `${NEW_URL}&x=1` },
      { postbackUrl: NEW_URL },
      "fires-twice",
    ],
  ])("is stopped %s", async (_, row, news, code) => {
    const own = rowOf(5, { postbackUrl: ELSEWHERE });
    expect(await updating([rowOf(6, row)], own, news)).toMatchObject({ code, updated: 0 });
  });

  it("that activates is stopped by an equal active one, also where it is like what was declared before", async () => {
    const own = rowOf(5, { postbackStatus: "inactive" });
    expect(await updating([rowOf(6)], own, { postbackStatus: "active" })).toMatchObject({
      ...{ code: "equal-postback-is-live", updated: 0 },
    });
  });

  it.each<[string, Partial<Postback>, Partial<Inputs>]>([
    ["by its own record", { affiliateId: 1 }, { postbackUrl: FIRING_URL }],
    ["by an inactive one", { postbackStatus: "inactive" }, { postbackUrl: FIRING_URL }],
    ["where it deactivates", {}, { postbackStatus: "inactive" }],
    ["where its program suppresses the rule", {}, { postbackUrl: FIRING_URL, suppress: { P20: "x" } }],
    ["in an overlap", {}, { postbackUrl: FIRING_URL, overlapUntil: "2031-01-01" }],
  ])("is not stopped %s", async (_, row, news) => {
    expect(await updating([rowOf(6, row)], rowOf(5), news)).toMatchObject({ code: "made", updated: 1 });
  });
});

describe("CAKE_ON_EXISTING=adopt", () => {
  const env = { CAKE_ON_EXISTING: "adopt" };

  it("takes the equal record without a write", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run({ env });
    expect(await create(context, URN, inputsOf())).toMatchObject({ id: "5", outs: { postbackId: 5 } });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it.each([
    ["inactive", "active"],
    ["active", "inactive"],
    ["Pending Review", "active"],
  ] as const)("gives a record that is %s the declared status %s", async (has, wants) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackStatus: has })] });
    const { outs } = await create(run({ env }).context, URN, inputsOf({ postbackStatus: wants }));
    expect(outs).toMatchObject({ postbackId: 5, postbackStatus: wants });
    expect(cake.postbacks()).toEqual([rowOf(5, { postbackStatus: wants })]);
  });

  it("prefers an active record, and one that no resource has", async () => {
    const { run } = await startCake({
      postbacks: [rowOf(4, { postbackStatus: "inactive" }), rowOf(5), rowOf(6)],
    });
    const { context } = run({ env });
    expect((await create(context, URN, inputsOf())).id).toBe("5");
    expect((await create(context, OTHER_URN, inputsOf())).id).toBe("6");
  });

  it("corrects the spelling of the URL", async () => {
    const { cake, run } = await startCake({
      postbacks: [rowOf(5, { postbackUrl: URL.replaceAll("#", "%23") })],
    });
    await create(run({ env }).context, URN, inputsOf());
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("takes none that only fires for the same conversions", async () => {
    expect(await creating([rowOf(5)], { postbackUrl: FIRING_URL }, env)).toMatchObject({
      code: "fires-twice",
    });
  });
});

describe("what another run has just made", () => {
  it("is looked for in a list that was read before it", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3) });
    const [one, other] = [run(), run()];
    await create(other.context, "urn-0", inputsOf({ affiliateId: 9 }));
    await create(other.context, "urn-00", inputsOf({ affiliateId: 10 }));
    await create(one.context, URN, inputsOf());
    expect(await failure(create(other.context, OTHER_URN, inputsOf()))).toMatchObject({
      code: "equal-postback-is-live",
    });
    expect(cake.postbacks().filter(({ affiliateId }) => affiliateId === 67890)).toHaveLength(1);
  });

  it.each(["ignored", "refused", "incomplete"] as const)(
    "is looked for where the list's filters are %s, too",
    async (filters) => {
      const { cake, run } = await startCake({ postbacks: otherRows(3) });
      cake.behave({ filters: { affiliate_id: filters } });
      const [one, other] = [run(), run()];
      await create(other.context, "urn-0", inputsOf({ affiliateId: 9 }));
      await create(other.context, "urn-00", inputsOf({ affiliateId: 10 }));
      await create(one.context, URN, inputsOf());
      expect(await failure(create(other.context, OTHER_URN, inputsOf()))).toMatchObject({
        code: "equal-postback-is-live",
      });
    },
  );
});

describe("CAKE_ON_EXISTING=adopt is for creates only", () => {
  const env = { CAKE_ON_EXISTING: "adopt" };

  it("so that an update onto the URL of another active postback is refused", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6, { postbackUrl: NEW_URL })] });
    const news = inputsOf({ postbackUrl: NEW_URL });
    const error = await failure(update(run({ env }).context, URN, "5", stateOf(rowOf(5), cake.domain), news));
    expect(error).toMatchObject({ code: "equal-postback-is-live" });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("so that a postback is not activated beside its equal, by an update or an adoption", async () => {
    const inactive = rowOf(5, { postbackStatus: "inactive" });
    const { cake, run } = await startCake({ postbacks: [inactive, rowOf(6)] });
    const updating = update(run({ env }).context, URN, "5", stateOf(inactive, cake.domain), inputsOf());
    expect(await failure(updating)).toMatchObject({ code: "equal-postback-is-live" });
    const adopting = create(run({ env }).context, URN, inputsOf({ adopt: { postbackId: 5 } }));
    expect(await failure(adopting)).toMatchObject({ code: "equal-postback-is-live" });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });
});
