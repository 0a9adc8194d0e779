import { stops } from "../../postback/rules/judge";
import type { ManyJudgement } from "../../postback/rules/judgeAll";
import type { RuleSettings } from "../../postback/rules/rule";
import type { Change, Kind } from "./changes";
import { brokenTogether, type Findings, findingsOf } from "./findings";
import { isSwitchedOff, RISKS, type Risk, risksOf } from "./risks";

/** How many postbacks one change may touch without a word of a person. */
export interface Guard {
  readonly maxChanges: number;
  readonly maxDeactivations: number;
  /** How many a person has allowed; undefined where the limits hold. */
  readonly allowed?: number | undefined;
}

export interface ReviewOptions {
  readonly rules: RuleSettings;
  readonly domain?: string | undefined;
  readonly today: Date;
  readonly guard: Guard;
  readonly failOn: "error" | "warning";
}

/** A change with all that is to be said of it. */
export interface Reviewed extends Findings {
  readonly change: Change;
  readonly risks: readonly [Risk, ...Risk[]];
}

export interface Review {
  readonly counts: Readonly<Record<Kind | "switchedOff", number>>;
  /** The changes, the riskiest first; what stays as it is left out. */
  readonly changes: readonly Reviewed[];
  readonly together: readonly ManyJudgement[];
  /** Findings that were there before and are left. */
  readonly oldFindings: number;
  /** Changes whose URL cannot be read, before or after. */
  readonly hidden: number;
  /** Why the change must not pass; none where it may. */
  readonly stops: readonly string[];
  /** Whether there was anything before. */
  readonly isFromNothing: boolean;
}

/** Says of a list of changes what they put at risk, what they break, and whether they may pass. */
export function review(all: readonly Change[], options: ReviewOptions): Review {
  const { rules, domain, today, guard, failOn } = options;
  const changes = all.filter(({ kind }) => kind !== "same");
  const touched = changes.filter(({ kind }) => kind !== "create").length;
  const off = changes.filter((change) => isSwitchedOff(change) || change.kind === "replace").length;
  const tooMany = guardStops(guard, touched, off);
  const reviewed = changes.map((change): Reviewed => {
    const findings = findingsOf(change, rules, domain);
    const isNew = findings.broken.some(({ suppressed }) => suppressed === undefined);
    const risks = risksOf(change, isNew, tooMany.length > 0 && change.kind !== "create");
    return { change, ...findings, risks: risks as [Risk, ...Risk[]] };
  });
  const together = brokenTogether(all, rules, today);
  const broken = [...reviewed.flatMap((one) => one.broken), ...together];
  const failing = broken.filter((one) =>
    failOn === "warning" ? one.suppressed === undefined : stops(one),
  ).length;
  return {
    counts: { ...countsOf(all), switchedOff: changes.filter(isSwitchedOff).length },
    changes: reviewed.sort((one, other) => RISKS.indexOf(one.risks[0]) - RISKS.indexOf(other.risks[0])),
    together,
    oldFindings: reviewed.reduce((sum, { old }) => sum + old, 0),
    hidden: changes.filter(({ before, after }) => isHidden(before?.url) || isHidden(after?.url)).length,
    stops: [...tooMany, ...(failing > 0 ? [`${failing} newly broken rule${failing === 1 ? "" : "s"}`] : [])],
    isFromNothing: all.length > 0 && all.every(({ before }) => before === undefined),
  };
}

function guardStops(
  { maxChanges, maxDeactivations, allowed }: Guard,
  touched: number,
  off: number,
): string[] {
  if (allowed !== undefined)
    return touched > allowed ? [`${touched} postbacks changed, and ${allowed} are allowed`] : [];
  return [
    ...(touched > maxChanges ? [`${touched} postbacks changed at once, more than ${maxChanges}`] : []),
    ...(off > maxDeactivations
      ? [`${off} postbacks switched off at once, more than ${maxDeactivations}`]
      : []),
  ];
}

function countsOf(all: readonly Change[]): Record<Kind, number> {
  const counts: Record<Kind, number> = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { kind } of all) counts[kind] += 1;
  return counts;
}

function isHidden(url: { kind: string } | undefined): boolean {
  return url !== undefined && url.kind !== "known";
}
