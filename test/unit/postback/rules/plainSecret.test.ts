import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { HARMLESS_URLS, SECRET, SECRET_URLS } from "../secretCases";

const findings = (postbackUrl: string, isSecret: boolean) =>
  evaluate({ postbackUrl }, defaultRuleSettings, { isSecret });
const isPlainSecret = ({ rule }: { rule: string }) => rule === "P16";

describe("the rules", () => {
  it.each(SECRET_URLS)("find the plain secret that masks hide, and quote it nowhere: %s", (url) => {
    const found = findings(url, false);
    expect(found.filter(isPlainSecret)).not.toEqual([]);
    const shown = found.map(({ fixed: _, ...finding }) => finding);
    expect(JSON.stringify(shown)).not.toContain(SECRET);
  });

  it.each(HARMLESS_URLS)("find no plain secret in %s", (url) => {
    expect(findings(url, false).filter(isPlainSecret)).toEqual([]);
  });

  it("find no plain secret in a URL that is secret", () => {
    expect(findings(SECRET_URLS[0] ?? "", true).filter(isPlainSecret)).toEqual([]);
  });

  it("quote what is no secret", () => {
    const [finding] = findings("https://t.example/pb?cid={clickid}&token=abc", false);
    expect(finding?.quoted).toBe("{clickid}");
  });
});
