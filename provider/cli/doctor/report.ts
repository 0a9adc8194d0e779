import type { SettingName } from "../../settings/settings";
import type { ExitCode } from "../command";
import type { Group, Verdict } from "./check";

/** What the doctor has to say of one CAKE instance. `--format json` prints it; within a version, names keep their meaning. */
export interface DoctorReport {
  readonly version: 1;
  readonly exitCode: ExitCode;
  /** Host and port of the instance. */
  readonly instance: string;
  /** The explicit provider whose settings were used; null for the stack's own. */
  readonly provider: string | null;
  /** Every check, in the order in which they were made. */
  readonly checks: readonly CheckResult[];
  /** Settings that fit the instance, as far as they are not the defaults. None where the key was not accepted. */
  readonly settings: readonly RecommendedSetting[];
}

/** One thing that was looked at. */
export interface CheckResult {
  /** The name of the check for tools, such as "pageLimit". */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was seen; null where the check was not made because an earlier one left nothing to look at. */
  readonly found: string | null;
  /** What it means for a stack, and what to do; null where there is nothing to say. */
  readonly advice: string | null;
}

/** A setting that fits the instance, and why. */
export interface RecommendedSetting {
  readonly name: SettingName;
  /** Null where it may be secret: whoever sets it knows it, and it is asked for. */
  readonly value: string | null;
  readonly why: string;
}
