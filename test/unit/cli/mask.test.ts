import { describe, expect, it } from "vitest";
import { maskedHost, maskedUrl, maskedValue } from "../../../provider/cli/mask";

describe("a URL in a report", () => {
  it.each([
    ["https://t.example/pb?cid=#s2#&token=4f1c9a", "https://t.example/pb?cid=#s2#&token=***"],
    ["https://t.example/pb?token=4f1c9a&cid=#s2#", "https://t.example/pb?token=***&cid=#s2#"],
    // Half a macro makes the rest of the URL its fragment.
    [
      "https://t.example/pb?cid=#s2&payout=#price#&token=4f1c9a",
      "https://t.example/pb?cid=#s2&payout=#price#&token=***",
    ],
    ["https://t.example/pb?cid=#s2#token=4f1c9a", "https://t.example/pb?cid=#s2#token=***"],
    ["https://t.example/pb#token=4f1c9a", "https://t.example/pb#token=***"],
    ["https://t.example/pb?token=a#s2#b", "https://t.example/pb?token=***#s2#***"],
    ["https://t.example/pb?token=#s2#", "https://t.example/pb?token=#s2#"],
    ["https://user:pw@t.example/pb?cid=#s2#", "https://***@t.example/pb?cid=#s2#"],
    ["https://t.example/pb?mail=a@b.example", "https://t.example/pb?mail=a@b.example"],
    ["token=4f1c9a", "token=***"],
    ["https://t.example/pb?cid=#s2#&sub=1", "https://t.example/pb?cid=#s2#&sub=1"],
    ["", ""],
  ])("%s is shown as %s", (url, shown) => {
    expect(maskedUrl(url)).toBe(shown);
  });

  it("shows neither the login of a host nor a secret value alone", () => {
    expect(maskedHost("user:pw@t.example")).toBe("***@t.example");
    expect(maskedHost("t.example:8443")).toBe("t.example:8443");
    expect(maskedValue("security_token", "abc")).toBe("***");
    expect(maskedValue("cid", "abc")).toBe("abc");
  });
});
