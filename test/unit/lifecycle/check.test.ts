import { describe, expect, it } from "vitest";
import { check } from "../../../provider/lifecycle/check";
import { diff } from "../../../provider/lifecycle/diff";
import type { Inputs } from "../../../provider/lifecycle/state";
import { urlHash } from "../../../provider/lifecycle/state";
import { inputsOf, NEW_URL, OTHER_URN, opened, rowOf, stateOf, URL, URN } from "./support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The partner's own placeholder, which CAKE does not replace: a rule finds an error in it. */
const BROKEN = "https://tracker.example/postback?cid={clickid}&payout=#price#&token=s3cr3t";
const OWN_RULE = {
  rules:
    '{"own":[{"id":"X01","pattern":"tracker\\\\.example","message":"is on a tracker that we left","severity":"error"}]}',
};

type News = Readonly<Partial<Record<keyof Inputs | "affiliate", unknown>>>;

/** One run that checks resources one after the other; the texts that it refuses each with. */
function program(config: Record<string, string> = {}) {
  const { context, told } = opened({ config });
  const reasons = (news: News, olds: object = {}, urn: string | undefined = URN) =>
    check(context, urn, { ...olds }, { ...inputsOf(), ...news }).failures.map(({ reason }) => reason);
  const inputs = (news: News, olds: object = {}, urn: string | undefined = URN) =>
    check(context, urn, { ...olds }, { ...inputsOf(), ...news }).inputs;
  return { reasons, inputs, told };
}

describe("check", () => {
  it("passes good inputs with their defaults, and has nothing to say", () => {
    const { context, told } = opened();
    const { postbackStatus: _, postbackTypeId: __, ...news } = inputsOf();
    expect(check(context, URN, {}, news)).toEqual({ inputs: inputsOf(), failures: [], found: [] });
    expect(told).toEqual([]);
  });

  it("reports wrong arguments and a duplicate all at once, without the property that holds the value", () => {
    const { context } = opened();
    check(context, URN, {}, { ...inputsOf() });
    const { failures } = check(context, OTHER_URN, {}, { ...inputsOf(), adopt: 5, affiliate: 1 });
    expect(failures).toHaveLength(3);
    expect(failures.map(({ property }) => property)).toEqual(["", "", ""]);
    expect(JSON.stringify(failures)).not.toContain("s3cr3t");
  });

  it("quotes no argument that the program calls secret", () => {
    const wrong = { affiliateId: "778899", clickIdSlot: "my-canary", suppress: { P99: "canary" } };
    const { context } = opened();
    const reasonsWith = (secrets: string[]) =>
      check(context, URN, {}, { ...inputsOf(), ...wrong }, secrets).failures.map(({ reason }) => reason);
    expect(reasonsWith([]).join("\n")).toMatch(/778899.*P99.*my-canary/s);
    const closed = reasonsWith(Object.keys(wrong));
    expect(closed).toHaveLength(3);
    for (const reason of closed) expect(reason).toContain("a secret value");
    expect(closed.join("\n")).not.toMatch(/778899|canary|P99/);
  });

  it("refuses the replacement of what its diff says is changed in place", () => {
    const { context } = opened();
    const [olds, news] = [inputsOf(), inputsOf({ postbackUrl: NEW_URL })];
    check(context, URN, { ...olds }, { ...news });
    expect(diff(context, URN, "5", stateOf(rowOf(5), context.domain), news).replaces).toEqual([]);
    const [failure, ...more] = check(context, URN, {}, { ...news }).failures;
    expect(failure?.reason).toContain("[replaced-in-vain]");
    expect(more).toEqual([]);
  });

  it("lets a postback be made again that an earlier run deactivated and could not replace", () => {
    const { context } = opened();
    // The engine compares what depends on a replaced one before it checks it.
    const state = stateOf(rowOf(5), context.domain);
    diff(context, URN, "5", state, { ...inputsOf(), offerId: UNKNOWN } as unknown as Inputs);
    check(context, URN, { ...inputsOf() }, { ...inputsOf() });
    expect(diff(context, URN, "5", state, inputsOf()).changes).toBe(false);
    expect(check(context, URN, {}, { ...inputsOf() }).failures).toEqual([]);
  });

  it("lets values through that a preview does not know", () => {
    const { reasons } = program();
    expect(reasons({ postbackUrl: UNKNOWN })).toEqual([]);
    expect(reasons({ suppress: UNKNOWN, clickIdSlot: UNKNOWN, overlapUntil: UNKNOWN })).toEqual([]);
  });
});

describe("an error that a rule finds", () => {
  it("stops a new URL, in words that quote no value", () => {
    const [reason = "", ...more] = program(OWN_RULE).reasons({});
    expect(more).toEqual([]);
    expect(reason).toContain("X01");
    expect(reason).toContain("is on a tracker that we left");
    expect(reason).not.toContain("s3cr3t");
  });

  it("stops a changed URL", () => {
    expect(program(OWN_RULE).reasons({}, inputsOf({ postbackUrl: "https://before.example/" }))).toHaveLength(
      1,
    );
    expect(program().reasons({ postbackUrl: BROKEN }, inputsOf())).toHaveLength(1);
  });

  it.each([
    ["a URL that stays as it is", {}, inputsOf()],
    ["a URL that the resource suppresses the rule for", { suppress: { X01: "moves in March" } }, {}],
    ["a URL that is not known yet", { postbackUrl: UNKNOWN }, {}],
    ["another field of the same URL", { postbackStatus: "inactive" }, inputsOf()],
  ])("does not stop %s", (_, news, olds) => {
    expect(program(OWN_RULE).reasons(news, olds)).toEqual([]);
  });

  it.each(["warning", "off"])("does not stop where the project makes it %s", (severity) => {
    const rules = JSON.stringify({ ...JSON.parse(OWN_RULE.rules), severity: { X01: severity } });
    expect(program({ rules }).reasons({})).toEqual([]);
  });

  it("stops what the project makes an error", () => {
    const url = "https://tracker.example/postback?cid=#s2#&x=#nosuchmacro#";
    expect(program().reasons({ postbackUrl: url })).toEqual([]);
    const severity = Object.fromEntries(
      ["P01", "P02", "P03", "P04", "P05", "P07", "P08", "P09"].map((id) => [id, "error"]),
    );
    expect(program({ rules: JSON.stringify({ severity }) }).reasons({ postbackUrl: url })).not.toEqual([]);
  });
});

describe("a record that is to be adopted", () => {
  const adopt = { postbackId: 5 };

  it("passes with a URL that breaks a rule, and a warning: check cannot know what is live", () => {
    const { reasons, told } = program();
    expect(reasons({ adopt, postbackUrl: BROKEN })).toEqual([]);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("[adopted-url-breaks-rules]");
    expect(told[0]).not.toContain("s3cr3t");
  });

  it("is no longer adopted once the resource exists, so that an edit of its URL is judged", () => {
    const { reasons, inputs, told } = program();
    const olds = inputsOf({ adopt });
    expect(inputs({ adopt }, olds)).not.toHaveProperty("adopt");
    expect(reasons({ adopt, postbackUrl: BROKEN }, olds)).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it("is no longer adopted in the second check of a replacement, which comes with empty old inputs", () => {
    const { inputs, reasons } = program();
    inputs({ adopt, postbackTypeId: 3 }, inputsOf({ adopt }));
    expect(inputs({ adopt, postbackTypeId: 3 })).not.toHaveProperty("adopt");
    expect(reasons({ adopt, postbackTypeId: 3, postbackUrl: BROKEN })).toHaveLength(1);
  });

  it("is adopted by another resource of the same run all the same", () => {
    const { inputs } = program();
    inputs({}, inputsOf());
    expect(inputs({ adopt, offerId: 9 }, {}, OTHER_URN)).toHaveProperty("adopt");
  });
});

describe("the URL that was applied last, while CAKE shows another one", () => {
  const edited = "https://elsewhere.example/?cid=#s2#";
  const olds = { ...inputsOf({ postbackUrl: edited }), __applied: urlHash(BROKEN) };

  it("may be put back although it breaks a rule: it is not new", () => {
    expect(program().reasons({ postbackUrl: BROKEN }, olds)).toEqual([]);
  });

  it("opens the gate for no other URL", () => {
    const other = BROKEN.replace("{clickid}", "{click_id}");
    expect(program().reasons({ postbackUrl: other }, olds)).toHaveLength(1);
    expect(program().reasons({ postbackUrl: BROKEN }, inputsOf({ postbackUrl: edited }))).toHaveLength(1);
  });
});

describe("postbacks that fire twice", () => {
  it("stop the preview of the second, as lint and review do", () => {
    const { reasons } = program();
    expect(reasons({})).toEqual([]);
    const [reason = ""] = reasons({ postbackUrl: URL.replace("#s2#", "#s3#") }, {}, OTHER_URN);
    expect(reason).toContain("[declared-firing-twice]");
    expect(reason).not.toContain("s3cr3t");
  });

  it.each([
    ["another affiliate", { affiliateId: 9, postbackUrl: NEW_URL }],
    ["another offer", { offerId: 9, postbackUrl: NEW_URL }],
    ["a day until which both are meant", { postbackUrl: NEW_URL, overlapUntil: "2030-01-02" }],
    ["a reason", { postbackUrl: NEW_URL, suppress: { P20: "two systems" } }],
    ["an inactive one", { postbackUrl: NEW_URL, postbackStatus: "inactive" }],
  ] as const)("pass with %s", (_, news) => {
    const { reasons } = program();
    reasons({});
    expect(reasons(news, {}, OTHER_URN)).toEqual([]);
  });

  it("on two hosts warn in the preview, once for an affiliate and offer", () => {
    const { reasons, told } = program();
    const on = (host: string) => ({ postbackUrl: `https://${host}.example/postback?cid=#s2#` });
    for (const [index, host] of ["one", "two", "three"].entries())
      expect(reasons(on(host), {}, `urn-${index}`)).toEqual([]);
    expect(told).toEqual([expect.stringContaining("[declared-firing-beside]")]);
  });

  it("on two hosts stop where the project says so", () => {
    const { reasons } = program({ rules: '{"severity":{"P20":"error"}}' });
    reasons({});
    const elsewhere = { postbackUrl: "https://elsewhere.example/postback?cid=#s2#" };
    expect(reasons(elsewhere, {}, OTHER_URN)).toEqual([expect.stringContaining("[declared-firing-twice]")]);
  });
});

describe("postbacks of one affiliate with different sub IDs", () => {
  const other = { offerId: 9, postbackUrl: URL.replace("#s2#", "#s3#") };

  it("warn in the preview", () => {
    const { reasons, told } = program();
    expect([...reasons({}), ...reasons(other, {}, OTHER_URN)]).toEqual([]);
    expect(told).toEqual([expect.stringContaining("[declared-mixed-slots]")]);
    expect(told.join()).not.toContain("s3cr3t");
  });

  it("stop where the project says so", () => {
    const { reasons } = program({ rules: '{"severity":{"P26":"error"}}' });
    reasons({});
    expect(reasons(other, {}, OTHER_URN)).toEqual([expect.stringContaining("[declared-mixed-slots]")]);
    expect(reasons({ ...other, suppress: { P26: "two networks" } }, {}, OTHER_URN)).toEqual([]);
  });
});
