import type { EvaluatedFinding } from "../../postback/rules/evaluate";
import type { Severity } from "../../postback/rules/rule";

/** What a rule finds, for every output. It quotes no value: a URL may hold a partner's secret. */
export interface RuleFinding {
  /** The rule's ID, such as `P03`. */
  readonly rule: string;
  /** The rule's name for people. */
  readonly name: string;
  readonly severity: Severity;
  /** Where in the URL. */
  readonly part: string;
  readonly what: string;
  readonly fix: string;
  /** The reason for which the finding is suppressed; it then counts for nothing. */
  readonly suppressed?: string | undefined;
}

/** A finding without what quotes the URL. */
export function ruleFinding(judgement: Omit<EvaluatedFinding, "quoted">): RuleFinding {
  const { rule, name, severity, part, what, fix, suppressed } = judgement;
  return { rule, name, severity, part, what, fix, suppressed };
}
