/** The rules about postback URLs as docs/rules.md shows them. */
import { urlRules } from "../../provider/postback/rules/builtInRules";
import { crossRules } from "../../provider/postback/rules/crossRules";
import type { Candidate, UrlRule } from "../../provider/postback/rules/rule";
import { code, table } from "./markdown";

type Example = string | readonly Candidate[];
type AnyRule = Omit<UrlRule, "find" | "bad" | "good"> & { readonly bad: Example; readonly good: Example };

// An example that is this long says by its length alone what is wrong.
const LONGEST_EXAMPLE = 120;

/** The parts of the docs that are made from the rules, by the name that their markers carry. */
export function ruleParts(): Record<string, string> {
  const rules: AnyRule[] = [...urlRules, ...crossRules].sort((one, other) => one.id.localeCompare(other.id));
  return { ruleTable: overview(rules), ruleSections: rules.map(section).join("\n\n") };
}

function overview(rules: readonly AnyRule[]): string {
  const rows = rules.map((rule) => [
    `[${titleOf(rule)}](#${titleOf(rule).toLowerCase().replaceAll(" ", "-")})`,
    rule.severity,
    checkedBy(rule),
  ]);
  return table(["Rule", "By default", "Checks"], rows);
}

function section(rule: AnyRule): string {
  const { severity, why, fix, source, bad, good } = rule;
  return [
    `### ${titleOf(rule)}`,
    `**${severity}**, checks ${checkedBy(rule)}. ${text(why)}`,
    [
      `- Bad: ${example(bad)}`,
      `- Good: ${example(good)}`,
      `- What to do: ${text(fix)}`,
      `- Source: ${text(source)}.`,
    ].join("\n"),
  ].join("\n\n");
}

function titleOf({ id, name }: AnyRule): string {
  return `${id} ${name}`;
}

function checkedBy(rule: AnyRule): string {
  return typeof rule.bad === "string" ? "one URL" : "all postbacks together";
}

// Markdown would show &amp; as &, and macros read better as code.
function text(words: string): string {
  return words.replace(/(?:#\w+#)+|&amp;\w*|cake:rules/g, code);
}

function example(given: Example): string {
  if (typeof given === "string") return urlExample(given);
  const listed = given.map(({ offerId, postbackUrl, postbackStatus }) => {
    const status = postbackStatus === undefined ? "" : ` (${postbackStatus})`;
    return `offer ${offerId} ${urlExample(postbackUrl)}${status}`;
  });
  return `affiliate ${given[0]?.affiliateId}: ${listed.join(", ")}`;
}

function urlExample(url: string): string {
  return code(url.length <= LONGEST_EXAMPLE ? url : `${url.slice(0, LONGEST_EXAMPLE / 2)}…`) + length(url);
}

function length(url: string): string {
  return url.length <= LONGEST_EXAMPLE ? "" : ` (${url.length.toLocaleString("en")} characters)`;
}
