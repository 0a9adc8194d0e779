import { fingerprint, type PostbackDeclaration, type PostbackTypeId } from "../../postback/postback";
import { UnsafeOperationError } from "../errors";

/** Which resource of which stack: the hash that the class sets. Unknown for resources of other makers. */
export type Origin = string | undefined;

/**
 * Which postback belongs to which resource, as far as this run has seen. No two resources may have one, and what
 * one resource has is not switched off by the delete of another that had it before.
 */
export class Ownership {
  /** Records that creates of this run made or took over. */
  private readonly taken = new Map<number, Origin>();
  /** Records that resources keep, as their diffs told. */
  private readonly kept = new Map<number, Origin>();
  /** The same by resource. */
  private readonly keptBy = new Map<string, Set<number>>();
  private readonly fingerprints = new Set<string>();
  private readonly beingSwitchedOff = new Set<number>();
  private readonly switchedOff = new Map<number, PostbackTypeId | undefined>();

  /** Marks a postback as being made. A second resource that declares the same one in the same run is refused. */
  begin(declaration: PostbackDeclaration, origin?: Origin): void {
    const mark = fingerprint(declaration);
    if (this.fingerprints.has(mark)) {
      throw new UnsafeOperationError(
        `Two resources declare the same postback: affiliate ${declaration.affiliateId}, offer ${declaration.offerId}, type ${declaration.postbackTypeId} and the same URL. Both would fire, and the partner would count each conversion twice. Nothing was created for this one: remove one of the two from the program.`,
      );
    }
    this.fingerprints.add(mark);
    // A resource that is created does not keep what it had: the engine replaces it.
    if (origin !== undefined) this.letGo(origin);
  }

  /** Takes the mark back after a create that made nothing. */
  abandon(declaration: PostbackDeclaration): void {
    this.fingerprints.delete(fingerprint(declaration));
  }

  /** A create has made or taken over this record. */
  hold(postbackId: number, origin?: Origin): void {
    this.taken.set(postbackId, origin);
    this.switchedOff.delete(postbackId);
  }

  /** Lets go of a record whose taking over failed: a delete of this run may switch it off again. */
  release(postbackId: number): void {
    this.taken.delete(postbackId);
  }

  /** A resource goes on with this record. Refuses if a create of this run took it over for another resource. */
  keep(postbackId: number, origin: Origin): void {
    if (this.taken.has(postbackId) && this.taken.get(postbackId) !== origin) {
      throw new UnsafeOperationError(
        `Two resources of this stack would have postback ${postbackId}: one has it in the state, and another has just taken it over. Removing either would switch it off for both. Remove the resource that was added, or give it "aliases" if it is a rename.`,
      );
    }
    this.kept.set(postbackId, origin);
    if (origin !== undefined) this.keptBy.set(origin, (this.keptBy.get(origin) ?? new Set()).add(postbackId));
  }

  /** Whether this record belongs to a create of this run, or to a resource that stays and is not the asking one. */
  holds(postbackId: number, origin?: Origin): boolean {
    if (this.taken.has(postbackId)) return true;
    return this.kept.has(postbackId) && (origin === undefined || this.kept.get(postbackId) !== origin);
  }

  /** Marks a record as being switched off, so that no create takes it over meanwhile. */
  beginSwitchingOff(postbackId: number): void {
    this.beingSwitchedOff.add(postbackId);
  }

  /** Ends that mark; a record that was switched off may be switched on again without asking, by its type's resource. */
  endSwitchingOff(postbackId: number, done: boolean, typeId: PostbackTypeId | undefined): void {
    this.beingSwitchedOff.delete(postbackId);
    if (done) this.switchedOff.set(postbackId, typeId);
  }

  isBeingSwitchedOff(postbackId: number): boolean {
    return this.beingSwitchedOff.has(postbackId);
  }

  wasSwitchedOffHere(postbackId: number, typeId?: PostbackTypeId): boolean {
    return (
      this.switchedOff.has(postbackId) &&
      (typeId === undefined || this.switchedOff.get(postbackId) === typeId)
    );
  }

  private letGo(origin: string): void {
    for (const id of this.keptBy.get(origin) ?? []) if (this.kept.get(id) === origin) this.kept.delete(id);
    this.keptBy.delete(origin);
  }
}
