import { describe, expect, it } from "vitest";
import { codeBlock } from "../../../../provider/cli/output/markdown";

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
