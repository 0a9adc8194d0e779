import { describe, expect, it } from "vitest";
import { postbackName } from "../../../provider/lifecycle/messages";

const pair = { affiliateId: 67890, offerId: 12345 };

describe("the name of a postback in a message", () => {
  it("has ID, affiliate and offer, as far as they are known, and no URL", () => {
    expect(postbackName(pair, 8801)).toBe("postback 8801 (affiliate 67890, offer 12345)");
    expect(postbackName(pair)).toBe("the postback (affiliate 67890, offer 12345)");
    expect(postbackName({}, "8801")).toBe("postback 8801");
    expect(postbackName({})).toBe("the postback");
  });
});
