import { describe, expect, it } from "vitest";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import type { PostbackSource } from "../../../../provider/cli/input/postbackSource";
import { lint } from "../../../../provider/cli/lint/lint";
import type { LintReport } from "../../../../provider/cli/lint/report";
import { ruleFinding, valueLines } from "../../../../provider/cli/output/finding";
import { asMarkdown } from "../../../../provider/cli/review/markdown";
import type { ReviewReport } from "../../../../provider/cli/review/report";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { githubText, prettyText, reportOf, sarifText } from "../lint/support";

const JUDGED = {
  ...{ rule: "P27", name: "lost-separator", severity: "error" as const, part: 'parameter "cid"' },
  ...{ what: "has no & behind it", fix: "Write & between the parameters." },
};
const RECEIVES = "cid=w7KJ2M9XQ4T1payout=12.50";
const finding = ruleFinding({ ...JUDGED, receives: RECEIVES }, false);

function reportOn(url: string, changes: Partial<PostbackSource["subjects"][number]> = {}): LintReport {
  const contents = parseContents(url, "urls.txt");
  const subjects = contents.subjects.map((one) => ({ ...one, ...changes }));
  const read = { source: "urls.txt", isFile: true, ...contents, subjects };
  return reportOf(lint([read], () => ({ rules: defaultRuleSettings, today: new Date(0) })));
}

const withReceives = (receives: string): LintReport => {
  const { findings, ...others } = reportOn("https://t.partner.net/pb?cid=#s2#&payout=#Price#");
  return { ...others, findings: findings.map((one) => ({ ...one, receives })) };
};

describe("a finding", () => {
  it("names the page of its rule, and what the partner receives", () => {
    expect(finding).toMatchObject({ page: "docs/rules.md#p27-lost-separator", receives: RECEIVES });
    expect(valueLines(finding)).toEqual([`The partner receives: ${RECEIVES}`]);
  });

  it("shows nothing that the partner receives where the URL is secret, and masks secrets elsewhere", () => {
    expect(ruleFinding({ ...JUDGED, receives: RECEIVES }, true).receives).toBeUndefined();
    const { receives } = ruleFinding({ ...JUDGED, receives: "cid=x&token=s3cr3t" }, false);
    expect(receives).toBe("cid=x&token=***");
  });

  it("is shortened where the URL is very long", () => {
    const [line = ""] = valueLines({ receives: "x".repeat(100_000) });
    expect(line.length).toBeLessThan(2_100);
  });
});

describe("the corrected URL", () => {
  const WRONG = "https://t.partner.net/pb?cid=#s2#&payout=#Price#";
  const RIGHT = "https://t.partner.net/pb?cid=#s2#&payout=#price#";

  it("is in every report, if the correction is certain", () => {
    const report = reportOn(WRONG);
    expect(report.findings).toMatchObject([{ rule: "P08", isFixCertain: true, fixed: RIGHT }]);
    expect(prettyText(report)).toContain(`\n  With this corrected: ${RIGHT}\n`);
    expect(githubText(report)).toContain(`%0AWith this corrected: ${RIGHT}%0A`);
    expect(sarifText(report)).toContain(`With this corrected: ${RIGHT}`);
  });

  it.each([
    ["the URL is secret", WRONG, { isSecret: true }],
    ["the URL holds a secret", `${WRONG}&token=s3cr3tV4lue`, {}],
  ])("is in none where %s", (_, url, changes) => {
    const report = reportOn(url, changes);
    expect(report.findings.find(({ rule }) => rule === "P08")).toMatchObject({ isFixCertain: true });
    const printed = [prettyText(report), githubText(report), JSON.stringify(report)].join("\n");
    expect(printed).not.toContain("#price#&token");
    expect(printed).not.toContain("s3cr3tV4lue");
    expect(printed).not.toContain(RIGHT);
  });
});

describe("what the partner receives", () => {
  const HOSTILE = "a\u001b[2J\n::error::b%0A##[add-mask]c";

  it("is in every format of lint", () => {
    const report = withReceives(RECEIVES);
    const line = `The partner receives: ${RECEIVES}`;
    expect(prettyText(report)).toContain(`\n  ${line}\n`);
    expect(githubText(report)).toContain(`%0A${line}%0A`);
    expect(sarifText(report)).toContain(line);
  });

  it("does nothing to a terminal or a runner, whatever it holds", () => {
    const report = withReceives(HOSTILE);
    const annotations = githubText(report).split("\n");
    expect(annotations.filter((line) => line.startsWith("::error"))).toEqual([]);
    for (const printed of [prettyText(report), ...annotations]) {
      expect(printed).not.toContain("\u001b");
      expect(printed).not.toMatch(/##[a-z]*\[|^\s*::error/m);
    }
    expect(githubText(report)).toContain("b%250A##");
  });

  const reviewOf = (sample: string | undefined): string => {
    const counts = { create: 1, update: 0, replace: 0, delete: 0, same: 0, deactivated: 0, keptActive: 0 };
    const change = { name: "acme", kind: "create", categories: ["newlyBroken"], differences: [] };
    const report = {
      ...{ version: 1, passes: false, blockers: [], incomplete: [], comparison: "", counts },
      ...{ otherSteps: { refresh: 0, read: 0, forget: 0 }, crossFindings: [], existingFindings: 0 },
      changes: [{ ...change, sample, isSampleHidden: false, findings: [finding] }],
      unreadableUrls: 0,
    };
    return asMarkdown(report as unknown as ReviewReport);
  };

  it("is in a review as code, unless the sample above shows it", () => {
    expect(reviewOf(undefined)).toContain(`The partner receives: \` ${RECEIVES} \``);
    const shown = reviewOf(`https://t.partner.net/pb?${RECEIVES}`);
    expect(shown).toContain("P27 lost-separator");
    expect(shown).not.toContain("The partner receives:");
  });
});

describe("many findings", () => {
  const urls = Array.from({ length: 50 }, (_, at) => `https://t.partner.net/pb?cid={x}&n=${at}`).join("\n");

  it("stand by rule on a terminal: the first twenty of each, and how many more there are", () => {
    const printed = prettyText(reportOn(urls));
    expect(printed.match(/^error P01 foreign-macro /gm)).toHaveLength(20);
    expect(printed).toContain("\n… and 30 more of P01 foreign-macro. --format json shows all.\n");
    expect(printed).toMatch(/30 more of P01[\s\S]*^warning P03 [\s\S]*30 more of P03/m);
  });

  it("are all in the other formats", () => {
    const report = reportOn(urls);
    expect(report.findings).toHaveLength(100);
    expect(githubText(report).match(/title=P01/g)).toHaveLength(50);
  });

  it("end on a terminal with the command that explains a rule, and not where there are none", () => {
    expect(prettyText(reportOn(urls))).toMatch(/\nExplain a rule: pulumi-cake rules P01$/);
    expect(prettyText(reportOn("https://t.partner.net/pb?cid=#s2#"))).not.toContain("Explain");
  });
});
