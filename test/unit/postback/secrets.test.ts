import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskText, maskUrl, secretRanges } from "../../../provider/postback/secrets";
import { patternWork } from "../work";
import { HARMLESS_URLS, SECRET, SECRET_URLS } from "./secretCases";

const secretsIn = (url: string) => secretRanges(url).map(({ at, end }) => url.slice(at, end));

describe("the secret ranges of a URL", () => {
  it("are the values that partners take for secrets, and logins, each for itself", () => {
    expect(secretsIn("https://me:pw@t.example/pb?token=a&cid=#s2#&sign=#s3#b&x=1")).toEqual([
      ...["me:pw", "a", "b"],
    ]);
    expect(secretsIn("https://t.example/pb?cid=#s2#&designer=a&tokens=b")).toEqual([]);
  });

  it("reach to the end of a value as it is escaped where its name stands", () => {
    expect(secretsIn("/pb?token=a%26b&x=1")).toEqual(["a%26b"]);
    expect(secretsIn("/pb?r=%3Ftoken%3Da%2526b%26x%3D1&y=2")).toEqual(["a%2526b"]);
  });

  it("are one where one stands in the other", () => {
    expect(secretsIn("/pb?token=https://me:pw@y.example/?sign=a")).toEqual([
      "https://me:pw@y.example/?sign=a",
    ]);
  });

  it('hide a secret however the URL that holds it was escaped, put into another, or lost its "?"', () => {
    const SECRET = "s3cr3t";
    const wrap = fc.constantFrom<(text: string) => string>(
      encodeURIComponent,
      (text) => text.replaceAll("&", "&amp;"),
      (text) => text.replaceAll("&", "&#38;"),
      (text) => text.replace("?", "&"),
      (text) => `https://t.example/pb?cid=#s2#&r=${text}`,
      (text) => `https://t.example/pb?r=${text}&cid=#s2#`,
      (text) => `https://t.example/pb#${text}`,
    );
    const inner: fc.Arbitrary<string> = fc.constantFrom(
      `https://y.example/?token=${SECRET}&x=1`,
      `https://y.example/?x=1&sign=${SECRET}`,
      `https://me:${SECRET}@y.example/?x=1`,
    );
    // What was escaped more than three times is read by nobody.
    fc.assert(
      fc.property(inner, fc.array(wrap, { maxLength: 3 }), (url, wraps) => {
        const whole = wraps.reduce((text, one) => one(text), url);
        const shown = secretRanges(whole).reduceRight(
          (text, { at, end }) => `${text.slice(0, at)}***${text.slice(end)}`,
          whole,
        );
        expect(shown, whole).not.toContain(SECRET);
      }),
      { seed: 61, numRuns: 400 },
    );
  });

  it("stand in their order and apart, whatever the text is", () => {
    const piece = fc.constantFrom(..."?&#;/=@%:", "%3D", "%2525", "token", "sign=", "//", "#s2#");
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 3 })))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, (url) => {
        let last = -1;
        for (const { at, end } of secretRanges(url)) {
          expect(at).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(at);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(url.length);
      }),
      { seed: 67, numRuns: 300 },
    );
  });

  it.each(["%25", "//", "token=", "@", "https://", "&amp;", "x/@", "%3Ftoken%3D", "a=%20&"])(
    "take twice the work in a text of %j that is twice as long",
    (piece) => {
      const workFor = (times: number) => patternWork(() => secretRanges(piece.repeat(times)));
      expect(workFor(4_000)).toBeLessThan(2.1 * workFor(2_000));
    },
  );
});

describe("a partner's secret", () => {
  it.each(SECRET_URLS)("is masked wherever it stands: %s", (url) => {
    expect(maskUrl(url)).not.toContain(SECRET);
    expect(maskText(`The cell is "${url}".\nIt was read.`)).not.toContain(SECRET);
  });

  it.each(HARMLESS_URLS)("is not found in %s", (url) => {
    expect(maskUrl(url)).toBe(url);
  });
});
