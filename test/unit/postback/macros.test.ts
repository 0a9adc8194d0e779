import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MACROS, macrosIn, maskMacros, tokenizeMacros, withSamples } from "../../../provider/postback/macros";

const SEED = { seed: 17, numRuns: 1_000 };
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("#", "#s2#", "s2", "##", "a", "&", "é", "\ud83d\ude00", " "), { maxLength: 15 })
    .map((some) => some.join("")),
);

describe("a URL cut at its macros", () => {
  it("is the URL again, byte for byte, whatever it is", () => {
    fc.assert(
      fc.property(text, (url) => {
        const cut = tokenizeMacros(url);
        expect(cut.map((token) => token.text).join("")).toBe(url);
        let at = 0;
        for (const token of cut) {
          expect(token.at).toBe(at);
          expect(token.text).not.toBe("");
          at += token.text.length;
        }
      }),
      SEED,
    );
  });

  it("keeps all positions when its macros are covered, and all that is no macro", () => {
    fc.assert(
      fc.property(text, (url) => {
        const masked = maskMacros(url);
        expect(masked.length).toBe(url.length);
        for (const { text: token, at, macro } of tokenizeMacros(url))
          expect(masked.slice(at, at + token.length)).toBe(
            macro === undefined ? token : "_".repeat(token.length),
          );
      }),
      SEED,
    );
  });

  it.each([
    ["cid=#s2#&sub=#s3#", ["s2", "s3"]],
    ["#s2##s3#", ["s2", "s3"]],
    ["#s2&payout=#price#", ["price"]],
    ["#a b#", []],
    ["#s2", []],
    ["##", []],
    ["#Unknown_1#", ["Unknown_1"]],
  ])("%s has the macros %j", (url, names) => {
    expect(macrosIn(url)).toEqual(names);
  });
});

describe("a URL with samples", () => {
  it("shows what the partner receives, and leaves as it is what CAKE does not know", () => {
    expect(withSamples("https://t.partner.net/pb?cid=#s2#&payout=#price#&x=#nobody#")).toBe(
      "https://t.partner.net/pb?cid=w7KJ2M9XQ4T1&payout=12.50&x=#nobody#",
    );
  });

  it("has none of CAKE's macros left, whatever stands around them", () => {
    const names = new Set(MACROS.map(({ name }) => name));
    fc.assert(
      fc.property(text, (url) => {
        // A sample next to a hash that was there may look like a macro again, but never like one of CAKE's.
        expect(macrosIn(withSamples(url)).filter((name) => names.has(name))).toEqual([]);
      }),
      SEED,
    );
  });

  it("has a sample, a meaning and a source for every macro, each once", () => {
    expect(new Set(MACROS.map(({ name }) => name)).size).toBe(MACROS.length);
    for (const { sample, meaning, source } of MACROS) {
      expect(encodeURIComponent(sample).includes("#")).toBe(false);
      expect(`${meaning}${source}`).toMatch(/\S.{10,}/);
    }
  });
});
