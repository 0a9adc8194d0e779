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
      invalid: [],
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
    ["affiliateId", undefined, /^The argument affiliateId is missing\./],
    ["affiliateId", null, /^The argument affiliateId is missing\./],
    ["affiliateId", 0, /^The argument affiliateId must be a CAKE affiliate ID such as 67890, found 0\./],
    ["affiliateId", -1, /found -1\./],
    ["affiliateId", 1.5, /found 1\.5\./],
    ["affiliateId", Number.NaN, /found NaN\./],
    ["affiliateId", 2 ** 53, /found 9007199254740992\./],
    ["affiliateId", "67890", /must be a CAKE affiliate ID such as 67890, found "67890"\./],
    ["affiliateId", "s3cr3t", /found a string\./],
    // As long as a token of digits.
    ["affiliateId", "4929123456781", /found a string\./],
    ["affiliateId", true, /found a boolean\./],
    ["affiliateId", [1], /found a list\./],
    ["offerId", undefined, /^The argument offerId is missing\./],
    ["offerId", -1, /^The argument offerId must be a CAKE offer ID .* 0 for all offers, found -1\./],
    ["offerId", 0.5, /found 0\.5\./],
    ["offerId", Number.POSITIVE_INFINITY, /found Infinity\./],
    ["offerId", "", /found ""\./],
    ["postbackUrl", undefined, /^The argument postbackUrl is missing\./],
    ["postbackUrl", "", /^The argument postbackUrl must be a URL .*, found an empty string\./],
    ["postbackUrl", "  ", /found an empty string\./],
    ["postbackUrl", "t.example/pb", /^The argument postbackUrl must be a URL that begins with http/],
    ["postbackUrl", "ftp://t.example/", /begins with http.*, found a string that does not\./],
    ["postbackUrl", "javascript:alert(1)", /begins with http/],
    ["postbackUrl", "https://", /names a host/],
    ["postbackUrl", 5, /^The argument postbackUrl must be a string, found 5\./],
    ["postbackUrl", {}, /found an object\./],
    [
      "postbackStatus",
      "Active",
      /^The argument postbackStatus must be one of active, inactive, found "Active"\./,
    ],
    ["postbackStatus", "paused", /found "paused"\./],
    ["postbackStatus", "https://t.example/?token=s3cr3t", /found "https:\/\/t\.example\/\?token=\*\*\*"\./],
    ["postbackStatus", true, /found a boolean\./],
    ["postbackTypeId", 0, /^The argument postbackTypeId must be one of 1 \(server-to-server\), .* found 0\./],
    ["postbackTypeId", 5, /found 5\./],
    ["postbackTypeId", "1", /found "1"\./],
    [
      "adopt",
      8801,
      /^The argument adopt must be an object with the postbackId of a live postback, found 8801\./,
    ],
    ["adopt", {}, /^The argument adopt\.postbackId is missing\./],
    [
      "adopt",
      { postbackId: "8801" },
      /^The argument adopt\.postbackId must be a CAKE postback ID such as 8801, found "8801"\./,
    ],
    ["adopt", { postbackId: 0 }, /found 0\./],
    ["adopt", { postbackId: 1.5 }, /found 1\.5\./],
    ["suppress", "P12", /^The argument suppress must be rule IDs with reasons, .* found a string\./],
    ["suppress", { P99: "because" }, /found the key "P99"\./],
    ["suppress", { P03: " " }, /^The argument suppress\.P03 must be a reason .*, found " "\./],
    ["clickIdSlot", "s9", /^The argument clickIdSlot must be one of s1, s2, s3, s4, s5, found "s9"\./],
    [
      "overlapUntil",
      "soon",
      /^The argument overlapUntil must be a day such as "2026-12-31", found a string\./,
    ],
    ["overlapUntil", 20261231, /must be a day .*, found 20261231\./],
    ["overlapUntil", "2026-13-01", /found "2026-13-01"/],
    ["overlapUntil", "2026-02-31", /found "2026-02-31"/],
    ["overlapUntil", "2027-02-29", /found "2027-02-29"/],
    ["overlapUntil", "2026-04-31", /found "2026-04-31"/],
    ["overlapUntil", "2026-1-1", /must be a day/],
    ["overlapUntil", "2026-12-31T00:00:00Z", /must be a day/],
    ["postbackId", 8801, /^The argument postbackId is an output/],
    ["postbackType", "Server", /^The argument postbackType is an output/],
    ["domain", "cake.example", /^The argument domain is an output/],
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
    expect(reason).toBe(
      `"${name}" is not an argument of AffiliatePostback. Did you mean ${meant}? [argument-unknown]`,
    );
  });

  it("an argument that is like none, with the list of all", () => {
    expect(reasonsOf({ ...good, completelyDifferent: 1 })).toEqual([
      '"completelyDifferent" is not an argument of AffiliatePostback. It takes affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId, adopt, suppress, clickIdSlot, overlapUntil. [argument-unknown]',
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
      ...{ adopt: 1, offer: 1, domain: "x" },
    });
    const named = ["affiliateId", "offerId", "postbackUrl", "postbackStatus", "postbackTypeId", "adopt"];
    expect(reasons).toHaveLength(named.length + 2);
    for (const name of named) expect(reasons.join("\n")).toContain(`The argument ${name} must be`);
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
