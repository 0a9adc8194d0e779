import { withSamples } from "../../postback/macros";
import { type EvaluatedFinding, stops } from "../../postback/rules/evaluate";
import { maskUrl } from "../../postback/secrets";
import type { PostbackStep } from "../input/preview";
import { ruleFinding } from "../output/finding";
import { plural } from "../output/text";
import { categoriesOf, isDeactivated, isKeptActive, riskOf, writesToLive } from "./categories";
import { type ChangeKind, concernsCake, isActive, type PostbackChange, readableUrl } from "./changes";
import { differencesOf } from "./differences";
import { findingsOf, newCrossFindings, type SettingsFor } from "./findings";
import { phrases } from "./messages";
import type { OtherSteps, ReviewCounts, ReviewedChange, ReviewReport } from "./report";

/** How many postbacks one change may touch before a person has to allow it. */
interface ChangeLimits {
  readonly maxChanges: number;
  readonly maxDeactivations: number;
  /** How many a person has allowed; undefined where the limits hold. */
  readonly allowed?: number | undefined;
}

export interface ReviewOptions {
  readonly settingsFor: SettingsFor;
  readonly domain?: string | undefined;
  readonly today: Date;
  readonly limits: ChangeLimits;
  readonly failOn: "error" | "warning";
}

/** Says of a list of changes what they put at risk, what they break, and whether they may pass. */
export function review(
  all: readonly PostbackChange[],
  { settingsFor, domain, today, limits, failOn }: ReviewOptions,
): Omit<ReviewReport, "comparison" | "incomplete" | "otherSteps"> {
  const changed = all.filter(({ kind }) => kind !== "same");
  const tooMany = limitBlockers(limits, changed);
  const found = findingsOf(changed, settingsFor, domain);
  const changes = changed.map((change, index): ReviewedChange => {
    const { newFindings = [] } = found[index] ?? {};
    const breaksRule = newFindings.some(({ suppressed }) => suppressed === undefined);
    const isOverLimit = tooMany.length > 0 && writesToLive(change);
    return toReviewedChange(change, newFindings, categoriesOf(change, breaksRule, isOverLimit));
  });
  const crossFindings = newCrossFindings(all, settingsFor, today);
  const failing = [...found.flatMap(({ newFindings }) => newFindings), ...crossFindings].filter((one) =>
    failOn === "warning" ? one.suppressed === undefined : stops(one),
  ).length;
  const reasons = [...tooMany, ...(failing > 0 ? [plural(failing, "newly broken rule")] : [])];
  return {
    version: 1,
    passes: reasons.length === 0,
    blockers: reasons,
    counts: countChanges(all),
    changes: changes.sort((one, other) => riskOf(one) - riskOf(other)),
    crossFindings: crossFindings.map((one) => ({ ...ruleFinding(one, true), names: one.names })),
    existingFindings: found.reduce((sum, { existing }) => sum + existing, 0),
    unreadableUrls: changed.filter(({ before, after }) => isHidden(before?.url) || isHidden(after?.url))
      .length,
  };
}

function toReviewedChange(
  change: PostbackChange,
  newFindings: readonly EvaluatedFinding[],
  categories: ReviewedChange["categories"],
): ReviewedChange {
  const { name, kind, id, before, after, keptActiveBy } = change;
  const url = isActive(after) ? readableUrl(after) : undefined;
  return {
    name,
    kind,
    postbackId: id,
    categories,
    affiliateId: (after ?? before)?.affiliateId,
    offerId: (after ?? before)?.offerId,
    keptActiveBy: isKeptActive(change) ? keptActiveBy : undefined,
    differences: differencesOf(change),
    sample: url === undefined ? undefined : withSamples(maskUrl(url)),
    isSampleHidden: isActive(after) && url === undefined,
    findings: newFindings.map((one) => ruleFinding(one, readableUrl(after) === undefined)),
  };
}

function limitBlockers(
  { maxChanges, maxDeactivations, allowed }: ChangeLimits,
  changes: PostbackChange[],
): string[] {
  const touched = changes.filter(writesToLive);
  const off = touched.filter((change) => isDeactivated(change) || change.kind === "replace").length;
  if (allowed !== undefined)
    return touched.length > allowed ? [phrases.overApproved(touched.length, allowed)] : [];
  return [
    ...(touched.length > maxChanges ? [phrases.tooManyChanges(touched.length, maxChanges)] : []),
    ...(off > maxDeactivations ? [phrases.tooManyDeactivations(off, maxDeactivations)] : []),
  ];
}

function countChanges(all: readonly PostbackChange[]): ReviewCounts {
  const of = (kind: ChangeKind) => all.filter((change) => change.kind === kind).length;
  return {
    create: of("create"),
    update: of("update"),
    replace: of("replace"),
    delete: of("delete"),
    same: of("same"),
    deactivated: all.filter(isDeactivated).length,
    keptActive: all.filter(isKeptActive).length,
  };
}

/** Counts the postbacks that an operation does not change in CAKE. */
export function countOtherSteps(steps: readonly PostbackStep[]): OtherSteps {
  const others = steps.filter((step) => !concernsCake(step));
  const of = (kind: keyof OtherSteps) => others.filter((step) => step.kind === kind).length;
  return { refresh: of("refresh"), read: of("read"), forget: of("forget") };
}

function isHidden(url: { kind: string } | undefined): boolean {
  return url !== undefined && url.kind !== "known";
}
