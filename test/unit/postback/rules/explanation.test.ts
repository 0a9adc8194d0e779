import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInRules, urlRules } from "../../../../provider/postback/rules/builtInRules";
import { explanationOf, rulePage } from "../../../../provider/postback/rules/explanation";
import { OWN_RULE } from "../../../../provider/postback/rules/ownRules";

const page = readFileSync(join(__dirname, "../../../../docs/rules.md"), "utf8");
const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
  heading.toLowerCase().replaceAll(" ", "-"),
);

describe("the page of a rule", () => {
  it.each([...builtInRules, { id: "X01", name: OWN_RULE }])("exists: $id $name", (rule) => {
    const [file, heading] = rulePage(rule).split("#");
    expect(file).toBe("docs/rules.md");
    expect(headings).toContain(heading);
  });

  it("belongs to one rule alone", () => {
    const pages = builtInRules.map(rulePage);
    expect(new Set(pages).size).toBe(pages.length);
  });
});

describe("the explanation of a rule", () => {
  const [rule] = urlRules;
  const labels = (explained: Parameters<typeof explanationOf>[0]) =>
    explanationOf(explained).map(({ label }) => label);

  it("has its examples if they are URLs, and none if they are not", () => {
    expect(rule && labels(rule)).toEqual(["Why", "Bad", "Good", "What to do", "Runs in", "Source"]);
    expect(rule && labels({ ...rule, bad: [rule], good: undefined })).not.toContain("Bad");
  });

  it("shortens an example that is wrong by its length", () => {
    const texts = rule && explanationOf({ ...rule, bad: "x".repeat(2_500) }).map(({ text }) => text);
    expect(texts).toContainEqual(`${"x".repeat(60)}… (2,500 characters)`);
  });
});
