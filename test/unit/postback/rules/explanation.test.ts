import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInRules, urlRules } from "../../../../provider/postback/rules/builtInRules";
import { exampleText, explanationOf, rulePage } from "../../../../provider/postback/rules/explanation";
import { OWN_RULE } from "../../../../provider/postback/rules/ownRules";

const page = readFileSync(join(__dirname, "../../../../docs/rules.md"), "utf8");
const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
  heading.toLowerCase().replaceAll(" ", "-"),
);

describe("the page of a rule", () => {
  it.each([...builtInRules, { id: "X01", name: OWN_RULE }])("exists: $id $name", (rule) => {
    const [file, heading] = rulePage(rule).split("#");
    expect(file).toBe("docs/rules.md");
    expect(headings, 'run "npm run docs"').toContain(heading);
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

  it("has the same parts for every rule", () => {
    const expected = ["Why", "Bad", "Good", "What to do", "Runs in", "Source"];
    for (const one of builtInRules) expect(labels(one)).toEqual(expected);
  });

  it("has postbacks of one affiliate as the examples of a rule about several", () => {
    const postbacks = [1, 2].map((offerId) => ({
      affiliateId: 7,
      offerId,
      postbackUrl: `https://t.net/${offerId}`,
    }));
    expect(exampleText(postbacks)).toBe(
      "affiliate 7 has https://t.net/1 for offer 1, and https://t.net/2 for offer 2",
    );
  });

  it("shortens an example that is wrong by its length", () => {
    const texts = rule && explanationOf({ ...rule, bad: "x".repeat(2_500) }).map(({ text }) => text);
    expect(texts).toContainEqual(`${"x".repeat(60)}… (2,500 characters)`);
  });
});
