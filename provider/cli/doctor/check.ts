import type { Context } from "./context";
import type { RecommendedSetting } from "./report";

/**
 * What a check says.
 * - `ok`: seen, and as it should be.
 * - `warning`: seen. It works, but not as well or as surely as it could.
 * - `problem`: seen. Something that a stack needs will not work.
 * - `unknown`: not seen, or a read cannot decide it. Never a good sign by itself.
 */
export const VERDICTS = ["ok", "warning", "problem", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The parts of the report, in their order. */
export const GROUPS = {
  network: "Network",
  discovery: "Where the list is",
  access: "Access",
  list: "List of postbacks",
  endpoints: "Other endpoints",
} as const;
export type Group = keyof typeof GROUPS;

/** What a check found. */
export interface Finding {
  readonly found: string;
  readonly verdict: Verdict;
  /** What it means for a stack, and what to do. */
  readonly advice?: string | undefined;
  /** Settings that follow from it. */
  readonly settings?: readonly RecommendedSetting[];
  /** Nothing further can be seen, so no later check runs. */
  readonly isLast?: boolean;
}

/** Checks one thing, by reads alone. It never throws because of the network or CAKE. */
export interface Check {
  /** Its name for tools. */
  readonly id: string;
  readonly title: string;
  run(context: Context): Finding | Promise<Finding>;
}
