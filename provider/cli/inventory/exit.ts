import { COULD_NOT_JUDGE, type ExitCode } from "../command";
import type { InventoryReport, Totals } from "./report";

/** What can end the command with 1. */
export const FINDINGS = [
  "missing",
  "drifted",
  "duplicate",
  "broken",
  "claimedTwice",
  "unmanaged",
  "exposed",
  "warned",
  "inactive",
] as const satisfies readonly (keyof Totals)[];
export type FindingKind = (typeof FINDINGS)[number];

/** Without stacks to compare with, everything is unmanaged, and nothing is wrong about that. */
export function usualFindings(hasStacks: boolean): FindingKind[] {
  return [
    "missing",
    "drifted",
    "duplicate",
    "broken",
    "claimedTwice",
    ...(hasStacks ? ["unmanaged" as const] : []),
  ];
}

/** 2 also where CAKE's list may be incomplete, or a source was not read whole: what was not seen cannot be clean. */
export function exitCodeOf(report: InventoryReport, failOn: readonly FindingKind[]): ExitCode {
  // Files and campaigns never prove that they are complete; who reads them knows. That a row was lost nobody does.
  const isBroken = report.sources.some(
    ({ kind, flaws, isReadInPart }) => isReadInPart || (kind === "list" && flaws.length > 0),
  );
  if (isBroken) return COULD_NOT_JUDGE;
  return failOn.some((kind) => report.totals[kind] > 0) ? 1 : 0;
}
