import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../provider/postback/rules/evaluate";
import { isFound } from "../../../../provider/postback/rules/ownPattern";

const letters = `https://t.example/${"a".repeat(60)}!`;

describe("a project's own pattern", () => {
  it.each([
    ["old\\.example", "https://old.example/?a=#s2#", true],
    ["old\\.example", "https://new.example/?a=#s2#", false],
    ["^(?!https:)", "http://new.example/", true],
    ['"\\);throw', 'https://a.example/?x=");throw 1;("', true],
    ["^.\\u{1F600}.$", "\u2028\u{1F600}\ud800", false],
    ["^\\P{L}\\u{1F600}\\p{C}$", "\u2028\u{1F600}\ud800", true],
  ])("%s in %j is found: %s", (pattern, url, expected) => {
    expect(isFound(pattern, url)).toBe(expected);
  });

  it.each(["([a-z]+-?)+$", "(a|a)+$", "^.*(\\w+\\w+)+$", "(.*a){40}$"])(
    "that goes on for years on a hostile URL is cut off: %s",
    (pattern) => {
      expect(isFound(pattern, letters)).toBe("too slow");
    },
  );

  it("stops a URL that it cannot be checked against, whatever the rule weighs, unless it is off", () => {
    const own = [{ id: "X01", pattern: "([a-z]+-?)+$", message: "x", severity: "warning" as const }];
    const found = (severity: Record<string, "off">) =>
      evaluate({ postbackUrl: letters }, { severity, macros: [], own }).filter(({ rule }) => rule === "X01");
    expect(found({})).toMatchObject([{ severity: "error", what: expect.stringContaining("not checked") }]);
    expect(found({ X01: "off" })).toEqual([]);
  });
});
