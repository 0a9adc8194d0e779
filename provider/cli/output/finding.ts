import type { Colors } from "picocolors/types";
import { capitalize } from "../../message";
import type { EvaluatedFinding } from "../../postback/rules/evaluate";
import { rulePage } from "../../postback/rules/explanation";
import type { Severity } from "../../postback/rules/rule";
import { holdsSecret, maskUrl } from "../../postback/secrets";
import { stripControlChars } from "./stripControlChars";
import { plural, shortened } from "./text";

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

/** The corrected URL, to show it; undefined where the URL is secret, or holds a secret. */
export function shownFix({ fixed }: Pick<EvaluatedFinding, "fixed">, isSecret: boolean): string | undefined {
  return fixed === undefined || isSecret || holdsSecret(fixed) ? undefined : fixed;
}

/** What a finding counts as. */
export function rankOf({
  severity,
  suppressed,
}: Pick<RuleFinding, "severity" | "suppressed">): Severity | "suppressed" {
  return suppressed === undefined ? severity : "suppressed";
}

/**
 * A finding for a terminal.
 *
 * @param of What it is about, harmless for a terminal.
 */
export function findingText(
  finding: RuleFinding & { readonly fixed?: string | undefined },
  of: string,
  paint: Colors,
): string {
  const { rule, name, part, what, fix, suppressed } = finding;
  const rank = rankOf(finding);
  const color = { error: paint.red, warning: paint.yellow, suppressed: paint.dim }[rank];
  return [
    `${color(rank)} ${paint.bold(`${rule} ${name}`)}${of === "" ? "" : `  ${of}`}`,
    stripControlChars(`  ${capitalize(part)} ${what}.`),
    stripControlChars(suppressed === undefined ? `  ${fix}` : `  Suppressed: ${suppressed}`),
    ...valueLines(finding).map((text) => stripControlChars(`  ${text}`)),
  ].join("\n");
}

/** How many findings there are. */
export function findingCounts({
  errors,
  warnings,
  suppressed,
}: Readonly<Record<"errors" | "warnings" | "suppressed", number>>): string {
  return `${plural(errors, "error")}, ${plural(warnings, "warning")}, ${suppressed} suppressed`;
}
