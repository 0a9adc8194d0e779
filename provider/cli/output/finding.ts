import type { EvaluatedFinding } from "../../postback/rules/evaluate";
import { rulePage } from "../../postback/rules/explanation";
import type { Severity } from "../../postback/rules/rule";
import { maskUrl } from "../../postback/secrets";
import { shortened } from "./text";

/** What a rule finds, for every output. Only `receives` quotes values, with secrets masked. */
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
  /** What the partner receives, with sample values and secrets masked; missing where the URL is secret. */
  readonly receives?: string | undefined;
  /** Where the rule is explained, from the root of the package. */
  readonly page: string;
  /** The reason for which the finding is suppressed; it then counts for nothing. */
  readonly suppressed?: string | undefined;
}

/** A finding without what quotes the URL, but for what the partner receives. */
export function ruleFinding(judgement: Omit<EvaluatedFinding, "quoted">, isSecret: boolean): RuleFinding {
  const { rule, name, severity, part, what, fix, receives, suppressed } = judgement;
  return {
    rule,
    name,
    severity,
    part,
    what,
    fix,
    receives: isSecret || receives === undefined ? undefined : maskUrl(receives),
    page: rulePage({ id: rule, name }),
    suppressed,
  };
}

// Longer ones fill the screen; JSON has them unshortened.
const LONGEST_VALUE = 2_000;

/** What quotes the URL, a line each. Such a line ends without a full stop, so that it can be copied. */
export function valueLines({
  receives,
  fixed,
}: Pick<RuleFinding, "receives"> & { readonly fixed?: string | undefined }): string[] {
  return [
    ...(receives === undefined ? [] : [`The partner receives: ${shortened(receives, LONGEST_VALUE)}`]),
    ...(fixed === undefined ? [] : [`With this corrected: ${shortened(fixed, LONGEST_VALUE)}`]),
  ];
}
