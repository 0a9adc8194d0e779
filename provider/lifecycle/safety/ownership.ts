import { attempt } from "../attempt";
import { UnsafeOperationError } from "../errors";
import type { RunRecord, RunRecords } from "../journal/runRecords";
import { messages } from "../messages";

/** The identity of a resource; undefined for resources of other makers. */
export type Urn = string | undefined;

/** What the delete of a record has to do. */
export type Deactivation =
  | "deactivate"
  /** Another resource of the run has the record: CAKE is left alone. */
  | "leave";

/**
 * Which record belongs to which resource of a run. No two resources may have one, and what one resource has is not
 * deactivated by the delete of another that had it before. Knows what this process saw, and what the other processes of
 * the run wrote down.
 */
export class Ownership {
  private readonly owners = new Map<number, Urn>();
  private readonly recordOf = new Map<string, number>();
  private readonly done = new Map<number, RunRecord>();

  constructor(private readonly run: RunRecords) {}

  /** A resource was checked and its diff replaces nothing: it goes on with its record. Refuses if another one has it. */
  keep(postbackId: number, urn: Urn): void {
    const others = this.recordsBeside(postbackId).filter(({ action }) => isOwning(action));
    const taken = this.owners.has(postbackId) && this.owners.get(postbackId) !== urn;
    if (taken || others.some((other) => other.urn !== urn))
      throw new UnsafeOperationError(messages.ownedTwice(postbackId));
    this.own(postbackId, urn);
    // A preview has no need of the journal, and a run that needs it says so at its first write.
    attempt(() => this.run.write({ action: "kept", postbackId, urn }));
  }

  /** A create of this run made the record. */
  made(postbackId: number, urn: Urn): void {
    this.own(postbackId, urn);
  }

  /** Whether a resource of this process has the record. */
  isOwned(postbackId: number): boolean {
    return this.owners.has(postbackId);
  }

  /** The record that a resource of this process has. */
  recordOwnedBy(urn: Urn): number | undefined {
    return urn === undefined ? undefined : this.recordOf.get(urn);
  }

  /** The resource of this process that has the record. */
  ownerOf(postbackId: number): Urn {
    return this.owners.get(postbackId);
  }

  /** Makes the record a resource's own, before anything is written. Refuses if another one has it, or it is going. */
  take(postbackId: number, urn: Urn): void {
    this.requireFree(postbackId, urn);
    this.write({ action: "taken", postbackId, urn });
    this.own(postbackId, urn);
    try {
      // Another process may have done the same at the same time: then both see it now.
      this.requireFree(postbackId, urn);
    } catch (error) {
      this.release(postbackId);
      throw error;
    }
  }

  /** Lets go of a record whose adoption failed: nobody has it, and it must not be deactivated for that. */
  release(postbackId: number): void {
    this.owners.delete(postbackId);
    attempt(() => this.write({ action: "asked", postbackId }));
  }

  /** A create was refused because of this record: if its delete goes on, nobody has it. */
  askedFor(postbackId: number, urn: Urn): void {
    if (!this.owners.has(postbackId)) this.write({ action: "asked", postbackId, urn });
  }

  /** Decides on the delete of a record, and informs the other processes before anything is written. */
  deactivate(postbackId: number): Deactivation {
    if (this.isWithAnother(postbackId)) return "leave";
    this.requireNotAsked(postbackId);
    this.write({ action: "deactivated", postbackId });
    // Another process may be taking it at the same time. It sees this, too, and lets go: then nobody would have it.
    if (this.isWithAnother(postbackId)) throw new UnsafeOperationError(messages.deleteOfAskedFor(postbackId));
    this.requireNotAsked(postbackId);
    return "deactivate";
  }

  /** Whether a resource of this run has the record, so that its delete must leave it alone. */
  isWithAnother(postbackId: number): boolean {
    if (this.owners.has(postbackId)) return true;
    return this.run.of(postbackId).some(({ action }) => isOwning(action));
  }

  // A resource has one record: the engine may replace it although its diff said otherwise, as after an error of a create.
  private own(postbackId: number, urn: Urn): void {
    const before = this.recordOwnedBy(urn);
    if (before !== undefined && before !== postbackId) {
      this.owners.delete(before);
      attempt(() => this.run.write({ action: "released", postbackId: before, urn }));
    }
    this.owners.set(postbackId, urn);
    if (urn !== undefined) this.recordOf.set(urn, postbackId);
  }

  private requireNotAsked(postbackId: number): void {
    const asked = this.recordsBeside(postbackId).some(({ action }) => action === "asked");
    if (asked || this.done.get(postbackId)?.action === "asked")
      throw new UnsafeOperationError(messages.deleteOfAskedFor(postbackId));
  }

  private requireFree(postbackId: number, urn: Urn): void {
    if (this.owners.has(postbackId) && this.owners.get(postbackId) !== urn)
      throw new UnsafeOperationError(messages.alreadyOwned(postbackId));
    const records = [
      ...this.run.of(postbackId),
      ...(this.done.has(postbackId) ? [this.done.get(postbackId)] : []),
    ];
    for (const one of records) {
      if (one === undefined) continue;
      if (isOwning(one.action) && one.urn !== urn)
        throw new UnsafeOperationError(messages.alreadyOwned(postbackId));
      if (one.action === "deactivated") throw new UnsafeOperationError(messages.beingDeactivated(postbackId));
    }
  }

  private recordsBeside(postbackId: number): RunRecord[] {
    return attempt(() => this.run.of(postbackId)) ?? [];
  }

  private write(record: RunRecord): void {
    this.run.write(record);
    this.done.set(record.postbackId, record);
  }
}

function isOwning(action: RunRecord["action"]): boolean {
  return action === "kept" || action === "taken";
}
