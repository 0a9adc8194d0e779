import { groupsOf } from "../../postback/groupsOf";
import type { Postback } from "../../postback/postback";
import { clickIdSlotOf } from "../../postback/rules/mixedClickIdSlots";

/** Live postbacks by the sub ID that they take the click ID from. */
export type RowsBySlot = ReadonlyMap<string, readonly Postback[]>;

/** The sub IDs that postbacks which were live before a run take the click ID from. Each affiliate is read once. */
export class LiveSlots {
  private readonly byAffiliate = new Map<number, RowsBySlot>();
  private readonly warnings = new Set<string>();

  of(affiliateId: number, rows: readonly Postback[]): RowsBySlot {
    const known = this.byAffiliate.get(affiliateId);
    if (known !== undefined) return known;
    const groups = groupsOf(rows, clickIdSlotOf);
    const bySlot = new Map(groups.map((group) => [String(group[0] && clickIdSlotOf(group[0])), group]));
    this.byAffiliate.set(affiliateId, bySlot);
    return bySlot;
  }

  /** A run has warned of postbacks of an affiliate with this sub ID. */
  warned(affiliateId: number, slot: string): void {
    this.warnings.add(`${affiliateId} ${slot}`);
  }

  isWarned(affiliateId: number, slot: string): boolean {
    return this.warnings.has(`${affiliateId} ${slot}`);
  }
}
