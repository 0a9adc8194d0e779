import type { Colors } from "picocolors/types";
import { OWN_RULE } from "../../postback/rules/ownRules";
import { findingCounts, findingText, rankOf } from "../output/finding";
import { stripControlChars } from "../output/stripControlChars";
import { listed, plural } from "../output/text";
import { limitations } from "./limitations";
import type { FoundMistake, LintFinding, LintRun, LintSummary } from "./report";

const MAX_NAMES = 5;
/** A few of each rule are enough to see what is wrong, and the number says the rest. */
const MAX_OF_RULE = 20;

/** The report for a terminal: the findings by rule, the errors first. */
export function asPretty({ found, summary }: LintRun, paint: Colors): string {
  const groups = groupsOf(found);
  const report = summary();
  return [
    ...groups.flatMap((group) => groupText(group, paint)),
    countsText(report, paint),
    ...limitations(report).map(({ text }) => stripControlChars(text)),
    ...advice(groups),
  ].join("\n");
}

/** Findings of one rule that count the same. */
interface Group {
  readonly shown: [LintFinding, ...LintFinding[]];
  count: number;
}

function groupsOf(found: Iterable<FoundMistake>): Group[] {
  const byRank = {
    error: new Map<string, Group>(),
    warning: new Map<string, Group>(),
    suppressed: new Map<string, Group>(),
  };
  for (const mistake of found) {
    const groups = byRank[rankOf(mistake)];
    const group = groups.get(mistake.rule);
    if (group === undefined) groups.set(mistake.rule, { shown: [mistake.describe()], count: 1 });
    else {
      group.count++;
      if (group.shown.length < MAX_OF_RULE) group.shown.push(mistake.describe());
    }
  }
  return Object.values(byRank).flatMap((groups) => [...groups.values()]);
}

function groupText({ shown, count }: Group, paint: Colors): string[] {
  const [{ rule, name }] = shown;
  const more = count - shown.length;
  const rest = `… and ${more.toLocaleString("en")} more of ${rule} ${name}. --format json shows all.`;
  return [...shown.map((one) => lintText(one, paint)), ...(more > 0 ? [rest] : [])];
}

function lintText(finding: LintFinding, paint: Colors): string {
  const { postbacks, source, line } = finding;
  const place = stripControlChars(line === undefined ? source : `${source}:${line}`);
  const names = stripControlChars(listed(postbacks, MAX_NAMES));
  return findingText(finding, `${names} ${paint.dim(`(${place})`)}`, paint);
}

function countsText(summary: LintSummary, paint: Colors): string {
  const { postbacks, errors, warnings } = summary;
  const counts = `${plural(postbacks, "postback")}: ${findingCounts(summary)}.`;
  const color = errors > 0 ? paint.red : warnings > 0 ? paint.yellow : paint.green;
  return color(counts);
}

function advice(groups: readonly Group[]): string[] {
  const example = groups.find(({ shown: [{ name }] }) => name !== OWN_RULE);
  return example === undefined ? [] : [`Explain a rule: pulumi-cake rules ${example.shown[0].rule}`];
}
