import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../provider/postback/rules/rule";
import { TRACKER_NAMES, TRACKERS } from "../../../provider/postback/trackers";
import { PARTNER_SIDES, trackerPages } from "../../docs/trackers";
import { optionsOf } from "../../docs/trackers/optionDocs";

const root = join(__dirname, "../../..");

describe("the pages about trackers", () => {
  it("are one for each template", () => {
    const pages = readdirSync(join(root, "docs/trackers")).filter((page) => page !== "README.md");
    expect(pages.sort(), 'run "npm run docs"').toEqual(TRACKER_NAMES.map((name) => `${name}.md`).sort());
  });

  it.each(trackerPages(root))("say what the code says: %s", (path, text) => {
    const page = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "no page";
    expect(page, 'run "npm run docs"').toBe(text);
  });

  it.each(TRACKER_NAMES)("show every option of trackers.%s", (name) => {
    const options = optionsOf(root, name);
    expect(options.map((option) => option.name)).toEqual([
      "domain",
      ...Object.keys(TRACKERS[name].parameters),
      "extra",
    ]);
    for (const { name: option, text } of options) expect(text, option).not.toBe("");
  });

  it.each(TRACKER_NAMES)("name for each mistake with %s the rule that finds it", (name) => {
    const { mistakes } = PARTNER_SIDES[name];
    expect(mistakes.length).toBeGreaterThan(1);
    for (const { url: postbackUrl, rule } of mistakes) {
      const candidate = { postbackUrl, clickIdSlot: undefined };
      const found = evaluate(candidate, defaultRuleSettings, { isSecret: false });
      expect(
        found.map((finding) => finding.rule),
        postbackUrl,
      ).toContain(rule);
    }
  });

  it.each(TRACKER_NAMES)("give a source for each fact about %s", (name) => {
    const { setup, check, secondConversion } = PARTNER_SIDES[name];
    for (const { says, source } of [...setup, ...check, ...secondConversion])
      expect(source, says).not.toBe("");
  });
});
