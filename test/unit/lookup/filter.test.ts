import { describe, expect, it } from "vitest";
import { matches, parseFilter, parseId } from "../../../provider/lookup/filter";
import { row } from "./support";

describe("the id of a lookup", () => {
  it("is an integer of at least 1", () => {
    expect(parseId({ postbackId: 7001 })).toBe(7001);
  });

  it.each([
    ["7001", '"7001"'],
    ["s3cr3t", "a string"],
    [0, "0"],
    [1.5, "1.5"],
    [Number.NaN, "NaN"],
    [null, "null"],
    [undefined, "undefined"],
    [{}, "an object"],
  ])("is refused as %j: it would be reported as not found", (postbackId, found) => {
    const problem = `postbackId must be a CAKE postback ID such as 8801, found ${found}. Nothing is returned.`;
    expect(() => parseId({ postbackId })).toThrow(
      `The arguments of getAffiliatePostback cannot be used: ${problem}`,
    );
  });

  it("is refused under another name", () => {
    expect(() => parseId({ postbackId: 1, provider: {} })).toThrow(
      /unknown argument: "provider".*provider as an option/,
    );
  });
});

describe("a filter", () => {
  it("takes what is right, and what is not given", () => {
    const filter = { affiliateId: 1, offerId: 0, host: "[::1]:8080", status: "Pending Review" };
    expect(parseFilter(filter)).toEqual(filter);
    expect(parseFilter({ affiliateId: undefined })).toEqual({ affiliateId: undefined });
  });

  it("refuses a name that it would ignore, and so answer too much", () => {
    expect(() => parseFilter({ affiliate: 4 })).toThrow(
      'unknown argument: "affiliate". Nothing is returned. It takes affiliateId, offerId, host, status,',
    );
  });

  it("reports all that is wrong with it at once, and quotes no string", () => {
    const wrong = { affiliateId: Number.NaN, offerId: "7", host: "https://s3cr3t.example/pb", status: "" };
    const refusing = () => parseFilter(wrong);
    for (const name of Object.keys(wrong)) expect(refusing).toThrow(`${name} must be`);
    expect(refusing).not.toThrow("s3cr3t");
  });

  it.each([".", "..t.example", ".t.example:8443", "t.example/pb", "me@t.example", "t example", ""])(
    "refuses the host %j, on which nothing can be",
    (host) => {
      expect(() => parseFilter({ host })).toThrow("host must be a host");
    },
  );

  // Otherwise a CAKE that writes "Active" would have none.
  it("of a status minds no capitals", () => {
    expect(matches(row(1, { postbackStatus: "Active" }), { status: "active" })).toBe(true);
    expect(matches(row(1, { postbackStatus: "Inactive" }), { status: "active" })).toBe(false);
  });

  it.each([
    ["https://T.example:8443/pb", "t.EXAMPLE", true],
    ["https://t.example:8443/pb", "t.example:8443", true],
    ["https://t.example/pb", "t.example:8443", false],
    ["https://t.example?cid=#s2#", "t.example", true],
    ["https://me:pass@t.example/pb", "t.example", true],
    ["https://sub.t.example/pb", "t.example", false],
    ["https://t.example.other/pb?t.example", "t.example", false],
    ["https://[::1]:80/pb", "[::1]", true],
    // As "--where host" of the command line has it.
    ["https://sub.T.example:8443/pb", ".t.EXAMPLE", true],
    ["https://t.example/pb", ".t.example", true],
    ["https://not.example/pb", ".t.example", false],
    ["https://nott.example/pb", ".t.example", false],
  ])("of a host: %s is on %s: %j", (postbackUrl, host, isOnIt) => {
    expect(matches(row(1, { postbackUrl }), { host })).toBe(isOnIt);
  });
});
