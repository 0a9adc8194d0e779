import { createColors } from "picocolors";
import { asPretty } from "../../../../provider/cli/lint/pretty";
import type { LintReport, LintRun } from "../../../../provider/cli/lint/report";
import { asGithub } from "../../../../provider/cli/output/github";
import { jsonPieces } from "../../../../provider/cli/output/json";
import { asSarif } from "../../../../provider/cli/output/sarif";

/** The report that a run comes to. */
export function reportOf({ found, summary }: LintRun): LintReport {
  const findings = [...found].map(({ describe }) => describe());
  return { ...summary(), findings };
}

/** A run that comes to a report. */
function runOf({ findings, ...summary }: LintReport): LintRun {
  const found = findings.map((one) => ({ ...one, describe: () => one }));
  return { found, summary: () => summary };
}

export function prettyText(report: LintReport): string {
  return asPretty(runOf(report), createColors(false));
}

export function githubText(report: LintReport): string {
  return [...asGithub(runOf(report))].join("");
}

export function sarifText(report: LintReport): string {
  return [...jsonPieces(asSarif(runOf(report), TOOL))].join("");
}

export function sarifLog(report: LintReport): object {
  return JSON.parse(sarifText(report)) as object;
}

const TOOL = {
  name: "pulumi-cake",
  version: "1.2.3",
  homepage: "https://example.com/pulumi-cake#readme",
  repository: { url: "git+https://example.com/pulumi-cake.git" },
};
