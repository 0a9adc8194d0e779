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
  /** The search for the list of postbacks; null without `--discover`, and if nothing was left to search. */
  readonly discovery: Discovery | null;
  /** The recommended settings, as far as they differ from the defaults. None if CAKE did not accept the key. */
  readonly settings: readonly RecommendedSetting[];
}

/** The search for the list of postbacks: `--discover`. */
export interface Discovery {
  /** The path that was then read as the list; null if no path shows one. */
  readonly path: string | null;
  /** Why the search ended before every path was asked; null if it did not. */
  readonly ended: "key" | "noAnswer" | "throttled" | null;
  /** Whether all answers without the key are alike, so that each path was asked with it. */
  readonly isBlind: boolean;
  /** Paths that answered unlike a missing one and could not be read: one of them may be the list. */
  readonly unread: readonly string[];
  /** The configured path, if any, and all candidates, in the order in which they are asked. */
  readonly candidates: readonly Candidate[];
}

/** A path that may be that of the list, and what it answered. */
export interface Candidate {
  readonly path: string;
  /** Whether it was asked with the key, because its answer without it is not that of a missing path. */
  readonly withKey: boolean;
  /**
   * - `postbacks`: rows that are postbacks, by their fields.
   * - `empty`: a success without rows, under a name that postbacks have. Nothing shows what the rows would be.
   * - `emptyUnnamed`: the same, under another name.
   * - `noRows`: a success in which no rows were found.
   * - `other`: a success with rows of something else.
   * - `missing`: there is no such path.
   * - `failed`: no success.
   * - `notAsked`: the search ended before.
   */
  readonly answer:
    | "postbacks"
    | "empty"
    | "emptyUnnamed"
    | "noRows"
    | "other"
    | "missing"
    | "failed"
    | "notAsked";
  /** The number of postbacks; null if a small page does not show it, and for other answers. */
  readonly postbacks: number | null;
  /** What came instead of postbacks, in a few words; null if there is nothing to add. */
  readonly what: string | null;
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
