import type { Colors } from "picocolors/types";
import { stripControlChars } from "../output/stripControlChars";
import type { LintFinding, LintReport } from "./report";

/** The report for a terminal. */
export function asPeople(report: LintReport, paint: Colors): string {
  return [...report.findings.map((one) => findingText(one, paint)), summary(report, paint)].join("\n");
}

function findingText(finding: LintFinding, paint: Colors): string {
  const { rule, name, severity, part, what, fix, postbacks, source, line, suppressed } = finding;
  const weight = suppressed === undefined ? severity : "borne";
  const colour = { error: paint.red, warning: paint.yellow, borne: paint.dim }[weight];
  const place = stripControlChars(line > 1 ? `${source}:${line}` : source);
  return [
    `${colour(weight)} ${paint.bold(`${rule} ${name}`)}  ${stripControlChars(some(postbacks))} ${paint.dim(`(${place})`)}`,
    stripControlChars(`  ${part} ${what}.`),
    stripControlChars(suppressed === undefined ? `  ${fix}` : `  Borne because: ${suppressed}`),
  ].join("\n");
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function summary(report: LintReport, paint: Colors): string {
  const { postbacks, errors, warnings, suppressed, notJudged, flaws } = report;
  const counts = `${counted(postbacks, "postback")}: ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${suppressed} borne for a reason.`;
  return [
    (errors > 0 ? paint.red : warnings > 0 ? paint.yellow : paint.green)(counts),
    ...notJudged.map(({ name, why }) => stripControlChars(`not judged: ${name}, because ${why}`)),
    ...flaws.map((flaw) => stripControlChars(`not all may have been seen: ${flaw}`)),
  ].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
