export type Verdict = "works" | "will not work" | "not known";

/** A verdict, and why. */
export type Opinion = readonly [Verdict, string];
