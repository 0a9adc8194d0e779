import { type OwnPatterns, PATTERN_LIMITS } from "./ownPatterns";
import type { Finding, RuleSettings, Severity } from "./rule";

/** The name of every rule of a project: the message says what it is about. */
export const OWN_RULE = "own-rule";
export const OWN_RULE_FIX = "See the rule in the project's cake:rules.";

/** What a project's rule finds in a URL. */
interface OwnFinding extends Finding {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly fix: string;
}

const NOT_CHECKED = {
  "too slow": `needs more than ${seconds(PATTERN_LIMITS.oneUrl)} for the rule's pattern, so it was not checked`,
  "not tried": `was not checked: other URLs needed more than ${seconds(PATTERN_LIMITS.allUrls)} for the rule's pattern`,
} as const;

/** What the rules of a project find in a URL. One that cannot be checked is an error: it may be what the rule is for. */
export function ownFindings(url: string, own: RuleSettings["own"], patterns: OwnPatterns): OwnFinding[] {
  return own.flatMap(({ id, pattern, message, severity }) => {
    const match = patterns.match(pattern, url);
    const base = { rule: id, name: OWN_RULE, part: "the URL" };
    if (match === "not found") return [];
    if (match === "found") return [{ ...base, severity, what: message, fix: OWN_RULE_FIX }];
    const fix = "Simplify the pattern in the project's cake:rules.";
    return [{ ...base, severity: "error", what: NOT_CHECKED[match], fix }];
  });
}

function seconds(milliseconds: number): string {
  return milliseconds === 1_000 ? "a second" : `${milliseconds / 1_000} seconds`;
}
