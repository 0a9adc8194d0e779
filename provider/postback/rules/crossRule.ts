import type { Candidate, Finding, RuleDescription } from "./rule";

/** One of several postbacks. */
export interface CrossCandidate extends Candidate {
  /** The name of its resource, or another name that no other candidate has. */
  readonly name: string;
  /** Host and port of its CAKE instance. Postbacks of two instances have nothing to do with each other. */
  readonly instance?: string | undefined;
  /** Rules to suppress: rule ID → reason. */
  readonly suppress?: Readonly<Record<string, string>> | undefined;
}

/** Something that a rule found in several postbacks together. */
export interface CrossFinding extends Finding {
  /** The names of the postbacks that it concerns. */
  readonly names: readonly string[];
}

/** A mistake that only several postbacks together show. */
export interface CrossRule extends RuleDescription {
  /** The argument with the last day on which a postback allows what the rule finds. */
  readonly allowedUntil?: "overlapUntil";
  /** Postbacks in which the rule finds something. */
  readonly bad: readonly Candidate[];
  /** The same postbacks without the mistake. */
  readonly good: readonly Candidate[];
  /** Takes time in proportion to the number of candidates. What it finds does not depend on their order. */
  readonly find: (candidates: readonly CrossCandidate[]) => CrossFinding[];
}

/** Why a postback allows what a rule finds in it and another one. */
export type Allowance =
  | { readonly kind: "suppressed"; readonly reason: string }
  /** The day of `allowedUntil` is not over. */
  | { readonly kind: "until" };

/**
 * Whether a postback allows what a rule finds in it and another one. Of two postbacks, it is enough that one allows it:
 * then nothing is found in them.
 *
 * @param today The day that `overlapUntil` is compared with: `2026-12-31`.
 */
export function allowanceOf(
  { id, allowedUntil }: Pick<CrossRule, "id" | "allowedUntil">,
  candidate: Pick<CrossCandidate, "suppress" | "overlapUntil">,
  today: string,
): Allowance | undefined {
  const { suppress = {} } = candidate;
  if (allowedUntil !== undefined && (candidate[allowedUntil] ?? "") >= today) return { kind: "until" };
  return Object.hasOwn(suppress, id) ? { kind: "suppressed", reason: suppress[id] ?? "" } : undefined;
}

/** Whether CAKE calls the URL. Statuses are compared without case. */
export function isActive({ postbackStatus }: Pick<Candidate, "postbackStatus">): boolean {
  return (postbackStatus ?? "active").toLowerCase() === "active";
}
