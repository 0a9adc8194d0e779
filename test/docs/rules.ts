/** The rules about postback URLs as docs/rules.md shows them. */
import { builtInRules } from "../../provider/postback/rules/builtInRules";
import { type ExplainedRule, explanationOf, rulePage } from "../../provider/postback/rules/explanation";
import { code, table } from "./markdown";

/** The parts of the docs that are made from the rules, by the name that their markers carry. */
export function ruleParts(): Record<string, string> {
  const rules: readonly ExplainedRule[] = builtInRules;
  return { ruleTable: overview(rules), ruleSections: rules.map(section).join("\n\n") };
}

function overview(rules: readonly ExplainedRule[]): string {
  const rows = rules.map((rule) => [
    `[${rule.id} ${rule.name}](${rulePage(rule).replace("docs/rules.md", "")})`,
    rule.severity,
    text(rule.title),
    rule.runsIn.join(", "),
  ]);
  return table(["Rule", "By default", "Finds a URL with", "Runs in"], rows);
}

function section(rule: ExplainedRule): string {
  const parts = explanationOf(rule).map(({ label, text: words, isUrl }) => {
    const shown = isUrl ? words.replace(/^.*?(?=…? \([\d,]+ characters\)$|$)/s, code) : text(words);
    return `- ${label}: ${shown}${isUrl || words.endsWith(".") ? "" : "."}`;
  });
  return [
    `### ${rule.id} ${rule.name}`,
    `**${rule.severity}** for a URL with ${text(rule.title)}.`,
    parts.join("\n"),
  ].join("\n\n");
}

// Markdown would show &amp; as &, and macros read better as code.
function text(words: string): string {
  return words.replace(/https?:\/\/[^\s,]*[^\s,.]|(?:#\w+#)+|&amp;\w*|cake:rules/g, code);
}
