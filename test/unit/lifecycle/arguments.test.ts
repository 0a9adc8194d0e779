import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkArguments } from "../../../provider/lifecycle/arguments";
import { isUnknown } from "../../../provider/lifecycle/unknown";
import { urlParts } from "../../../provider/postback/url";

const good = { affiliateId: 67890, offerId: 12345, postbackUrl: "https://t.example/pb?cid=#s2#&p=#price#" };
const reasonsOf = (news: Record<string, unknown>) => checkArguments(news).problems;

/** What the engine puts in place of values that a preview cannot know, by type. */
const UNKNOWN = {
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  bool: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

describe("good inputs", () => {
  it("pass, with status and type filled in", () => {
    expect(checkArguments(good)).toEqual({
      inputs: { ...good, postbackStatus: "active", postbackTypeId: 1 },
      problems: [],
    });
  });

  it.each([
    { affiliateId: 1 },
    { affiliateId: Number.MAX_SAFE_INTEGER },
    { offerId: 0 },
    { postbackStatus: "inactive" },
    { postbackTypeId: 4 },
    { postbackUrl: "http://t.example" },
    { adopt: { postbackId: 8801 } },
    { suppress: { P12: "no TLS there" } },
    { clickIdSlot: "s3" },
    { overlapUntil: "2028-02-29" },
    { postbackStatus: undefined, postbackTypeId: null, adopt: null },
    { urlParts: {} },
  ])("pass with %j", (changes) => {
    expect(reasonsOf({ ...good, ...changes })).toEqual([]);
  });

  it("lose what is null or undefined: the engine would lose the resource over it", () => {
    const { inputs } = checkArguments({
      ...good,
      postbackStatus: null,
      postbackTypeId: undefined,
      adopt: undefined,
    });
    expect(inputs).toEqual({ ...good, postbackStatus: "active", postbackTypeId: 1 });
  });
});

describe("bad inputs are refused", () => {
  const table: readonly [string, unknown, RegExp][] = [
    ["affiliateId", undefined, /^affiliateId is missing/],
    ["affiliateId", null, /^affiliateId is missing/],
    ["affiliateId", 0, /^affiliateId must be a whole number of at least 1, got 0\./],
    ["affiliateId", -1, /got -1/],
    ["affiliateId", 1.5, /got 1\.5/],
    ["affiliateId", Number.NaN, /got NaN/],
    ["affiliateId", 2 ** 53, /whole number/],
    ["affiliateId", "67890", /whole number of at least 1, got string/],
    ["affiliateId", true, /got boolean/],
    ["affiliateId", [1], /got object/],
    ["offerId", undefined, /^offerId is missing/],
    ["offerId", -1, /^offerId must be a whole number of at least 0, got -1\. .*0 for all offers/],
    ["offerId", 0.5, /got 0\.5/],
    ["offerId", Number.POSITIVE_INFINITY, /got Infinity/],
    ["offerId", "", /got string/],
    ["postbackUrl", undefined, /^postbackUrl is missing/],
    ["postbackUrl", "", /^postbackUrl is empty/],
    ["postbackUrl", "  ", /^postbackUrl is empty/],
    ["postbackUrl", "t.example/pb", /^postbackUrl must start with http/],
    ["postbackUrl", "ftp://t.example/", /must start with http/],
    ["postbackUrl", "javascript:alert(1)", /must start with http/],
    ["postbackUrl", "https://", /name a host/],
    ["postbackUrl", 5, /^postbackUrl must be a text, got number/],
    ["postbackUrl", {}, /got object/],
    ["postbackStatus", "Active", /^postbackStatus must be one of active, inactive, got "Active"/],
    ["postbackStatus", "paused", /got "paused"/],
    ["postbackStatus", true, /got boolean/],
    ["postbackTypeId", 0, /^postbackTypeId must be one of 1 \(server-to-server\), .* got 0/],
    ["postbackTypeId", 5, /got 5/],
    ["postbackTypeId", "1", /got "1"/],
    ["adopt", 8801, /^adopt must be \{ postbackId/],
    ["adopt", {}, /^adopt must be/],
    ["adopt", { postbackId: "8801" }, /^adopt must be/],
    ["adopt", { postbackId: 0 }, /^adopt must be/],
    ["adopt", { postbackId: 1.5 }, /^adopt must be/],
    ["suppress", "P12", /^suppress must be like/],
    ["suppress", { P99: "because" }, /"P99" is not the id of a rule/],
    ["suppress", { P03: " " }, /the reason for P03 is missing/],
    ["clickIdSlot", "s9", /^clickIdSlot must be one of s1, s2, s3, s4, s5, got "s9"/],
    ["overlapUntil", "soon", /^overlapUntil must be a day of the calendar, such as "2026-12-31"\.$/],
    ["overlapUntil", 20261231, /^overlapUntil must be a day/],
    ["overlapUntil", "2026-13-01", /found "2026-13-01"/],
    ["overlapUntil", "2026-02-31", /found "2026-02-31"/],
    ["overlapUntil", "2027-02-29", /found "2027-02-29"/],
    ["overlapUntil", "2026-04-31", /found "2026-04-31"/],
    ["overlapUntil", "2026-1-1", /must be a day/],
    ["overlapUntil", "2026-12-31T00:00:00Z", /must be a day/],
    ["postbackId", 8801, /^postbackId is an output/],
    ["postbackType", "Server", /^postbackType is an output/],
    ["domain", "cake.example", /^domain is an output/],
  ];

  it.each(table)("%s: %j", (name, value, reason) => {
    const reasons = reasonsOf({ ...good, [name]: value });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(reason);
  });

  it.each([
    ["affiliateID", "affiliateId"],
    ["afiliateId", "affiliateId"],
    ["offer_id", "offerId"],
    ["offer", "offerId"],
    ["postbackURL", "postbackUrl"],
    ["postback_url", "postbackUrl"],
    ["status", "postbackStatus"],
    ["url", "postbackUrl"],
    ["typeId", "postbackTypeId"],
    ["postback_type_id", "postbackTypeId"],
    ["affiliate", "affiliateId"],
    ["postbackType Id", "postbackTypeId"],
    ["adopts", "adopt"],
  ])("an argument that does not exist, with the one that was meant: %s, %s", (name, meant) => {
    const [reason = "", ...others] = reasonsOf({ ...good, [name]: 1 });
    expect(others).toEqual([]);
    expect(reason).toBe(`"${name}" is not an argument of AffiliatePostback. Did you mean ${meant}?`);
  });

  it("an argument that is like none, with the list of all", () => {
    expect(reasonsOf({ ...good, completelyDifferent: 1 })).toEqual([
      '"completelyDifferent" is not an argument of AffiliatePostback. It takes affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId, adopt, suppress, clickIdSlot, overlapUntil.',
    ]);
  });

  it.each(["constructor", "toString", "__proto__"])(
    "an argument of a name that every object has: %s",
    (name) => {
      const news = Object.defineProperty({ ...good }, name, { value: 1, enumerable: true });
      expect(reasonsOf(news)).toHaveLength(1);
    },
  );

  it("all at once", () => {
    const reasons = reasonsOf({
      ...{ affiliateId: 0, offerId: -1, postbackUrl: "", postbackStatus: "on", postbackTypeId: 9 },
      ...{ adopt: {}, offer: 1, domain: "x" },
    });
    const named = ["affiliateId", "offerId", "postbackUrl", "postbackStatus", "postbackTypeId", "adopt"];
    expect(reasons).toHaveLength(named.length + 2);
    for (const name of named) expect(reasons.some((reason) => reason.startsWith(name))).toBe(true);
  });

  it("and handed back all the same, so that the engine can go on", () => {
    expect(checkArguments({ ...good, affiliateId: -1 }).inputs).toMatchObject({
      affiliateId: -1,
      postbackTypeId: 1,
    });
  });
});

it("a suppression of nothing is left out", () => {
  expect(checkArguments({ ...good, suppress: {} }).inputs).not.toHaveProperty("suppress");
});

describe("the parts of the URL", () => {
  it("are made anew: a transform may have changed the URL behind their back", () => {
    const { inputs } = checkArguments({ ...good, urlParts: { host: "old.example" } });
    expect(inputs.urlParts).toEqual(urlParts(good.postbackUrl));
  });

  it("are none where the URL is none", () => {
    expect(checkArguments({ ...good, postbackUrl: "nonsense", urlParts: {} }).inputs.urlParts).toEqual({});
    expect(checkArguments({ ...good, postbackUrl: 7, urlParts: {} }).inputs.urlParts).toEqual({});
  });

  it("are not added: what check alone adds is stored in plain text", () => {
    expect("urlParts" in checkArguments(good).inputs).toBe(false);
  });

  it.each(Object.values(UNKNOWN))("stay as they are while the URL is unknown (%s)", (unknown) => {
    for (const urlParts of [unknown, { host: unknown }]) {
      const { inputs, problems } = checkArguments({ ...good, postbackUrl: unknown, urlParts });
      expect(inputs.urlParts).toEqual(urlParts);
      expect(problems).toEqual([]);
    }
  });
});

describe("what a preview does not know", () => {
  const names = [
    ...Object.keys(good),
    ...["postbackStatus", "postbackTypeId", "adopt", "suppress", "clickIdSlot", "overlapUntil"],
  ];

  it.each(
    names.flatMap((name) => Object.entries(UNKNOWN).map(([type, value]) => [name, type, value] as const)),
  )("passes as %s, of type %s", (name, _, unknown) => {
    expect(isUnknown(unknown)).toBe(true);
    const { inputs, problems } = checkArguments({ ...good, [name]: unknown });
    expect(problems).toEqual([]);
    expect(inputs[name]).toBe(unknown);
  });

  it.each(Object.entries(UNKNOWN))("passes inside of adopt, of type %s", (_, unknown) => {
    const adopt = { postbackId: unknown };
    const { inputs, problems } = checkArguments({ ...good, adopt });
    expect(problems).toEqual([]);
    expect(inputs.adopt).toEqual(adopt);
  });

  it("does not hide what is known to be wrong", () => {
    expect(reasonsOf({ ...good, affiliateId: UNKNOWN.number, offerId: -1 })).toHaveLength(1);
  });

  it("is nothing else that looks like it", () => {
    expect(isUnknown("04da6b54-80e4-46f7-96ec-b56ff0331baa")).toBe(false);
    expect(isUnknown(undefined)).toBe(false);
  });
});

describe("any inputs", () => {
  const anyValue = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...Object.values(UNKNOWN)),
    fc.constantFrom(undefined, "active", 1, good.postbackUrl),
  );
  const names = [...Object.keys(good), "postbackStatus", "postbackTypeId", "adopt", "urlParts", "other"];
  const anyInputs = fc.dictionary(fc.constantFrom(...names), anyValue);

  it("are checked without a throw, and a second time with the same result", () => {
    fc.assert(
      fc.property(anyInputs, (news) => {
        const once = checkArguments(news);
        expect(checkArguments(once.inputs)).toEqual(once);
      }),
      { seed: 61, numRuns: 500 },
    );
  });

  it("are not changed in place", () => {
    fc.assert(
      fc.property(anyInputs, (news) => {
        const before = structuredClone(news);
        checkArguments(news);
        expect(news).toEqual(before);
      }),
      { seed: 62 },
    );
  });
});
