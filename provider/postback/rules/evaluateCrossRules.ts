import { groupsOf } from "../groupsOf";
import { allowanceOf, type CrossCandidate, type CrossFinding, type CrossRule } from "./crossRule";
import { crossRules } from "./crossRules";
import type { EvaluatedFinding } from "./evaluate";
import type { RuleSettings } from "./rule";

/** A finding about several postbacks. */
export interface EvaluatedCrossFinding extends EvaluatedFinding {
  readonly names: readonly string[];
}

/**
 * What only several postbacks together show. Postbacks of which one allows it are not found together; what one of them
 * suppresses is a finding of its own, with the reason.
 */
export function evaluateCrossRules(
  candidates: readonly CrossCandidate[],
  { severity: decided }: RuleSettings,
  today: Date,
): EvaluatedCrossFinding[] {
  const day = today.toISOString().slice(0, 10);
  const byInstance = groupsOf(candidates, ({ instance = "" }) => instance);
  return crossRules.flatMap((rule) => {
    const level = decided[rule.id];
    if (level === "off") return [];
    return byInstance
      .flatMap((ofInstance) => findAllowing(rule, ofInstance, day))
      .map(({ severity, ...finding }) => ({
        rule: rule.id,
        name: rule.name,
        fix: rule.fix,
        ...finding,
        severity: level ?? severity ?? rule.severity,
      }));
  });
}

function findAllowing(
  rule: CrossRule,
  candidates: readonly CrossCandidate[],
  day: string,
): (CrossFinding & { readonly suppressed?: string })[] {
  const reasons = new Map<string, string>();
  const current = candidates.filter((candidate) => {
    const allowance = allowanceOf(rule, candidate, day);
    if (allowance?.kind === "suppressed") reasons.set(candidate.name, allowance.reason);
    return allowance?.kind !== "until";
  });
  const open = rule.find(current.filter(({ name }) => !reasons.has(name)));
  if (reasons.size === 0) return open;
  const suppressed = rule.find(current).flatMap((finding) => {
    const given = new Set(finding.names.flatMap((name) => reasons.get(name) ?? []));
    return given.size === 0 ? [] : [{ ...finding, suppressed: [...given].join("; ") }];
  });
  return [...open, ...suppressed];
}
