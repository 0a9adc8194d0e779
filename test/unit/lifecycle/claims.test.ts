import { describe, expect, it } from "vitest";
import { Claims } from "../../../provider/lifecycle/claims";
import { RefusedByGuard } from "../../../provider/lifecycle/errors";
import type { PostbackDeclaration } from "../../../provider/postback/postback";

const declaration: PostbackDeclaration = {
  ...{ affiliateId: 7, offerId: 8, postbackUrl: "https://t.example/?token=s3cr3t" },
  ...{ postbackStatus: "active", postbackTypeId: 1 },
};
const row = { ...declaration, postbackId: 5, postbackType: "Server" };

describe("a postback that is being made", () => {
  it("is refused to a second resource, whatever its status", () => {
    const claims = new Claims();
    claims.begin(declaration);
    expect(() => claims.begin({ ...declaration, postbackStatus: "inactive" })).toThrow(RefusedByGuard);
  });

  it("is refused with affiliate, offer and type, and without the URL", () => {
    const claims = new Claims();
    claims.begin(declaration);
    expect(() => claims.begin(declaration)).toThrow(/affiliate 7, offer 8, type 1 and the same URL/);
    expect(() => claims.begin(declaration)).not.toThrow(/s3cr3t/);
  });

  it("is another one with any other value", () => {
    const claims = new Claims();
    claims.begin(declaration);
    claims.begin({ ...declaration, affiliateId: 9 });
    claims.begin({ ...declaration, offerId: 9 });
    claims.begin({ ...declaration, postbackTypeId: 2 });
    claims.begin({ ...declaration, postbackUrl: `${declaration.postbackUrl}&` });
  });

  it("may be tried again after a create that made nothing", () => {
    const claims = new Claims();
    claims.begin(declaration);
    claims.abandon({ ...declaration });
    claims.begin(declaration);
  });
});

describe("an id", () => {
  it("is held from the moment that a resource has it", () => {
    const claims = new Claims();
    expect(claims.holds(5)).toBe(false);
    claims.hold(5);
    expect(claims.holds(5)).toBe(true);
    expect(claims.holds(6)).toBe(false);
  });

  it("that this run switched off is remembered until a resource takes it", () => {
    const claims = new Claims();
    claims.noteSwitchedOff(row);
    expect(claims.wasSwitchedOffHere(5)).toBe(true);
    expect(claims.wasSwitchedOffHere(6)).toBe(false);
    claims.hold(5);
    expect(claims.wasSwitchedOffHere(5)).toBe(false);
  });
});
