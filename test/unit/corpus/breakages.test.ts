import { describe, expect, it } from "vitest";
import { breakagesBy, WAYS } from "../../corpus/breakages";
import { cut } from "../../corpus/cut";
import { goodSamples } from "../postback/rules/support";

const ways = Object.values(WAYS).flat();
// A receiver skips an empty parameter, and a client removes spaces around a URL.
const HARMLESS = [
  "double an ampersand",
  ...["a space", "a line break", "a no-break space"].map((blank) => `let ${blank} in around the URL`),
];

describe("a cut URL", () => {
  it("has its parts where they stand", () => {
    const good = cut({ url: "https://t.partner.net/a?l&cid=#s2#&x=b=c", rules: [], reason: "" });
    expect(good.scheme.text).toBe("https://");
    expect(good.host.text).toBe("t.partner.net");
    expect(good.path.text).toBe("/a");
    expect(good.parameters.map(({ name, value }) => [name, value.text])).toEqual([
      ["l", ""],
      ["cid", "#s2#"],
      ["x", "b=c"],
    ]);
    expect(good.separators.map(({ text }) => text).join("")).toBe("?&&==");
    expect(good.clickId?.name).toBe("cid");
  });

  it("takes the click ID from the parameter that the sample names", () => {
    const url = "https://t.partner.net/a?s2=#s2#&cid=#s5#";
    expect(cut({ url, reads: { clickId: "cid" }, rules: [], reason: "" }).clickId?.name).toBe("cid");
    expect(cut({ url, rules: [], reason: "" }).clickId?.name).toBe("s2");
  });
});

describe("the ways to break a URL", () => {
  it("have names of their own", () => {
    expect(new Set(ways.map(({ name }) => name)).size).toBe(ways.length);
  });

  it.each(ways.map((way) => [way.name, way] as const))(
    "%s: makes URLs that differ from the good one",
    (_, way) => {
      const made = breakagesBy(way, 7);
      const good = new Set(goodSamples.map(({ url }) => url));
      expect(made.length).toBeGreaterThan(0);
      expect(made.filter(({ url }) => good.has(url))).toEqual([]);
      expect(made.some(({ isChange }) => isChange)).toBe(!HARMLESS.includes(way.name));
    },
  );

  it("are the same every time, and a step takes every n-th of what they make", () => {
    for (const way of ways.slice(0, 10)) {
      const all = breakagesBy(way).map(({ url }) => url);
      expect(breakagesBy(way, 7).map(({ url }) => url)).toEqual(all.filter((_, index) => index % 7 === 0));
    }
  });
});
