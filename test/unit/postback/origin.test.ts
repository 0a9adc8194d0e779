import { describe, expect, it } from "vitest";
import { urlOrigin } from "../../../provider/postback/origin";

describe("the origin of a postback URL", () => {
  it.each([
    ["https://t.partner.net/pb?cid=#s2#", "https://t.partner.net"],
    ["HTTPS://T.Partner.NET.:443/pb?cid=#s2#", "https://t.partner.net"],
    ["http://t.partner.net:80", "http://t.partner.net"],
    ["https://t.partner.net:80/?a#b", "https://t.partner.net:80"],
    ["https://me:pw@t.partner.net:8443/", "https://t.partner.net:8443"],
    ["https://münchen.example?x=1", "https://xn--mnchen-3ya.example"],
    ["https://xn--mnchen-3ya.example./", "https://xn--mnchen-3ya.example"],
    ["https://0x7f.1/", "https://127.0.0.1"],
    ["https://[0:0::1]:443/", "https://[::1]"],
    ["  https://a_b.partner.net/ ", "https://a_b.partner.net"],
  ])("is read in its normal spelling: %s", (url, origin) => {
    expect(urlOrigin(url)?.origin).toBe(origin);
  });

  it.each([
    ...["https://#s1#.partner.net/", "https://t.partner.net:#s2#/", "https://{sub}.partner.net/"],
    ...["ftp://t.partner.net/", "t.partner.net/pb", "javascript:alert(1)", "<img src=x>", ""],
    ...["https:///pb", "https://t.partner.net&cid=1/", "https://t..net/", "https://t.partner.net:99999/"],
    ...[
      `https://${"a".repeat(64)}.net/`,
      `https://${"abcdefgh.".repeat(30)}net/`,
      `https://${"a".repeat(90_000)}/`,
    ],
    "https://*.partner.net/",
  ])("is missing where no host can be called: %s", (url) => {
    expect(urlOrigin(url)).toBeUndefined();
  });
});
