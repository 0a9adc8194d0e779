import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, it, test } from "vitest";
import { parseContents, toLiveSource } from "../../../../provider/cli/input/parseSource";
import { lint } from "../../../../provider/cli/lint/lint";
import type { LintReport } from "../../../../provider/cli/lint/report";
import { fileUri } from "../../../../provider/cli/output/sarif";
import { withSlashes } from "../../../../provider/cli/output/withSlashes";
import { ruleSettingsFrom } from "../../../../provider/settings/ruleSettings";
import { githubText, reportOf, sarifLog } from "../lint/support";

const RULES = ruleSettingsFrom(
  JSON.stringify({ own: [{ id: "X1", pattern: "payout", message: "names the payout", severity: "error" }] }),
);
const today = new Date("2026-11-22T00:00:00Z");
const NO_CLICK_ID = "https://track.partner.net/postback?payout=#price#";

function reportOn(text: string, source = "partners.csv"): LintReport {
  const read = { source, isFile: true, ...parseContents(text, source) };
  return reportOf(lint([read], () => ({ rules: RULES, today })));
}

interface Result {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
    }[];
    readonly results: readonly Result[];
  }[];
}

function runOf(report: LintReport): Log["runs"][number] {
  const [run] = (sarifLog(report) as Log).runs;
  if (run === undefined) throw new Error("A log without a run.");
  return run;
}

const TWO = `name,postback_url\na,${NO_CLICK_ID}\nb,${NO_CLICK_ID}\n`;

// A URI reference after RFC 3986.
const URI_REFERENCE =
  /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?(?:[\w.~!$&'()*+,;=:@/-]|%[\dA-F]{2})*(?:[?#](?:[\w.~!$&'()*+,;=:@/?-]|%[\dA-F]{2})*)*$/i;

function problemsOf(log: object): unknown {
  const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  // Draft 4 of JSON Schema, which differs here in the names of these two alone.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, "utf8"));
  const formats = { uri: URI_REFERENCE, "uri-reference": URI_REFERENCE, "date-time": true } as const;
  const validate = new Ajv({ strict: false, unicodeRegExp: false, formats }).compile(schema);
  return validate(JSON.parse(JSON.stringify(log))) ? [] : validate.errors;
}

describe("SARIF", () => {
  it.each(["partners.csv", "a:b #1?.csv", "C:\\work\\a.csv", "standard input"])(
    "is valid by the schema of SARIF 2.1.0 where the source is %s",
    (source) => {
      const report = reportOn(`${TWO}c,\nd,https://a.partner.net/?cid={clickid}\n`, source);
      const [first, ...others] = report.findings;
      const findings = [{ ...first, suppressed: "by hand" }, ...others].map(
        (one) => one as typeof first & object,
      );
      expect(problemsOf(sarifLog({ ...report, findings }))).toEqual([]);
      expect(problemsOf({ ...sarifLog(report), runs: [{}] })).not.toEqual([]);
    },
  );

  it("has every rule once, those of the project included, and a rule for every finding", () => {
    const { tool, results } = runOf(reportOn(TWO));
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(new Set(["P03", "X1"]));
    expect(ids).toEqual(expect.arrayContaining(["P03", "P20", "X1"]));
  });

  it("explains each rule by a bad and a good URL, and links to its page in the repository at this version", () => {
    type Rule = { id: string; helpUri: string; help: { text: string; markdown: string } };
    const [run] = (sarifLog(reportOn(TWO)) as { runs: { tool: { driver: { rules: Rule[] } } }[] }).runs;
    const rule = run?.tool.driver.rules.find(({ id }) => id === "P08");
    expect(rule?.help.text).toMatch(
      /^Why: [\s\S]*\nBad: https:.*#payout#\nGood: https:.*#price#\nWhat to do: /,
    );
    expect(rule?.help.markdown).toContain(
      "- **Bad:** ` https://t.partner.net/pb?cid=#s2#&payout=#payout# `\n",
    );
    expect(rule?.helpUri).toBe("https://example.com/pulumi-cake/blob/v1.2.3/docs/rules.md#p08-unknown-macro");
  });

  it("quotes what a partner wrote as text, in which nothing is a link", () => {
    const { findings, ...others } = reportOn(TWO);
    const quoting = findings.map((one) => ({ ...one, receives: "cid=[click](https://evil.example)" }));
    const [result] = runOf({ ...others, findings: quoting }).results;
    const { text } = (result as unknown as { message: { text: string } }).message;
    expect(text).toContain("\nThe partner receives: cid=[click]\uFFFD(https://evil.example)");
  });

  it("has the line of each finding, and none where lines say nothing to people", () => {
    const lines = runOf(reportOn(TWO)).results.map(
      ({ locations }) => locations[0]?.physicalLocation.region?.startLine,
    );
    expect(lines.sort()).toEqual([2, 2, 3, 3]);
    const live = toLiveSource({
      ...{ instance: "127.0.0.1:33773", hosts: [], kind: "list", file: null, calls: 1, statement: "" },
      ...{
        incomplete: [],
        rows: [{ id: 7, affiliateId: 1, offerId: 2, status: null, type: null, url: NO_CLICK_ID }],
      },
    });
    const report = reportOf(lint([live], () => ({ rules: RULES, today })));
    const [result] = runOf(report).results;
    expect(result?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: {
        uri: "127.0.0.1%3A33773",
        description: { text: "127.0.0.1:33773, which is not a file" },
      },
    });
    expect(githubText(report)).not.toContain("file=");
  });

  it("has fingerprints that differ, and stay when lines are moved and others come", () => {
    const prints = (text: string) =>
      runOf(reportOn(text)).results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      );
    expect(new Set(prints(TWO)).size).toBe(4);
    const moved = `name,postback_url\nc,https://a.partner.net/?cid=#s2#\n\nb,${NO_CLICK_ID}\na,${NO_CLICK_ID}\n`;
    expect(prints(moved)).toEqual(expect.arrayContaining(prints(TWO)));
    const nameless = (...urls: string[]) => prints(`postback_url\n${urls.join("\n")}\n`);
    const other = "https://other.partner.net/?payout=#price#";
    expect(nameless(other, NO_CLICK_ID)).toEqual(expect.arrayContaining(nameless(NO_CLICK_ID)));
    expect(new Set(nameless(NO_CLICK_ID, NO_CLICK_ID)).size).toBe(4);
  });

  it("says what could not be read, judged or checked", () => {
    const [invocation] = runOf(
      reportOn(`affiliate_id,postback_url\nAcme (5),${NO_CLICK_ID}\n0,x\n7,\n`),
    ).invocations;
    const texts = invocation?.toolExecutionNotifications.map(({ message }) => message.text).join("\n");
    expect(invocation?.executionSuccessful).toBe(false);
    expect(texts).toMatch(
      /not checked: line 4 .*\nnot checked: .*P20 .*\n[\s\S]*incomplete: partners\.csv, line 3/,
    );
  });

  it("has the reason for which a finding is suppressed", () => {
    const { findings } = reportOn(TWO);
    const suppressed = findings.map((one) => ({ ...one, suppressed: "by hand" }));
    expect(sarifLog({ ...reportOn(TWO), findings: suppressed })).toMatchObject({
      version: "2.1.0",
      runs: [{ results: [{ suppressions: [{ kind: "external", justification: "by hand" }] }, {}, {}, {}] }],
    });
  });
});

describe("the place of a file in SARIF", () => {
  test.each([
    ["reports/partners.csv", "reports/partners.csv"],
    ["a:b.csv", "a%3Ab.csv"],
    ["../x y/50% off#1?.csv", "../x%20y/50%25%20off%231%3F.csv"],
    ["C:\\Users\\me\\a b.csv", "file:///C:/Users/me/a%20b.csv"],
    ["D:/work/a#b.csv", "file:///D:/work/a%23b.csv"],
    ["\\\\server\\share\\a.csv", "file:////server/share/a.csv"],
    ["/home/me/a:b.csv", "file:///home/me/a%3Ab.csv"],
    ["[2026] größe.csv", "%5B2026%5D%20gr%C3%B6%C3%9Fe.csv"],
    ["half\ud83d.csv", "half%EF%BF%BD.csv"],
  ])("%s is %s", (path, uri) => {
    expect(fileUri(path)).toBe(uri);
    expect(uri).toMatch(/^(?:file:\/\/)?(?:[\w.!~*'()/-]|%[\dA-F]{2}|(?<=\/[A-Z]):)+$/);
    expect(() => new URL(uri, "https://example.com/")).not.toThrow();
  });

  test("has slashes for the backslashes of Windows, which are parts of names elsewhere", () => {
    expect(fileUri("reports\\a b.csv", "win32")).toBe("reports/a%20b.csv");
    expect(fileUri("reports\\a b.csv", "linux")).toBe("reports%5Ca%20b.csv");
    expect(withSlashes("reports\\dev.csv", "win32")).toBe("reports/dev.csv");
    expect(withSlashes("reports\\dev.csv", "darwin")).toBe("reports\\dev.csv");
  });

  test("has slashes in annotations, too", () => {
    const annotations = githubText(reportOn(`postback_url\n${NO_CLICK_ID}\n`, "C:\\work\\partners.csv"));
    expect(annotations).toContain("file=C%3A/work/partners.csv,line=2");
  });
});
