import { crossRules, type NamedCandidate } from "./crossRules";
import type { EvaluatedFinding, Suppressions } from "./evaluate";
import type { RuleSettings } from "./rule";

/** One of several postbacks, with the rules that its resource suppresses. */
export interface SuppressibleCandidate extends NamedCandidate {
  readonly suppress?: Suppressions | undefined;
}

/** A finding about several postbacks. */
export interface EvaluatedCrossFinding extends EvaluatedFinding {
  readonly names: readonly string[];
}

/**
 * What only several postbacks together show. A finding is suppressed if each postback that it concerns suppresses it,
 * or all but one: that one need not know of the others.
 */
export function evaluateCrossRules(
  candidates: readonly SuppressibleCandidate[],
  { severity: decided }: RuleSettings,
  today: Date,
): EvaluatedCrossFinding[] {
  const day = today.toISOString().slice(0, 10);
  const reasons = new Map(candidates.map(({ name, suppress = {} }) => [name, suppress]));
  return crossRules.flatMap((rule) => {
    const weight = decided[rule.id];
    if (weight === "off") return [];
    return rule.find(candidates, day).map(({ severity, ...finding }) => ({
      rule: rule.id,
      name: rule.name,
      fix: rule.fix,
      ...finding,
      severity: weight ?? severity ?? rule.severity,
      ...suppressedBy(rule.id, finding.names, reasons),
    }));
  });
}

function suppressedBy(
  rule: string,
  names: readonly string[],
  reasons: ReadonlyMap<string, Suppressions>,
): { suppressed?: string } {
  const given = names.flatMap((name) => {
    const own = reasons.get(name) ?? {};
    return Object.hasOwn(own, rule) ? [own[rule] ?? ""] : [];
  });
  const isSuppressed = given.length > 0 && given.length >= names.length - 1;
  return isSuppressed ? { suppressed: [...new Set(given)].join("; ") } : {};
}
