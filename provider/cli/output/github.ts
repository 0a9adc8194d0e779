import { limitations } from "../lint/limitations";
import type { LintFinding, LintRun } from "../lint/report";
import { valueLines } from "./finding";
import { stripControlChars } from "./stripControlChars";
import { listed } from "./text";
import { withSlashes } from "./withSlashes";

const MAX_NAMES = 20;
const LINE_BREAK = "%0A";

/** The report as annotations of GitHub Actions, one a line. */
export function* asGithub({ found, summary }: LintRun): Generator<string> {
  let start = "";
  for (const { suppressed, describe } of found) {
    if (suppressed !== undefined) continue;
    yield start + annotation(describe());
    start = "\n";
  }
  for (const { level, text } of limitations(summary())) {
    yield `${start}::${level === "note" ? "notice" : level}::${data(text)}`;
    start = "\n";
  }
}

function annotation(finding: LintFinding): string {
  const { rule, name, severity, part, what, fix, postbacks, source, isFile, line, page } = finding;
  const place = [
    ...(isFile ? [`file=${property(withSlashes(source))}`, `line=${line ?? 1}`] : []),
    `title=${property(`${rule} ${name}`)}`,
  ];
  const lines = [
    `${listed(postbacks, MAX_NAMES)}: ${part} ${what}. ${fix}`,
    ...valueLines(finding),
    `Why: ${page} of pulumi-cake`,
  ];
  return `::${severity} ${place.join(",")}::${lines.map(data).join(LINE_BREAK)}`;
}

// As @actions/core escapes them, so that no text can end the command or begin another.
function data(text: string): string {
  return stripControlChars(text.replaceAll(/[\r\n]/g, " ")).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
