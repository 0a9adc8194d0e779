import type { LintFinding, LintReport } from "../lint/report";
import { stripControlChars } from "./stripControlChars";

/** The report as annotations of GitHub Actions, one a line. */
export function asGithub({ findings }: LintReport): string {
  return findings
    .filter(({ suppressed }) => suppressed === undefined)
    .map(annotation)
    .join("\n");
}

function annotation({ rule, name, severity, part, what, fix, postbacks, source, line }: LintFinding): string {
  const place = `file=${property(source)},line=${line},title=${property(`${rule} ${name}`)}`;
  return `::${severity} ${place}::${data(`${postbacks.join(", ")}: ${part} ${what}. ${fix}`)}`;
}

// As @actions/core escapes them, so that no text can end the command or begin another.
function data(text: string): string {
  return stripControlChars(text.replaceAll(/[\r\n]/g, " ")).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
