import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fingerprint,
  hash,
  identityOf,
  isPostbackType,
  PLUGIN_TYPE_TOKEN,
  POSTBACK_STATUSES,
  POSTBACK_TYPE_IDS,
  postbackIdOf,
  resourceId,
  TYPE_TOKEN,
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

describe("the type of a resource", () => {
  it.each([TYPE_TOKEN, PLUGIN_TYPE_TOKEN])("is a postback's if it is %s", (type) => {
    expect(isPostbackType(type)).toBe(true);
  });

  it.each([
    "cake:index:PartnerPostbacks",
    "cake:index:AffiliatePostbacks",
    "cake:index/affiliatePostback:AffiliatePostback",
    "pulumi-nodejs:dynamic:Resource",
    "pulumi-nodejs:dynamic/shop:AffiliatePostback",
    "pulumi:providers:cake",
    `shop:index:Component$${PLUGIN_TYPE_TOKEN}`,
    "",
    undefined,
  ])("is none if it is %j", (type) => {
    expect(isPostbackType(type)).toBe(false);
  });
});

describe("what identifies a resource", () => {
  const urn = (types: string, name = "acme", stack = "prod") =>
    `urn:pulumi:${stack}::shop::${types}::${name}`;

  // States and journals hold it: a resource of an older version would be a stranger.
  it("is the same for ever for a dynamic resource", () => {
    expect(identityOf(urn(TYPE_TOKEN))).toBe(hash([urn(TYPE_TOKEN)]));
    expect(identityOf(urn(TYPE_TOKEN))).toBe("cec3580ab7632c75f788cc95963fd65d");
  });

  it.each([
    ["alone", "", ""],
    ["in a component", "shop:index:Partner$", "shop:index:Partner$"],
    ["in a component of a component", "a:b:C$d:e:F$", "a:b:C$d:e:F$"],
    ["below another postback", `${TYPE_TOKEN}$`, `${PLUGIN_TYPE_TOKEN}$`],
    ["below a postback in a component", `a:b:C$${TYPE_TOKEN}$`, `a:b:C$${PLUGIN_TYPE_TOKEN}$`],
  ])("stays when a postback %s moves to the plugin", (_, before, after) => {
    for (const name of ["acme", "a::b", PLUGIN_TYPE_TOKEN, TYPE_TOKEN, ""])
      expect(identityOf(urn(`${after}${PLUGIN_TYPE_TOKEN}`, name))).toBe(
        identityOf(urn(`${before}${TYPE_TOKEN}`, name)),
      );
  });

  it.each([
    ["another name", urn(PLUGIN_TYPE_TOKEN, "other")],
    ["another stack", urn(PLUGIN_TYPE_TOKEN, "acme", "dev")],
    ["another parent", urn(`a:b:C$${PLUGIN_TYPE_TOKEN}`)],
    ["another type", urn("cake:index:Other")],
    ["a type that only ends like it", urn(`x${PLUGIN_TYPE_TOKEN}`)],
  ])("differs with %s", (_, other) => {
    expect(identityOf(other)).not.toBe(identityOf(urn(PLUGIN_TYPE_TOKEN)));
  });

  it("takes a token in a name as it stands", () => {
    const [one, other] = [`a::${TYPE_TOKEN}::b`, `a::${PLUGIN_TYPE_TOKEN}::b`];
    expect(identityOf(urn(TYPE_TOKEN, one))).not.toBe(identityOf(urn(TYPE_TOKEN, other)));
  });

  it.each(["", "acme", "urn:pulumi:prod::shop", "::::"])(
    "takes %j, which is no URN, as it stands",
    (text) => {
      expect(identityOf(text)).toBe(hash([text]));
    },
  );
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
