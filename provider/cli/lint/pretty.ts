import type { Colors } from "picocolors/types";
import { capitalize } from "../../message";
import { stripControlChars } from "../output/stripControlChars";
import { listed, plural } from "../output/text";
import { limitations } from "./limitations";
import type { LintFinding, LintReport } from "./report";

const MAX_NAMES = 5;

/** The report for a terminal. */
export function asPretty(report: LintReport, paint: Colors): string {
  return [...report.findings.map((one) => findingText(one, paint)), summary(report, paint)].join("\n");
}

function findingText(finding: LintFinding, paint: Colors): string {
  const { rule, name, severity, part, what, fix, postbacks, source, line, suppressed } = finding;
  const weight = suppressed === undefined ? severity : "suppressed";
  const color = { error: paint.red, warning: paint.yellow, suppressed: paint.dim }[weight];
  const place = stripControlChars(line === undefined ? source : `${source}:${line}`);
  return [
    `${color(weight)} ${paint.bold(`${rule} ${name}`)}  ${stripControlChars(listed(postbacks, MAX_NAMES))} ${paint.dim(`(${place})`)}`,
    stripControlChars(`  ${capitalize(part)} ${what}.`),
    stripControlChars(suppressed === undefined ? `  ${fix}` : `  Suppressed: ${suppressed}`),
  ].join("\n");
}

function summary(report: LintReport, paint: Colors): string {
  const { postbacks, errors, warnings, suppressed } = report;
  const counts = `${plural(postbacks, "postback")}: ${plural(errors, "error")}, ${plural(warnings, "warning")}, ${suppressed} suppressed.`;
  const color = errors > 0 ? paint.red : warnings > 0 ? paint.yellow : paint.green;
  return [color(counts), ...limitations(report).map(({ text }) => stripControlChars(text))].join("\n");
}
