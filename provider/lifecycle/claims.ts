import { fingerprint, type Postback, type PostbackDeclaration } from "../postback/postback";
import { RefusedByGuard } from "./errors";

/** What this run holds: no two of its resources may have one postback, and what it made it does not switch off. */
export class Claims {
  private readonly ids = new Set<number>();
  private readonly fingerprints = new Set<string>();
  private readonly switchedOff = new Map<number, Postback>();

  /** Marks a postback as being made. A second resource that declares the same one in the same run is refused. */
  begin(declaration: PostbackDeclaration): void {
    const mark = fingerprint(declaration);
    if (this.fingerprints.has(mark)) {
      throw new RefusedByGuard(
        `Two resources declare the same postback: affiliate ${declaration.affiliateId}, offer ${declaration.offerId}, type ${declaration.postbackTypeId} and the same URL. Both would fire, and the partner would count each conversion twice. Nothing was created for this one: remove one of the two from the program.`,
      );
    }
    this.fingerprints.add(mark);
  }

  /** Takes the mark back after a create that made nothing. */
  abandon(declaration: PostbackDeclaration): void {
    this.fingerprints.delete(fingerprint(declaration));
  }

  hold(postbackId: number): void {
    this.ids.add(postbackId);
    this.switchedOff.delete(postbackId);
  }

  /** Lets go of a record whose taking over failed: a delete of this run may switch it off again. */
  release(postbackId: number): void {
    this.ids.delete(postbackId);
  }

  holds(postbackId: number): boolean {
    return this.ids.has(postbackId);
  }

  /** Remembers a record that this run switched off: it may be switched on again without asking. */
  noteSwitchedOff(row: Postback): void {
    this.switchedOff.set(row.postbackId, row);
  }

  wasSwitchedOffHere(postbackId: number): boolean {
    return this.switchedOff.has(postbackId);
  }
}
