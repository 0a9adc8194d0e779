import type { SettingName } from "../../settings/settings";
import type { ExitCode } from "../command";
import type { Group, Verdict } from "./check";

/** What the doctor found out about one CAKE instance. `--format json` prints it. Within a version, names keep their meaning. */
export interface DoctorReport {
  readonly version: 1;
  readonly exitCode: ExitCode;
  /** Host and port of the instance. */
  readonly instance: string;
  /** The explicit provider whose settings were used; null for the stack's own. */
  readonly provider: string | null;
  /** Every check, in the order in which they ran. */
  readonly checks: readonly CheckResult[];
  /** The recommended settings, as far as they differ from the defaults. None if CAKE did not accept the key. */
  readonly settings: readonly RecommendedSetting[];
}

/** What one check found. */
export interface CheckResult {
  /** The name of the check for tools, such as "pageLimit". */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was found; null if the check did not run because an earlier one left nothing to check. */
  readonly found: string | null;
  /** What it means for a stack, and what to do; null if there is nothing to say. */
  readonly advice: string | null;
}

/** A setting that is recommended for the instance, and why. */
export interface RecommendedSetting {
  readonly name: SettingName;
  /** Null if it may be secret: the command to set it asks for it. */
  readonly value: string | null;
  readonly why: string;
}
