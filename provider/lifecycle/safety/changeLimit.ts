import type { Message } from "../../message";
import { UnsafeOperationError } from "../errors";
import { messages } from "../messages";

export interface ChangeLimits {
  /** Postbacks that one run may deactivate. */
  readonly deactivations: number;
  /** Postbacks that one run may change in any way. */
  readonly changes: number;
}

/** What a write does to a live postback. A create is none of these. */
export type ChangeKind = "change" | "deactivation";

/**
 * Stops a run that changes more live postbacks than anybody means to at once, as after an `up` from a branch without the
 * rows. A planned replacement counts as the deactivation that it will bring, so that `up` stops in its own preview; its
 * delete is then paid for. A removal counts when it comes: nothing sees it earlier.
 */
export class ChangeLimit {
  private deactivations = 0;
  private changes = 0;
  private readonly paid = new Set<string>();

  /** @param allowed How many changes a person has allowed this run; undefined for as many as the limits say. */
  constructor(
    private readonly limits: ChangeLimits,
    private readonly allowed: number | undefined,
  ) {}

  /**
   * A replacement of a record is planned.
   *
   * @param record How the record is known: by its ID, or by what it is if no diff named it.
   */
  plan(record: string, postback: string): void {
    if (this.paid.has(record)) return;
    this.count("deactivation", (reached) => messages.tooManyReplacements(postback, reached));
    this.paid.add(record);
  }

  /** Refuses the change of a record, named for the message, if the run has made as many as it may. */
  admit(change: ChangeKind, records: readonly string[], postback: string): void {
    if (change === "deactivation" && records.some((record) => this.paid.has(record))) return;
    const done = this.changes;
    this.count(change, (reached) => messages.tooManyChanges(postback, reached, done + 1));
  }

  private count(change: ChangeKind, refusal: (reached: string) => Message): void {
    const isOff = change === "deactivation";
    const reached = this.reached(isOff);
    if (reached !== undefined) throw new UnsafeOperationError(refusal(reached));
    this.changes += 1;
    this.deactivations += isOff ? 1 : 0;
  }

  private reached(isOff: boolean): string | undefined {
    const { allowed, limits, changes, deactivations } = this;
    if (allowed !== undefined)
      return changes >= allowed ? `${allowed} changes (CAKE_ALLOW_CHANGES)` : undefined;
    if (isOff && deactivations >= limits.deactivations)
      return `${limits.deactivations} deactivations (cake:maxDeactivations)`;
    return changes >= limits.changes ? `${limits.changes} changes (cake:maxChanges)` : undefined;
  }
}
