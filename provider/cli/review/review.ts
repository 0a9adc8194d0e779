import { withSamples } from "../../postback/macros";
import { type EvaluatedFinding, stops } from "../../postback/rules/evaluate";
import type { RuleSettings } from "../../postback/rules/rule";
import { maskUrl } from "../../postback/secrets";
import type { PostbackStep } from "../input/preview";
import { ruleFinding } from "../output/finding";
import { plural } from "../output/text";
import { CHANGE_CATEGORIES, categoriesOf, isDeactivated, isKeptActive, writesToLive } from "./categories";
import { type Change, type ChangeKind, concernsCake, isActive, readableUrl } from "./changes";
import { differencesOf } from "./differences";
import { brokenTogether, findingsOf } from "./findings";
import type { OtherSteps, ReviewCounts, ReviewedChange, ReviewReport } from "./report";

/** How many postbacks one change may touch before a person has to allow it. */
interface ChangeLimits {
  readonly maxChanges: number;
  readonly maxDeactivations: number;
  /** How many a person has allowed; undefined where the limits hold. */
  readonly allowed?: number | undefined;
}

export interface ReviewOptions {
  readonly rules: RuleSettings;
  readonly domain?: string | undefined;
  readonly today: Date;
  readonly limits: ChangeLimits;
  readonly failOn: "error" | "warning";
}

/** Says of a list of changes what they put at risk, what they break, and whether they may pass. */
export function review(
  all: readonly Change[],
  { rules, domain, today, limits, failOn }: ReviewOptions,
): Omit<ReviewReport, "comparison" | "incomplete" | "otherSteps"> {
  const changed = all.filter(({ kind }) => kind !== "same");
  const tooMany = limitStops(limits, changed);
  const found = changed.map((change) => ({ change, ...findingsOf(change, rules, domain) }));
  const changes = found.map(({ change, broken }): ReviewedChange => {
    const breaksRule = broken.some(({ suppressed }) => suppressed === undefined);
    const isOneOfMany = tooMany.length > 0 && writesToLive(change);
    return reviewed(change, broken, categoriesOf(change, breaksRule, isOneOfMany));
  });
  const together = brokenTogether(all, rules, today);
  const failing = [...found.flatMap(({ broken }) => broken), ...together].filter((one) =>
    failOn === "warning" ? one.suppressed === undefined : stops(one),
  ).length;
  const reasons = [...tooMany, ...(failing > 0 ? [plural(failing, "newly broken rule")] : [])];
  return {
    version: 1,
    passes: reasons.length === 0,
    stops: reasons,
    counts: countsOf(all),
    changes: changes.sort((one, other) => riskOf(one) - riskOf(other)),
    together: together.map((one) => ({ ...ruleFinding(one), names: one.names })),
    oldFindings: found.reduce((sum, { old }) => sum + old, 0),
    hiddenUrls: changed.filter(({ before, after }) => isHidden(before?.url) || isHidden(after?.url)).length,
  };
}

function reviewed(
  change: Change,
  broken: readonly EvaluatedFinding[],
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
    findings: broken.map(ruleFinding),
  };
}

function riskOf({ categories: [first = "other change"] }: ReviewedChange): number {
  return CHANGE_CATEGORIES.indexOf(first);
}

function limitStops({ maxChanges, maxDeactivations, allowed }: ChangeLimits, changes: Change[]): string[] {
  const touched = changes.filter(writesToLive);
  const off = touched.filter((change) => isDeactivated(change) || change.kind === "replace").length;
  if (allowed !== undefined)
    return touched.length > allowed
      ? [`${plural(touched.length, "postback")} changed, and ${allowed} allowed`]
      : [];
  return [
    ...(touched.length > maxChanges
      ? [`${plural(touched.length, "postback")} changed at once, more than ${maxChanges}`]
      : []),
    ...(off > maxDeactivations
      ? [`${plural(off, "postback")} deactivated at once, more than ${maxDeactivations}`]
      : []),
  ];
}

function countsOf(all: readonly Change[]): ReviewCounts {
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
export function otherStepsIn(steps: readonly PostbackStep[]): OtherSteps {
  const others = steps.filter((step) => !concernsCake(step));
  const of = (kind: keyof OtherSteps) => others.filter((step) => step.kind === kind).length;
  return { refresh: of("refresh"), read: of("read"), forget: of("forget") };
}

function isHidden(url: { kind: string } | undefined): boolean {
  return url !== undefined && url.kind !== "known";
}
