import type { ListRead } from "../../cake/readList";
import { mayBeEqual } from "../../postback/equality";
import type { Postback, PostbackDeclaration } from "../../postback/postback";
import { allowanceOf, isActive } from "../../postback/rules/crossRule";
import { firesTwice, severityBeside } from "../../postback/rules/firesTwice";
import type { Severity } from "../../postback/rules/rule";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { isAbout } from "../journal/entry";
import { messages, postbackName } from "../messages";
import type { ReviewOptions } from "../state";
import type { Urn } from "./ownership";
import { lagPauses } from "./readBack";
import { requireUsualSlot } from "./usualSlot";

/** A postback that is about to fire, as its resource declares it. */
export interface Declared extends PostbackDeclaration, ReviewOptions {
  /** Its own record, where it has one. */
  readonly postbackId?: number;
}

/** An active postback that fires for the same conversions, and that nothing allows. */
interface Rival {
  readonly row: Postback;
  readonly severity: Severity;
  /** Whether another resource of the run declares it. */
  readonly isDeclared: boolean;
}

/** What is live beside a postback that may be created. */
export interface LiveBefore {
  /** The IDs of its affiliate and offer; undefined where CAKE has no list. */
  readonly ids: readonly number[] | undefined;
  /** An equal record that the user asked to adopt. */
  readonly existing: Postback | undefined;
}

/**
 * Reads what is live for the affiliate, and refuses a postback beside which an active one is equal or fires twice. What
 * the resource itself is replacing does not count, nor does what its program allows by `suppress` or `overlapUntil`.
 */
export async function requireNoDuplicate(
  context: ProviderContext,
  urn: Urn,
  declared: Declared,
): Promise<LiveBefore> {
  if (!context.hasList) return { ids: undefined, existing: requireNotMadeBefore(context, urn, declared) };
  const { rows, completenessIssues } = await rowsOfAffiliate(context, urn, declared);
  const all = [...rows.values()];
  // What a resource keeps, it is not giving up for another one.
  const own = declared.postbackId ?? context.ownership.recordOwnedBy(urn);
  const others =
    own === undefined
      ? context.replacements.without(all, urn)
      : all.filter(({ postbackId }) => postbackId !== declared.postbackId);
  const existing = isAdoptable(context, declared) ? equalAmong(context, others, declared) : undefined;
  if (existing === undefined) refuseDuplicates(context, urn, declared, others);
  // Many updates may be on their way to another sub ID together, and here one does not see the others.
  if (existing === undefined && declared.postbackId === undefined)
    requireUsualSlot(context, urn, declared, others);
  if (completenessIssues.length > 0 && existing === undefined)
    throw new UnsafeOperationError(messages.listIncomplete(postbackName(declared), completenessIssues));
  const isOfPair = (row: Postback) =>
    row.affiliateId === declared.affiliateId && row.offerId === declared.offerId;
  return { ids: all.filter(isOfPair).map(({ postbackId }) => postbackId), existing };
}

// Only a create may adopt instead: whoever has a record already would have two.
function isAdoptable({ overrides }: ProviderContext, { postbackId }: Declared): boolean {
  return overrides.adoptExisting && postbackId === undefined;
}

// One that is active before one that is not, and none that a resource of this run has.
function equalAmong(
  { ownership }: ProviderContext,
  rows: readonly Postback[],
  declared: Declared,
): Postback | undefined {
  const equal = rows.filter((row) => mayBeEqual(row, declared) && !ownership.isOwned(row.postbackId));
  return equal.find(isActive) ?? equal[0];
}

function refuseDuplicates(
  context: ProviderContext,
  urn: Urn,
  declared: Declared,
  others: readonly Postback[],
): void {
  if (declared.postbackStatus !== "active" || isAllowed(context, declared)) return;
  const severityOf = severityBeside(declared);
  const rivals = others.flatMap((row): Rival[] => {
    const severity = severityOf(row);
    if (severity === undefined) return [];
    const declaration = context.duplicates.declarationOf(row, context.ownership.ownerOf(row.postbackId), urn);
    const isOpen = declaration === undefined || !isAllowed(context, declaration);
    return isOpen ? [{ row, severity, isDeclared: declaration !== undefined }] : [];
  });
  const equal = rivals.filter(({ row }) => mayBeEqual(row, declared)).map(idOf);
  const level = context.settings.rules.severity[firesTwice.id];
  const found =
    level === "off" ? [] : rivals.map((rival) => ({ ...rival, severity: level ?? rival.severity }));
  const refused = equal.length > 0 ? equal : found.filter(({ severity }) => severity === "error").map(idOf);
  const name = postbackName(declared, declared.postbackId);
  if (refused.length === 0) {
    // Of those that the program declares, check has warned.
    const unseen = found.filter(({ isDeclared }) => !isDeclared).map(idOf);
    if (unseen.length > 0) context.warn(messages.firesBeside(name, unseen));
    return;
  }
  for (const postbackId of refused) context.ownership.askedFor(postbackId, urn);
  throw new UnsafeOperationError(
    equal.length > 0 ? messages.equalIsLive(name, equal) : messages.firesTwice(name, refused),
  );
}

function isAllowed({ today }: ProviderContext, one: Parameters<typeof allowanceOf>[1]): boolean {
  return allowanceOf(firesTwice, one, today) !== undefined;
}

function idOf({ row }: Rival): number {
  return row.postbackId;
}

// What another run on this machine has just made may be in no list that was read before.
async function rowsOfAffiliate(context: ProviderContext, urn: Urn, declaration: Declared): Promise<ListRead> {
  const { live } = context.cake();
  const { affiliateId } = declaration;
  let read = await live.ofAffiliate(affiliateId);
  const { made } = context.journal.concerning({ domain: context.domain, urn, declaration });
  const unseen = () =>
    made.filter(
      (entry) => !read.rows.has(entry.made?.postbackId ?? 0) && !context.journal.wasLookedFor(entry),
    );
  for (const pause of unseen().length > 0 ? lagPauses(context) : []) {
    await context.clock.sleep(pause);
    // A filter that is refused, or leaves out what is new, must not decide.
    read = await live.readFresh({});
    for (const row of read.rows.values()) live.record(row);
    if (unseen().length === 0) break;
  }
  for (const entry of unseen()) context.journal.notShown(entry);
  return read;
}

// Without a list, the journal is all that knows of an equal postback that another resource has made.
function requireNotMadeBefore(context: ProviderContext, urn: Urn, declaration: Declared): undefined {
  context.logOnce("warning", messages.createdUnchecked(context.settings.endpoints));
  const { made } = context.journal.concerning({ domain: context.domain, urn, declaration });
  for (const entry of made) {
    const mayBeMade = context.overrides.createUnknown.has(entry.name) || isAllowed(context, declaration);
    if (!mayBeMade && isAbout(entry, declaration)) {
      context.ownership.askedFor(entry.made?.postbackId ?? 0, urn);
      throw new UnsafeOperationError(
        messages.madeBefore(postbackName(declaration, entry.made?.postbackId), entry.name),
      );
    }
    context.journal.notShown(entry);
  }
  return undefined;
}
