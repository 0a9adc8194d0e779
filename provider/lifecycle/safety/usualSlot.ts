import type { Postback, PostbackDeclaration } from "../../postback/postback";
import { allowanceOf } from "../../postback/rules/crossRule";
import { clickIdSlotOf, mixedClickIdSlots, usualSlots } from "../../postback/rules/mixedClickIdSlots";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { messages, postbackName } from "../messages";
import type { ReviewOptions } from "../state";
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
  if ([...live.keys()].every((one) => one === slot)) return;
  const unseen = new Map(
    [...live].map(([one, all]) => [one, all.filter((row) => isUnseen(context, urn, row))]),
  );
  const counts = context.duplicates.slotCounts(affiliateId);
  for (const [one, all] of unseen) counts.set(one, (counts.get(one) ?? 0) + all.length);
  const [usual] = usualSlots(slot, counts).filter((one) => (unseen.get(one)?.length ?? 0) > 0);
  if (usual === undefined) return;
  const ids = (unseen.get(usual) ?? []).map(({ postbackId }) => postbackId);
  const message = messages.liveMixedSlots(postbackName(declared), slot, usual, ids);
  if (level === "error") throw new UnsafeOperationError(message);
  if (context.liveSlots.isNews(affiliateId, slot)) context.warn(message);
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
