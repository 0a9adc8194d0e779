import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { lint } from "../../../../provider/cli/lint/lint";
import { asPretty } from "../../../../provider/cli/lint/pretty";
import type { LintReport, LintRun } from "../../../../provider/cli/lint/report";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { ruleSettingsFrom } from "../../../../provider/settings/ruleSettings";
import { patternWork } from "../../work";
import { githubText, prettyText, reportOf, sarifText } from "./support";

const RULES = ruleSettingsFrom(
  JSON.stringify({ own: [{ id: "X01", pattern: "n=[0-9]*7$", message: "ends with a seven" }] }),
);

const urls = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `https://t${at % 9}.partner.net/pb?cid={clickid}&payout=#Price#&n=${at}`,
  );

function preview(count: number): string {
  const steps = urls(count).map((postbackUrl, at) => {
    const urn = `urn:pulumi:dev::shop::${TYPE_TOKEN}::p${at}`;
    const inputs = { affiliateId: 1 + (at % 7), offerId: 1 + (at % 40), postbackUrl, postbackTypeId: 1 };
    return { op: "create", urn, newState: { urn, type: TYPE_TOKEN, inputs } };
  });
  return JSON.stringify({ steps });
}

const SOURCES: Readonly<Record<string, (count: number) => string>> = {
  "a list of URLs": (count) => urls(count).join("\n"),
  "a CSV": (count) =>
    ["affiliate_id,offer_id,url", ...urls(count).map((url, at) => `${1 + (at % 7)},${at},${url}`)].join("\n"),
  "a preview": preview,
};

const FORMATS: Readonly<Record<string, (report: LintReport) => unknown>> = {
  pretty: prettyText,
  github: githubText,
  sarif: (report) => sarifText(report),
};

function run(text: string): LintRun {
  const read = { source: "source", isFile: true, ...parseContents(text, "source") };
  return lint([read], () => ({ rules: RULES, today: new Date(0) }));
}

// What costs more than twice as much for twice as many is hours for a hundred thousand.
describe("twice as many postbacks", () => {
  it.each(Object.entries(SOURCES))("are at most twice the work to read and to judge: %s", (_, textOf) => {
    const workFor = (count: number) => {
      const text = textOf(count);
      return patternWork(() => reportOf(run(text)));
    };
    expect(workFor(200)).toBeGreaterThan(0);
    expect(workFor(800)).toBeLessThan(2.1 * workFor(400));
  });

  it.each(Object.entries(FORMATS))("are at most twice the work to print: %s", (_, print) => {
    const workFor = (count: number) => {
      const report = reportOf(run(urls(count).join("\n")));
      expect(report.findings.length).toBeGreaterThan(2 * count);
      return patternWork(() => print(report));
    };
    expect(workFor(800)).toBeLessThan(2.1 * workFor(400));
  });

  it("are no more work to print on a terminal, for which only twenty of each rule are described", () => {
    const describedOf = (count: number) => {
      const { found, summary } = run(urls(count).join("\n"));
      let described = 0;
      const counting = [...found].map(({ describe, ...one }) => ({
        ...one,
        describe: () => {
          described++;
          return describe();
        },
      }));
      asPretty({ found: counting, summary }, createColors(false));
      return described;
    };
    expect(describedOf(400)).toBeGreaterThanOrEqual(3 * 20);
    expect(describedOf(800)).toBe(describedOf(400));
  });
});
