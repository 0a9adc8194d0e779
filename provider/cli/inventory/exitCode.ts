import { COULD_NOT_JUDGE, type ExitCode } from "../command";
import type { Condition } from "./conditions";
import type { InventoryReport } from "./report";

/** 2 also where CAKE's list may be incomplete, a source was read in part or a host was not judged: what was not seen cannot be clean. */
export function exitCodeOf(
  { sources, totals, hostsIncomplete }: InventoryReport,
  failOn: readonly Condition[],
): ExitCode {
  // Files and campaigns never prove that they are complete, and whoever reads them knows. That a row was lost nobody does.
  const isUnjudged = sources.some(
    ({ kind, incomplete, isReadInPart }) => isReadInPart || (kind === "list" && incomplete.length > 0),
  );
  if (isUnjudged || hostsIncomplete.length > 0) return COULD_NOT_JUDGE;
  return failOn.some((condition) => totals[condition] > 0) ? 1 : 0;
}
