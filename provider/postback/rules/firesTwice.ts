import { matchType, type Postback, type PostbackDeclaration } from "../postback";
import { isSpellingOf } from "../url";
import { crossRules, isActive, type NamedCandidate, pairOf, targetOf } from "./crossRules";
import type { Candidate, RuleSettings, Severity } from "./rule";

/** The rule that says when two postbacks fire for one conversion. */
export const FIRES_TWICE = "P20";

/** What the rule finds for a postback among others. */
export interface FiringTwice {
  readonly severity: Severity;
  /** The names of the others. */
  readonly others: readonly string[];
}

/**
 * Finds what fires for the same conversions as one postback.
 *
 * @param others The other postbacks. Those that cannot fire with it may be missing; see {@link firingKeys}.
 * @param today The day that `overlapUntil` is compared with: `2026-12-31`.
 */
export function firingTwice(
  candidate: NamedCandidate,
  others: readonly NamedCandidate[],
  { severity: decided }: RuleSettings,
  today: string,
): FiringTwice[] {
  const rule = crossRules.find(({ id }) => id === FIRES_TWICE);
  const level = decided[FIRES_TWICE];
  if (rule === undefined || level === "off" || !isActive(candidate) || others.length === 0) return [];
  return rule
    .find([candidate, ...others], today)
    .filter(({ names }) => names.includes(candidate.name))
    .map((finding) => ({
      severity: level ?? finding.severity ?? rule.severity,
      others: finding.names.filter((name) => name !== candidate.name),
    }));
}

/** The keys of a postback, and the keys of all postbacks that may fire for the same conversions. */
export function firingKeys(candidate: Candidate): { readonly own: string[]; readonly others: string[] } {
  const [pair, target] = [pairOf(candidate), targetOf(candidate)];
  const isForAll = candidate.offerId === 0;
  const keysFor = (all: boolean) => [`pair ${pair}`, `${all ? "all" : "one"} ${target}`];
  return { own: keysFor(isForAll), others: keysFor(!isForAll) };
}

/**
 * Whether a live postback may be the declared one: the same affiliate and offer, the URL in any spelling, and a type
 * that is equal or unknown. That is enough to refuse a second one.
 */
export function mayBeEqual(row: Postback, declaration: Omit<PostbackDeclaration, "postbackStatus">): boolean {
  return (
    row.affiliateId === declaration.affiliateId &&
    row.offerId === declaration.offerId &&
    isSpellingOf(row.postbackUrl, declaration.postbackUrl) &&
    matchType(row.postbackType, declaration.postbackTypeId) !== "different"
  );
}
