import { isCakeError } from "../../cake/errors";
import { doubtIn, type ListRead } from "../../cake/readList";
import { errorText } from "../../message";
import { mayBeEqual } from "../../postback/equality";
import type { Postback } from "../../postback/postback";
import type { ProviderContext } from "../context";
import { OutcomeUnknown } from "../errors";
import { messages, phrases, postbackName } from "../messages";
import { doubtAboutAbsence } from "../safety/absenceProof";
import type { Urn } from "../safety/ownership";
import { lagPauses } from "../safety/readBack";
import { declarationOf, type Inputs } from "../state";
import { isAbout, isSubjectOf, type JournalEntry } from "./entry";
import { unreadableEntry } from "./unreadable";

/**
 * Decides on what interrupted runs have left of creates for the same affiliate and offer, or of the same resource. Gives
 * the record that this resource's own create made, as it is. Nothing where all of them provably made nothing. Anything
 * else stops: nothing is ever changed on the strength of an entry.
 */
export async function resolveInterrupted(
  context: ProviderContext,
  urn: Urn,
  inputs: Inputs,
): Promise<Postback | undefined> {
  const subject = { domain: context.domain, urn, declaration: declarationOf(inputs) };
  const { unfinished, unreadable } = context.journal.concerning(subject);
  for (const entry of unreadable) {
    if (!context.overrides.createUnknown.has(entry.name)) throw unreadableEntry(inputs, entry);
    context.journal.decide(entry);
  }
  for (const found of unfinished) {
    const entry = await context.journal.untilDecidable(found, () =>
      context.info(messages.waitingForOtherRun(postbackName(inputs))),
    );
    if (entry === undefined || isInAState(context, urn, entry)) continue;
    const row = await decide(context, urn, inputs, entry);
    if (row !== undefined) return row;
    context.journal.end(entry);
  }
  return undefined;
}

// What another resource made is in its state, and so is what this one had before a replacement that came without a diff.
function isInAState({ replacements }: ProviderContext, urn: Urn, entry: JournalEntry): boolean {
  if (entry.phase !== "made") return false;
  const before = replacements.forced(urn);
  return entry.urn !== urn || (before !== undefined && isAbout(entry, before));
}

async function decide(
  context: ProviderContext,
  urn: Urn,
  inputs: Inputs,
  entry: JournalEntry,
): Promise<Postback | undefined> {
  const { journal, overrides } = context;
  if (overrides.createUnknown.has(entry.name)) return undefined;
  if (entry.phase === "taken" && journal.hasEnded(entry)) return undefined;
  const isOurs = urn !== undefined && entry.urn === urn && isAbout(entry, inputs);
  if (!context.hasList) return withoutList(inputs, entry, isOurs);
  const isIts = (row: Postback) =>
    entry.made ? row.postbackId === entry.made.postbackId : isNewOf(row, entry);
  const isEqual = (row: Postback) => isSubjectOf(row, entry) || (isOurs && mayBeEqual(row, inputs));
  const read = await readUntil(context, (rows) => rows.some((row) => isIts(row) && isEqual(row)));
  // Only what is inactive is settled by that: any other status may fire.
  const mayFire = (row: Postback) =>
    row.postbackStatus !== "inactive" || (isOurs && row.postbackStatus === inputs.postbackStatus);
  const left = [...read.rows.values()].filter((row) => isIts(row) && mayFire(row));
  const [row, ...more] = left.filter((one) => !context.ownership.isOwned(one.postbackId));
  if (row !== undefined) {
    if (more.length > 0 || !isOurs || !isEqual(row))
      throw leftBehind(context, urn, inputs, entry, [row, ...more]);
    context.info(messages.resumed(postbackName(inputs, row.postbackId)));
    context.cake().live.record(row);
    return row;
  }
  const doubt = await doubtAbout(context, entry, read);
  if (doubt !== undefined)
    throw new OutcomeUnknown(messages.interruptedUnknown(postbackName(inputs), entry.name, doubt));
  return undefined;
}

// Of a record whose ID is known, a read by that ID is the second witness.
async function doubtAbout(
  context: ProviderContext,
  { made }: JournalEntry,
  read: ListRead,
): Promise<string | undefined> {
  if (made === undefined) return doubtIn(read);
  return read.rows.has(made.postbackId)
    ? undefined
    : doubtAboutAbsence(context.cake().live, made.postbackId, read);
}

function leftBehind(
  { ownership }: ProviderContext,
  urn: Urn,
  inputs: Inputs,
  { name }: JournalEntry,
  rows: readonly Postback[],
): OutcomeUnknown {
  for (const { postbackId } of rows) ownership.askedFor(postbackId, urn);
  return new OutcomeUnknown(messages.interruptedLeft(postbackName(inputs), rows, name));
}

// CAKE's own answer stands in the entry. Without one, the outcome of the create is unknown.
function withoutList(inputs: Inputs, entry: JournalEntry, isOurs: boolean): Postback {
  if (entry.made === undefined || !isOurs)
    throw new OutcomeUnknown(messages.interruptedUnknown(postbackName(inputs), entry.name, phrases.noList));
  return { ...declarationOf(inputs), ...entry.made };
}

// A new record of the pair that does not look like it may be its doing after all, as CAKE stored it.
function isNewOf(row: Postback, { affiliateId, offerId, before }: JournalEntry): boolean {
  const isOfPair = row.affiliateId === affiliateId && row.offerId === offerId;
  return isOfPair && !(before?.includes(row.postbackId) ?? false);
}

/**
 * What became of a create whose answer was lost, as the list shows it: the record, provably nothing, or why that cannot
 * be seen. The request is never sent again before that.
 *
 * @param before The IDs that affiliate and offer had before.
 */
export async function resolveLostAnswer(
  context: ProviderContext,
  inputs: Inputs,
  before: readonly number[],
): Promise<Postback | "absent" | { readonly unknown: string }> {
  const isNew = (row: Postback) =>
    row.affiliateId === inputs.affiliateId &&
    row.offerId === inputs.offerId &&
    !before.includes(row.postbackId) &&
    !context.ownership.isOwned(row.postbackId);
  const isItsOwn = (row: Postback) => isNew(row) && mayBeEqual(row, inputs);
  const read = await readUntil(context, (rows) => rows.some(isItsOwn));
  const [row, ...more] = [...read.rows.values()].filter(isNew);
  if (row === undefined) {
    const doubt = doubtIn(read);
    return doubt === undefined ? "absent" : { unknown: doubt };
  }
  if (more.length === 0 && isItsOwn(row)) return row;
  return { unknown: phrases.newPostbacks([row, ...more].map(({ postbackId }) => postbackId)) };
}

// The list may be late. A read that failed may succeed when CAKE has recovered.
async function readUntil(
  context: ProviderContext,
  isShown: (rows: readonly Postback[]) => boolean,
): Promise<ListRead> {
  const { live } = context.cake();
  let last: ListRead = { rows: new Map(), completenessIssues: ["the list was not read"], answered: 0 };
  for (const pause of lagPauses(context)) {
    await context.clock.sleep(pause);
    last = await live.readFresh({}).catch((error: unknown) => ({
      rows: new Map(),
      answered: 0,
      completenessIssues: [phrases.listUnreadable(isCakeError(error) ? error.reason : errorText(error))],
    }));
    if (isShown([...last.rows.values()])) break;
  }
  return last;
}
