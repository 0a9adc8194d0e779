import type { Context } from "./context";
import type { RecommendedSetting } from "./report";

/**
 * What to make of something that was looked at.
 * - `ok`: seen, and as it should be.
 * - `warning`: seen; it works, but not as well or as surely as it could.
 * - `problem`: seen, and something that a stack needs will not work.
 * - `unknown`: not seen, or the look does not settle it. Never a good sign by itself.
 */
export const VERDICTS = ["ok", "warning", "problem", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The parts of the report, in their order. */
export const GROUPS = {
  network: "Network",
  access: "Access",
  list: "List of postbacks, which creates, updates and refresh check",
  endpoints: "Other endpoints",
} as const;
export type Group = keyof typeof GROUPS;

/** What a look brought to light. */
export interface Finding {
  readonly found: string;
  readonly verdict: Verdict;
  /** What it means for a stack, and what to do. */
  readonly advice?: string | undefined;
  /** Settings that follow from it. */
  readonly settings?: readonly RecommendedSetting[];
  /** Nothing further can be seen: no later check is made. */
  readonly isLast?: boolean;
}

/** One thing to look at, by reads alone. A look never throws for what the network or CAKE does. */
export interface Check {
  /** Its name for tools. */
  readonly id: string;
  readonly title: string;
  run(context: Context): Finding | Promise<Finding>;
}
