import { describe, expect, it } from "vitest";
import { UnsafeOperationError } from "../../../../provider/lifecycle/errors";
import { Ownership } from "../../../../provider/lifecycle/safety/ownership";
import type { PostbackDeclaration } from "../../../../provider/postback/postback";

const declaration: PostbackDeclaration = {
  ...{ affiliateId: 7, offerId: 8, postbackUrl: "https://t.example/?token=s3cr3t" },
  ...{ postbackStatus: "active", postbackTypeId: 1 },
};

describe("a postback that is being made", () => {
  it("is refused to a second resource, whatever its status", () => {
    const claims = new Ownership();
    claims.begin(declaration);
    expect(() => claims.begin({ ...declaration, postbackStatus: "inactive" })).toThrow(UnsafeOperationError);
  });

  it("is refused with affiliate, offer and type, and without the URL", () => {
    const claims = new Ownership();
    claims.begin(declaration);
    expect(() => claims.begin(declaration)).toThrow(/affiliate 7, offer 8, type 1 and the same URL/);
    expect(() => claims.begin(declaration)).not.toThrow(/s3cr3t/);
  });

  it("is another one with any other value", () => {
    const claims = new Ownership();
    claims.begin(declaration);
    claims.begin({ ...declaration, affiliateId: 9 });
    claims.begin({ ...declaration, offerId: 9 });
    claims.begin({ ...declaration, postbackTypeId: 2 });
    claims.begin({ ...declaration, postbackUrl: `${declaration.postbackUrl}&` });
  });

  it("may be tried again after a create that made nothing", () => {
    const claims = new Ownership();
    claims.begin(declaration);
    claims.abandon({ ...declaration });
    claims.begin(declaration);
  });
});

describe("an id", () => {
  it("is held from the moment that a resource has it", () => {
    const claims = new Ownership();
    expect(claims.holds(5)).toBe(false);
    claims.hold(5);
    expect(claims.holds(5)).toBe(true);
    expect(claims.holds(6)).toBe(false);
  });

  it("that a resource keeps is held against every other", () => {
    const claims = new Ownership();
    claims.keep(5, "mine");
    expect(claims.holds(5, "mine")).toBe(false);
    expect(claims.holds(5, "another's")).toBe(true);
    expect(claims.holds(5)).toBe(true);
  });

  it("that a resource kept is free for it when the engine replaces it", () => {
    const claims = new Ownership();
    claims.keep(5, "mine");
    claims.begin(declaration, "mine");
    expect(claims.holds(5)).toBe(false);
  });

  it("that two resources kept in turn is not let go with the first", () => {
    const claims = new Ownership();
    claims.keep(8801, "one");
    claims.keep(8801, "other");
    claims.begin(declaration, "one");
    expect(claims.holds(8801, "one")).toBe(true);
  });

  it("that a create took over cannot be kept by another resource", () => {
    const claims = new Ownership();
    claims.hold(5, "new");
    expect(() => claims.keep(5, "old")).toThrow(/Two resources of this stack would have postback 5/);
    expect(() => claims.keep(5, "new")).not.toThrow();
  });

  it("that this run switched off is remembered until a resource takes it", () => {
    const claims = new Ownership();
    claims.beginSwitchingOff(5);
    expect(claims.isBeingSwitchedOff(5)).toBe(true);
    claims.endSwitchingOff(5, true, 1);
    expect(claims.isBeingSwitchedOff(5)).toBe(false);
    expect(claims.wasSwitchedOffHere(5, 1)).toBe(true);
    expect(claims.wasSwitchedOffHere(5, 2)).toBe(false);
    expect(claims.wasSwitchedOffHere(6)).toBe(false);
    claims.hold(5);
    expect(claims.wasSwitchedOffHere(5)).toBe(false);
  });
});
