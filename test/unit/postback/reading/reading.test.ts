import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UrlReading } from "../../../../provider/postback/reading/reading";
import { samples } from "../rules/support";

const anyUrl = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("https://", "t.net", "/", "?", "&", "=", "#s2#", "#", "%26", " ", "a", "é"), {
      maxLength: 30,
    })
    .map((parts) => parts.join("")),
  fc.constantFrom(...samples.map(({ url }) => url)),
);

describe("the reading of a URL", () => {
  it("loses no character of any text: its parts put together are the text", () => {
    fc.assert(
      fc.property(anyUrl, (url) => {
        const { text, scheme, host, path, parameters, hasQuery } = new UrlReading(url);
        const query = parameters.map(({ separator, text }) => separator + text).join("");
        const whole = scheme + host.text + path.text + query;
        // Only separators after the last parameter belong to none.
        expect(text.startsWith(whole)).toBe(true);
        expect(text.slice(whole.length)).toMatch(hasQuery ? /^\??&*$/ : /^$/);
      }),
      { seed: 81, numRuns: 1000 },
    );
  });

  it("says where each part begins", () => {
    fc.assert(
      fc.property(anyUrl, (url) => {
        for (const { at, text } of new UrlReading(url).components)
          expect(url.slice(at, at + text.length)).toBe(text);
      }),
      { seed: 82, numRuns: 1000 },
    );
  });

  it("keeps separators, names, values and macros in their raw spelling", () => {
    const { parameters } = new UrlReading(" https://t.net/pb?Click_ID=#s2#&&x=a=b&c%20=%41&=1&d ");
    expect(
      parameters.map(({ separator, name, plain, value, macros }) => [separator, name, plain, value, macros]),
    ).toEqual([
      ["?", "Click_ID", "clickid", "#s2#", ["s2"]],
      ["&&", "x", "x", "a=b", []],
      ["&", "c%20", "c20", "%41", []],
      ["&", "", "", "1", []],
      ["&", "d", "d", "", []],
    ]);
  });

  it("does not end the query at a hash, because the author of a torn macro meant parameters", () => {
    const { parameters } = new UrlReading("https://t.net/pb?cid=#s2&payout=#price#");
    expect(parameters.map(({ value }) => value)).toEqual(["#s2", "#price#"]);
  });

  it.each([
    ["https://T.Partner.net./pb", "t.partner.net"],
    ["https://0x7f.1/pb", "127.0.0.1"],
    ["https://#s3#.partner.net/pb", "____.partner.net"],
    ["https://user:pass@t.net:8443/pb", "t.net"],
    ["t.partner.net/pb", undefined],
    ["https://track partner.net/", undefined],
  ])("normalizes the host of %s: %s", (url, expected) => {
    expect(new UrlReading(url).hostName).toBe(expected);
  });

  it("asks a function about it only once", () => {
    const reading = new UrlReading("https://t.net/");
    let asked = 0;
    const from = () => ++asked;
    expect([reading.derive(from), reading.derive(from), asked]).toEqual([1, 1, 1]);
  });
});
