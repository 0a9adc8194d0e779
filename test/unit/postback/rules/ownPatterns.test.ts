import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../provider/postback/rules/evaluate";
import { ownPatterns, type Search } from "../../../../provider/postback/rules/ownPatterns";

const letters = `https://t.example/${"a".repeat(60)}!`;
const LIMITS = { oneUrl: 1_000, allUrls: 5_000 };

describe("a project's own pattern", () => {
  it.each([
    ["old\\.example", "https://old.example/?a=#s2#", "found"],
    ["old\\.example", "https://new.example/?a=#s2#", "not found"],
    ["^(?!https:)", "http://new.example/", "found"],
    ['"\\);throw', 'https://a.example/?x=");throw 1;("', "found"],
    ["^.\\u{1F600}.$", "\u2028\u{1F600}\ud800", "not found"],
    ["^\\P{L}\\u{1F600}\\p{C}$", "\u2028\u{1F600}\ud800", "found"],
  ])("%s in %j: %s", (pattern, url, expected) => {
    expect(ownPatterns().match(pattern, url)).toBe(expected);
    expect(ownPatterns(["https://t.example/", url]).match(pattern, url)).toBe(expected);
  });

  it.each(["([a-z]+-?)+$", "(a|a)+$", "^.*(\\w+\\w+)+$", "(.*a){40}$"])(
    "is interrupted on a hostile URL that it would need years for: %s",
    (pattern) => {
      expect(ownPatterns([], { oneUrl: 20, allUrls: 100 }).match(pattern, letters)).toBe("too slow");
    },
  );

  it("is too slow if it needs more memory than there is for a match", () => {
    expect(ownPatterns().match("^(?:a|b)*$", "ab".repeat(5_000_000))).toBe("too slow");
  });
});

/** Takes as many milliseconds for each URL as it says, and counts what it was asked for. */
function fakeSearch(costOf: (url: string) => number) {
  const asked: { readonly urls: number; readonly limit: number }[] = [];
  const compiled = new Set<RegExp>();
  let total = 0;
  const search: Search = (pattern, urls, limit) => {
    compiled.add(pattern);
    asked.push({ urls: urls.length, limit });
    const found: boolean[] = [];
    let spent = 0;
    for (const url of urls) {
      spent = Math.min(limit, spent + costOf(url));
      if (spent >= limit) break;
      found.push(pattern.test(url));
    }
    total += spent;
    return { found, milliseconds: spent };
  };
  return { search, asked, compiled, spent: () => total };
}

const HOSTILE = "https://hostile.example/";
const list = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

describe("the patterns of a run", () => {
  it("are compiled once, and search 100,000 URLs a thousand at a time", () => {
    const urls = list(100_000, "https://t.example/");
    const { search, asked, compiled } = fakeSearch(() => 0);
    const patterns = ownPatterns(urls, LIMITS, search);
    const found = urls.filter((url) => patterns.match("/99999$", url) === "found");
    expect(found).toEqual(["https://t.example/99999"]);
    expect(asked).toEqual(Array(100).fill({ urls: 1_000, limit: 1_000 }));
    expect(compiled.size).toBe(1);
  });

  it("search each URL once, in whatever order they are asked for", () => {
    const urls = list(3_000, "https://t.example/");
    const { search, asked } = fakeSearch(() => 0);
    const patterns = ownPatterns(urls, LIMITS, search);
    for (const url of urls.toReversed()) patterns.match("9", url);
    expect(asked.reduce((sum, one) => sum + one.urls, 0)).toBe(3_000);
  });

  it("search a URL once, however often it is asked for", () => {
    const { search, asked } = fakeSearch(() => 0);
    const patterns = ownPatterns(["a", "b", "a", "c"], LIMITS, search);
    expect(["a", "b", "a", "c", "x", "x"].map((url) => patterns.match("[ax]", url))).toEqual([
      "found",
      "not found",
      "found",
      "not found",
      "found",
      "found",
    ]);
    expect(asked.map(({ urls }) => urls)).toEqual([3, 1]);
  });

  it("give each URL a time of its own behind one that is too slow", () => {
    const { search } = fakeSearch((url) => (url.startsWith(HOSTILE) ? 10_000 : 1));
    const urls = [...list(3, "https://t.example/"), `${HOSTILE}1`, "https://t.example/last"];
    const patterns = ownPatterns(urls, LIMITS, search);
    expect(urls.map((url) => patterns.match("last$", url))).toEqual([
      ...["not found", "not found", "not found"],
      ...["too slow", "found"],
    ]);
  });

  it("stop after five seconds, however many URLs are hostile, and each pattern by itself", () => {
    const urls = list(10_000, HOSTILE);
    const { search, spent } = fakeSearch((url) => (url.startsWith(HOSTILE) ? 10_000 : 1));
    const patterns = ownPatterns(urls, LIMITS, search);
    const counts = new Map<string, number>();
    for (const pattern of ["a+b", "b+c", "c+d", "d+e", "e+f"])
      for (const url of urls) {
        const match = patterns.match(pattern, url);
        counts.set(match, (counts.get(match) ?? 0) + 1);
      }
    expect(Object.fromEntries(counts)).toEqual({ "too slow": 5 * 5, "not tried": 5 * 9_995 });
    expect(spent()).toBe(5 * 5_000);
  });

  it("stop as well where every URL is just not too slow", () => {
    const urls = list(10_000, HOSTILE);
    const { search, spent } = fakeSearch(() => 900);
    const patterns = ownPatterns(urls, LIMITS, search);
    const matches = urls.map((url) => patterns.match("a+b", url));
    expect(matches.filter((match) => match !== "not tried").length).toBeLessThan(10);
    expect(spent()).toBeLessThanOrEqual(6_000);
  });

  it("share their time also where the URLs are not known before", () => {
    const { search, spent } = fakeSearch(() => 10_000);
    const patterns = ownPatterns([], LIMITS, search);
    const matches = list(100, HOSTILE).map((url) => patterns.match("a+b", url));
    expect(matches.filter((match) => match === "too slow")).toHaveLength(5);
    expect(spent()).toBe(5_000);
  });
});

describe("a finding of a project's own rule", () => {
  const own = [{ id: "X01", pattern: "([a-z]+-?)+$", message: "x", severity: "warning" as const }];
  const found = (url: string, severity: Record<string, "off"> = {}, patterns = ownPatterns()) =>
    evaluate({ postbackUrl: url }, { severity, macros: [], own }, { patterns }).filter(
      ({ rule }) => rule === "X01",
    );

  it("is an error for a URL that cannot be checked, unless the rule is off", () => {
    expect(found(letters)).toMatchObject([
      { severity: "error", what: "needs more than a second for the rule's pattern, so it was not checked" },
    ]);
    expect(found(letters, { X01: "off" })).toEqual([]);
  });

  it("says that other URLs used up the time, and counts for the whole run", () => {
    const { search } = fakeSearch(() => 10_000);
    const patterns = ownPatterns([], LIMITS, search);
    const all = list(6, HOSTILE).map((url) => found(url, {}, patterns));
    expect(all[4]).toMatchObject([{ severity: "error", what: expect.stringContaining("a second") }]);
    expect(all[5]).toMatchObject([
      {
        severity: "error",
        what: "was not checked: other URLs needed more than 5 seconds for the rule's pattern",
      },
    ]);
  });
});
