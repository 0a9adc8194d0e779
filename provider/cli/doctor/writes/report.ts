import type { Settled } from "./settled";

/** What the probe of writes did, settled and left behind. */
export interface WriteReport {
  readonly settled: Settled;
  /** The ids of the records that it made. CAKE cannot delete them. */
  readonly leftBehind: readonly number[];
  /** Why nothing was written. */
  readonly refusal?: string;
  /** What was not as it should be, and ended the probe. */
  readonly surprise?: string;
}
