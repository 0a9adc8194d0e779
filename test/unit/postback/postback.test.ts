import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fingerprint,
  hash,
  POSTBACK_STATUSES,
  POSTBACK_TYPE_IDS,
  postbackIdOf,
  resourceId,
  typeIdOf,
} from "../../../provider/postback/postback";

const declaration = {
  affiliateId: 1,
  offerId: 2,
  postbackUrl: "https://t.example/?a=#s2#",
  postbackTypeId: 1,
} as const;

describe("what a request may carry", () => {
  it("is the article's statuses and types", () => {
    expect(POSTBACK_STATUSES).toEqual(["active", "inactive"]);
    expect(POSTBACK_TYPE_IDS).toEqual([1, 2, 3, 4]);
  });
});

describe("the type behind a name", () => {
  it("is known for the documented name only: a guess could replace a live postback", () => {
    expect(typeIdOf("Server")).toBe(1);
    for (const name of ["server", "iFrame", "Image", "JavaScript", "", "constructor", "__proto__"]) {
      expect(typeIdOf(name)).toBeUndefined();
    }
  });
});

describe("a fingerprint", () => {
  it("does not depend on the status", () => {
    const inactive = { ...declaration, postbackStatus: "inactive" };
    expect(fingerprint(inactive)).toBe(fingerprint(declaration));
  });

  it.each([
    { affiliateId: 2 },
    { offerId: 0 },
    { postbackTypeId: 2 as const },
    { postbackUrl: "https://t.example/?a=#s2# " },
    { postbackUrl: "https://t.example/?A=#s2#" },
  ])("differs with %j", (change) => {
    expect(fingerprint({ ...declaration, ...change })).not.toBe(fingerprint(declaration));
  });

  it("does not mix up numbers that stand side by side", () => {
    expect(fingerprint({ ...declaration, affiliateId: 11, offerId: 1 })).not.toBe(
      fingerprint({ ...declaration, affiliateId: 1, offerId: 11 }),
    );
  });

  // States and intents hold it: another algorithm would make every record a stranger.
  it("is the same for ever, and shows nothing of the URL", () => {
    expect(fingerprint(declaration)).toBe("d6748bb44c8134cc445abdf8649c9620");
    expect(hash(["a", 1])).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("the id of a resource", () => {
  it("is the id of its postback in decimal, and back", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat().filter((id) => id > 0),
        (id) => {
          expect(postbackIdOf(resourceId(id))).toBe(id);
        },
      ),
      { seed: 51 },
    );
  });

  it.each(["", "0", "-1", "01", "1.0", "1e3", " 1", "1 ", "0x10", "abc", "9007199254740993", "١"])(
    "is never %j",
    (id) => {
      expect(postbackIdOf(id)).toBeUndefined();
    },
  );
});
