import type { Postback, PostbackDeclaration } from "../../postback/postback";
import { allowanceOf } from "../../postback/rules/crossRule";
import { clickIdSlotOf, mixedClickIdSlots, usualSlots } from "../../postback/rules/mixedClickIdSlots";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { messages, postbackName } from "../messages";
import type { ReviewOptions } from "../state";
import type { RowsBySlot } from "./liveSlots";
import type { Urn } from "./ownership";

/**
 * Warns if a new postback takes the click ID from another sub ID than the affiliate's live ones, and refuses it if the
 * project says so. Those that the run has declared were judged in check.
 */
export function requireUsualSlot(
  context: ProviderContext,
  urn: Urn,
  declared: PostbackDeclaration & ReviewOptions,
  rows: readonly Postback[],
): void {
  const { severity } = context.settings.rules;
  const level = severity[mixedClickIdSlots.id] ?? mixedClickIdSlots.severity;
  const slot = clickIdSlotOf(declared);
  if (slot === undefined || level === "off" || allowanceOf(mixedClickIdSlots, declared, context.today))
    return;
  const { affiliateId } = declared;
  const live = context.liveSlots.of(affiliateId, rows);
  const declaredCounts = context.duplicates.slotCounts(affiliateId);
  // Most creates end here, before any row is looked at: at worst, all others count, and none with its own sub ID.
  if (usualSlots(slot, sum(declaredCounts, new Map(live).set(slot, []))).length === 0) return;
  if (level === "warning" && context.liveSlots.isWarned(affiliateId, slot)) return;
  const unseen = new Map(
    [...live].map(([one, all]) => [one, all.filter((row) => isUnseen(context, urn, row))]),
  );
  const usual = usualSlots(slot, sum(declaredCounts, unseen)).find((one) => unseen.get(one)?.length);
  if (usual === undefined) return;
  const ids = (unseen.get(usual) ?? []).map(({ postbackId }) => postbackId);
  const message = messages.liveMixedSlots(postbackName(declared), slot, usual, ids);
  if (level === "error") throw new UnsafeOperationError(message);
  context.liveSlots.warned(affiliateId, slot);
  context.warn(message);
}

function sum(counts: ReadonlyMap<string, number>, rows: RowsBySlot): Map<string, number> {
  return new Map([...counts].map(([slot, count]) => [slot, count + (rows.get(slot)?.length ?? 0)]));
}

// What a resource of the run has, gives up or declares is not what will be live beside the new postback.
function isUnseen(
  { duplicates, ownership, replacements }: ProviderContext,
  urn: Urn,
  row: Postback,
): boolean {
  const { postbackId } = row;
  if (ownership.isOwned(postbackId) || replacements.of(postbackId) !== undefined) return false;
  return duplicates.declarationOf(row, undefined, urn) === undefined;
}
