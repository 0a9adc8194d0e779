import { describe, expect, it } from "vitest";
import { maskUrl, maskValue } from "../../../provider/postback/secrets";

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
    [" https://user:p@w&x%2F@t.example/pb", " https://***@t.example/pb"],
    ["user:pw@t.example/pb", "***@t.example/pb"],
    ["https://t.example/pb?mail=a@b.example", "https://t.example/pb?mail=a@b.example"],
    [
      "https://t.example/pb?r=https://y.example&mail=a@b.example",
      "https://t.example/pb?r=https://y.example&mail=a@b.example",
    ],
    ["token=4f1c9a", "token=***"],
    // Without its "?", and with it where no "&" is left.
    ["https://t.example/pb&token=4f1c9a&cid=#s2#", "https://t.example/pb&token=***&cid=#s2#"],
    ["https://t.example&token=4f1c9a", "https://t.example&token=***"],
    ["https://t.example/pb;token=4f1c9a?cid=#s2#", "https://t.example/pb;token=***#s2#"],
    // As a page or an XML file shows it.
    [
      "https://t.example/pb?cid=#s2#&amp;sign=4f1c9a&amp;x=1",
      "https://t.example/pb?cid=#s2#&amp;sign=***&amp;x=1",
    ],
    ["https://t.example/pb?cid=#s2#&#38;auth=4f1c9a", "https://t.example/pb?cid=#s2#&#38;auth=***"],
    [
      "https://t.example/pb?cid=#s2#&amp;amp;password=4f1c9a",
      "https://t.example/pb?cid=#s2#&amp;amp;password=***",
    ],
    // In a URL inside the URL.
    [
      "https://t.example/pb?r=https://y.example/?token=4f1c9a&x=1",
      "https://t.example/pb?r=https://y.example/?token=***&x=1",
    ],
    [
      "https://t.example/pb?r=https%3A%2F%2Fy.example%2F%3Ftoken%3D4f%2526%26x%3D1&cid=#s2#",
      "https://t.example/pb?r=https%3A%2F%2Fy.example%2F%3Ftoken%3D***%26x%3D1&cid=#s2#",
    ],
    [
      "https://t.example/pb?r=%253Fsecure%253D4f1c9a%2526x%253D1",
      "https://t.example/pb?r=%253Fsecure%253D***%2526x%253D1",
    ],
    ["https://t.example/pb?token=4f%26x=1&y=2", "https://t.example/pb?token=***&y=2"],
    ["https://t.example/pb?%74oken=4f1c9a", "https://t.example/pb?%74oken=***"],
    [
      "https://t.example/pb?r=https://u:pw@y.example/&x=1",
      "https://t.example/pb?r=https://***@y.example/&x=1",
    ],
    [
      "https://t.example/pb?r=https%3A%2F%2Fu%3Apw%40y.example",
      "https://t.example/pb?r=https%3A%2F%2F***%40y.example",
    ],
    ["https://t.example/pb?cid=#s2#&sub=1", "https://t.example/pb?cid=#s2#&sub=1"],
    ["", ""],
  ])("%s is shown as %s", (url, shown) => {
    expect(maskUrl(url)).toBe(shown);
  });

  it("shows neither the login of a host nor a secret value alone", () => {
    expect(maskUrl("user:pw@t.example")).toBe("***@t.example");
    expect(maskUrl("t.example:8443")).toBe("t.example:8443");
    expect(maskValue("security_token", "abc")).toBe("***");
    expect(maskValue("cid", "abc")).toBe("abc");
  });

  it("shows no secret of a part that it is cut into", () => {
    expect(maskUrl("t.example&token=4f1c9a")).toBe("t.example&token=***");
    expect(maskUrl("/pb&token=4f1c9a")).toBe("/pb&token=***");
    expect(maskUrl("38;sign=4f1c9a")).toBe("38;sign=***");
    expect(maskValue("amp;sign", "4f1c9a")).toBe("***");
    expect(maskValue("r", "https://u:pw@y.example/?token=4f1c9a")).toBe("https://***@y.example/?token=***");
    expect(maskValue("mail", "a@b.example")).toBe("a@b.example");
    // A parameter that stands more than once has its values in one.
    expect(maskValue("token", "token=4f1c9a&token=5")).toBe("***&token=5");
  });
});
