import { builtInRules } from "../../postback/rules/builtInRules";
import { type ExplainedRule, exampleText, rulePage } from "../../postback/rules/explanation";
import { OWN_RULE, OWN_RULE_FIX } from "../../postback/rules/ownRules";
import { PLACES, type Place, type RuleSettings, type Severity } from "../../postback/rules/rule";

/** What `rules` prints. */
export interface RulesReport {
  readonly version: 1;
  /** All rules in the order of their IDs, those of the project last; or the one that was asked for. */
  readonly rules: readonly Rule[];
}

/** A rule, as it is in this project. */
export interface Rule {
  readonly id: string;
  /** The name for people and for searching: `foreign-macro`. */
  readonly name: string;
  /** Whether the project has defined it. */
  readonly isOwn: boolean;
  /** What is wrong, in words that follow "a URL with". For a rule of the project, its message. */
  readonly title: string;
  /** The severity in this project. */
  readonly severity: Severity | "off";
  readonly defaultSeverity: Severity;
  readonly runsIn: readonly Place[];
  /** What the mistake costs; missing for a rule of the project, as are the source and the examples. */
  readonly why?: string;
  readonly fix: string;
  readonly source?: string;
  /** A URL, or postbacks of one affiliate, in which the rule finds something. */
  readonly bad?: string;
  /** The same without the mistake. */
  readonly good?: string;
  /** The pattern of a rule of the project. */
  readonly pattern?: string;
  /** Where the rule is explained, from the root of the package. */
  readonly page: string;
}

/** Every rule with the severity that the project decides, and then the rules of the project. */
export function rulesOf({ severity: decided, own }: RuleSettings): Rule[] {
  const severityOf = ({ id, severity }: Pick<ExplainedRule, "id" | "severity">) => ({
    severity: decided[id] ?? severity,
    defaultSeverity: severity,
  });
  return [
    ...builtInRules.map((rule) => ({ ...builtInRule(rule), ...severityOf(rule) })),
    ...own.map((rule) => ({
      ...{ id: rule.id, name: OWN_RULE, isOwn: true, title: rule.message, ...severityOf(rule) },
      ...{ runsIn: PLACES, fix: OWN_RULE_FIX, pattern: rule.pattern },
      page: rulePage({ id: rule.id, name: OWN_RULE }),
    })),
  ];
}

function builtInRule(rule: ExplainedRule): Omit<Rule, "severity" | "defaultSeverity"> {
  const { id, name, title, runsIn, why, fix, source, bad, good } = rule;
  return {
    ...{ id, name, isOwn: false, title, runsIn, why, fix, source },
    ...{ bad: exampleText(bad), good: exampleText(good) },
    page: rulePage(rule),
  };
}
