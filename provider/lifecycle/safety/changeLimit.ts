import { UnsafeOperationError } from "../errors";
import type { JournalFolder } from "../journal/folder";

export interface ChangeLimits {
  /** Postbacks that one run may switch off. */
  readonly deactivations: number;
  /** Postbacks that one run may change in any way. */
  readonly changes: number;
}

/** What a write does to a live postback. A create is none of these. */
export type Change = "change" | "deactivation";

/**
 * Stops a run that changes more live postbacks than anybody means to at once, as after an `up` from a branch
 * without the rows. The engine hands operations over one by one, so the first ones are done when the stop comes;
 * it holds for later runs, too, until a person says how many changes are wanted.
 */
export class ChangeLimit {
  private deactivations = 0;
  private changes = 0;
  private marker: Promise<string | undefined> | undefined;

  /**
   * @param allowed How many changes a person has allowed this run; undefined for as many as the limits say.
   * @param folder Where the mark of a stopped run lies, under `name`.
   */
  constructor(
    private readonly limits: ChangeLimits,
    private readonly allowed: number | undefined,
    private readonly folder: JournalFolder,
    private readonly name: string,
  ) {}

  /** Refuses the change of a postback, named for the message, if the run has made as many as it may. */
  async admit(change: Change, postback: string): Promise<void> {
    const stopped = await this.stoppedBefore();
    if (stopped !== undefined) throw stillStopped(stopped, postback);
    const isOff = change === "deactivation";
    const reached = this.reached(isOff);
    if (reached === undefined) {
      this.changes += 1;
      this.deactivations += isOff ? 1 : 0;
      return;
    }
    await this.mark(reached);
    throw tooMany(reached, postback, this.changes);
  }

  private reached(isOff: boolean): string | undefined {
    const { allowed, limits, changes, deactivations } = this;
    if (allowed !== undefined)
      return changes >= allowed
        ? `changed ${allowed} postbacks, as many as CAKE_ALLOW_CHANGES allows`
        : undefined;
    if (isOff && deactivations >= limits.deactivations)
      return `switched off ${deactivations} postbacks (cake:maxDeactivations)`;
    return changes >= limits.changes ? `changed ${changes} postbacks (cake:maxChanges)` : undefined;
  }

  // Read once: what this run marks itself is in its own counts.
  private stoppedBefore(): Promise<string | undefined> {
    this.marker ??= this.unmark();
    return this.marker;
  }

  // A folder that cannot be used must not hold up a change: then the stop holds for one run only.
  private async unmark(): Promise<string | undefined> {
    const stopped = await this.folder.read(this.name).catch(() => undefined);
    if (stopped === undefined || this.allowed === undefined) return stopped;
    await this.folder.remove(this.name).catch(() => undefined);
    return undefined;
  }

  private async mark(reached: string): Promise<void> {
    await this.folder.create(this.name, reached).catch(() => undefined);
  }
}

function tooMany(reached: string, postback: string, changes: number): UnsafeOperationError {
  return new UnsafeOperationError(
    `Nothing was done to ${postback}: this run has ${reached} already, and that many at once is most often a mistake. What was done before stays done. Look at "pulumi preview" for all that is planned. If it is wanted, run again with CAKE_ALLOW_CHANGES=<how many>; at least ${changes + 1} are planned in all. Until then no run changes anything here.`,
  );
}

function stillStopped(reached: string, postback: string): UnsafeOperationError {
  return new UnsafeOperationError(
    `Nothing was done to ${postback}: an earlier run of this project was stopped when it had ${reached}, and the stop holds. Look at "pulumi preview" for what is left to do. If it is wanted, run again with CAKE_ALLOW_CHANGES=<how many>.`,
  );
}
