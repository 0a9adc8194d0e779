import type { Colors } from "picocolors/types";
import { wrapped } from "../output/text";
import { GROUPS, type Group, VERDICTS, type Verdict } from "./check";
import { phrases } from "./messages";
import type { CheckResult, DoctorReport } from "./report";
import { settingLines } from "./settingLines";

const COLORS = { ok: "green", warning: "yellow", problem: "red", unknown: "cyan" } as const;

/** The report for a terminal. */
export function pretty(report: DoctorReport, paint: Colors): string {
  const made = report.checks.filter(({ found }) => found !== null);
  const groups = (Object.keys(GROUPS) as Group[]).map((group) => {
    const checks = made.filter((check) => check.group === group);
    const lines = checks.flatMap((check, index) => [
      ...checkLines(check, paint),
      // Advice that several checks in a row share is printed once, below the last of them.
      ...(check.advice === checks[index + 1]?.advice ? [] : adviceLines(check)),
    ]);
    return section(paint.bold(GROUPS[group]), lines);
  });
  const sections = [
    paint.bold(`CAKE instance ${report.instance}`),
    ...groups,
    skippedText(report.checks),
    section(paint.bold("Recommended settings"), settingLines(report, paint)),
    `${paint.bold("Result")}  ${result(report)}`,
  ];
  return sections.filter((text) => text !== "").join("\n\n");
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

// Lines are indented by two, and fit a terminal of 80 characters.
const WIDTH = 78;
const [VERDICT_WIDTH, TITLE_WIDTH] = ["problem".length + 2, "Expected postbacks".length + 2];

function checkLines({ verdict, title, found }: CheckResult, paint: Colors): string[] {
  const left = VERDICT_WIDTH + TITLE_WIDTH;
  const [first = "", ...more] = wrapped(found ?? "", WIDTH - left);
  const head = paint[COLORS[verdict]](verdict) + " ".repeat(VERDICT_WIDTH - verdict.length);
  return [head + title.padEnd(TITLE_WIDTH) + first, ...more.map((line) => " ".repeat(left) + line)];
}

function adviceLines({ advice }: CheckResult): string[] {
  if (advice === null) return [];
  const indent = " ".repeat(VERDICT_WIDTH + 2);
  return wrapped(advice, WIDTH - indent.length).map((line) => indent + line);
}

function skippedText(checks: readonly CheckResult[]): string {
  const titles = checks.filter(({ found }) => found === null).map(({ title }) => title);
  if (titles.length === 0) return "";
  return wrapped(phrases.skipped(titles), WIDTH + 2).join("\n");
}

function result({ checks, exitCode }: DoctorReport): string {
  const count = (verdict: Verdict) => checks.filter((one) => one.verdict === verdict).length;
  const tally = VERDICTS.filter((verdict) => count(verdict) > 0).map(
    (verdict) => `${count(verdict)} ${verdict}`,
  );
  return `${tally.join(", ")}\n        Nothing was written. Exit code ${exitCode}.`;
}
