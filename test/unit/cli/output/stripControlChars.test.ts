import { describe, expect, it } from "vitest";
import { safeJson } from "../../../../provider/cli/output/json";
import { code, codeBlock } from "../../../../provider/cli/output/markdown";
import { stripControlChars } from "../../../../provider/cli/output/stripControlChars";

const COMMANDS = [
  "https://a.example/##[add-mask]e",
  "###[group]x",
  "##[##[error]x",
  "::error::x",
  "  ::stop-commands::x",
  "\u3000::error::x",
];

/** What GitHub's runner takes for a command: one form at the beginning of a line, the other one anywhere. */
const OBEYED = /##\[|^\s*::/m;

describe("a runner of GitHub", () => {
  it.each(COMMANDS)("obeys nothing in a text from outside: %s", (text) => {
    for (const shown of [stripControlChars(text), code(text), codeBlock(text, 1_000)])
      expect(shown).not.toMatch(OBEYED);
  });

  it.each(COMMANDS)("obeys nothing in JSON, which holds the same values: %s", (text) => {
    const json = safeJson({ text }, 2);
    expect(json).not.toMatch(OBEYED);
    expect(JSON.parse(json)).toEqual({ text });
  });
});

describe("a block of code", () => {
  it("is code in every line, whatever a line holds", () => {
    const text = "a\r# b\n\n```\n\u2028c\u202e\u001b[2J\n\tx";
    for (const line of codeBlock(text, 1_000).split("\n"))
      expect(line).toMatch(/^ {4}[^\p{Cc}\p{Cf}\u2028]*$/u);
  });

  it("is cut at a line, and counts the rest", () => {
    const text = codeBlock("x\n".repeat(10_000), 1_000);
    expect(Buffer.byteLength(text)).toBeLessThan(1_100);
    expect(text).toMatch(/\n\n\d{4} more lines are not shown\.$/);
  });
});

it("a good URL stays as it is", () => {
  const url = "https://a.example:8080/pb?cid=#s2#&x=[1]&y=a::b";
  expect(stripControlChars(url)).toBe(url);
});
