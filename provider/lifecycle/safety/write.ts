import { isCakeError } from "../../cake/errors";
import type { PostbackChanges } from "../../cake/wire";
import type { Postback } from "../../postback/postback";
import { isEchoOf } from "../../postback/url";
import { differingParts } from "../../postback/urlChanges";
import type { ProviderContext } from "../context";
import { OutcomeUnknown, PartialFailure, UnsafeOperationError } from "../errors";
import { messages, phrases, postbackName } from "../messages";
import { idOf, type Known, type State, stateOf, TYPE_NOT_SEEN } from "../state";
import type { Urn } from "./ownership";
import { isToBeReadBack, readBack } from "./readBack";
import { declaredKey } from "./replacements";

/** A change of a live postback. */
export interface Write {
  /** The identity of the resource, where it is known: for the log of calls. */
  readonly urn?: Urn;
  /** The record as it is. */
  readonly current: Postback;
  readonly changes: PostbackChanges;
  /** What the state knows of it. */
  readonly known: Known;
}

/**
 * Changes a live postback, if this run may change one more. Sends the change and checks that it, and nothing else, was
 * made. The first update and the first deactivation of a process go alone, and are read back before any other goes.
 */
export async function write(context: ProviderContext, one: Write): Promise<Postback> {
  if (!context.canUpdate) throw changeByHand(one);
  const { postbackId } = one.current;
  const change = isDeactivation(one) ? "deactivation" : "change";
  const records = [String(postbackId), declaredKey(one.current)];
  context.changeLimit.admit(change, records, postbackName(one.current, postbackId));
  // An update leaves nothing in the journal, but a run that cannot keep one learns so at its first write, whatever that is.
  context.journal.open();
  const { update, deactivation } = context.firstWrite;
  const kind = change === "deactivation" ? deactivation : update;
  return kind.run(async (alone) => {
    const answered = await send(context, one);
    requireAsAsked(context, one, answered);
    const row = isToBeReadBack(context, alone) ? await confirm(context, one, answered, alone) : answered;
    context.cake().live.record(row);
    return row;
  });
}

function isDeactivation({ changes }: Write): boolean {
  return changes.postbackStatus === "inactive";
}

async function send(context: ProviderContext, { urn, current, changes }: Write): Promise<Postback> {
  try {
    const { client } = context.cake();
    return await client.update(current.postbackId, changes, () => context.requireEngine(), urn);
  } catch (error) {
    if (!isCakeError(error, "missing")) throw error;
    throw new UnsafeOperationError(
      messages.updateEndpointMissing(postbackName(current, current.postbackId), error.reason, error.next),
    );
  }
}

async function confirm(
  context: ProviderContext,
  one: Write,
  answered: Postback,
  alone: boolean,
): Promise<Postback> {
  const listed = await readBack(context, answered, one.current);
  const name = postbackName(one.current, one.current.postbackId);
  if (listed.kind === "shown") {
    requireAsAsked(context, one, listed.row);
    return listed.row;
  }
  if (listed.kind === "unclear" && !alone) return answered;
  const why = listed.kind === "unclear" ? listed.why : phrases.notListed;
  throw stopChanges(
    context,
    new OutcomeUnknown(
      listed.kind === "unchanged" ? messages.updateIgnored(name) : messages.updateNotConfirmed(name, why),
    ),
  );
}

// Whether an update keeps what it was not sent is nobody's documented word: one that does not is stopped at the first.
function requireAsAsked(context: ProviderContext, one: Write, row: Postback): void {
  const { current, known } = one;
  const { domain } = context;
  const spoilt = spoiltFields(one, row, (record) => stateOf(record, domain, known).postbackUrl);
  if (spoilt.length === 0) return;
  // An answer about another record says nothing of this one.
  const outs: State = stateOf(row.postbackId === current.postbackId ? row : current, domain, known);
  const message = messages.updateWentWrong(postbackName(current, current.postbackId), spoilt);
  throw stopChanges(context, new PartialFailure(idOf(outs), { ...outs }, message));
}

// Updates and deactivations are one endpoint: what one of them showed holds for both.
function stopChanges<E extends Error>({ firstWrite }: ProviderContext, reason: E): E {
  for (const kind of [firstWrite.update, firstWrite.deactivation]) kind.stop(reason);
  return reason;
}

function spoiltFields(
  { current, changes }: Write,
  row: Postback,
  declaredUrlOf: (record: Postback) => string,
): string[] {
  const isUrlRight =
    changes.postbackUrl === undefined
      ? declaredUrlOf(row) === declaredUrlOf(current)
      : isEchoOf(row.postbackUrl, changes.postbackUrl);
  const isTypeRight = row.postbackType === current.postbackType || current.postbackType === TYPE_NOT_SEEN;
  return [
    ...(row.postbackId === current.postbackId ? [] : ["ID"]),
    ...(row.affiliateId === current.affiliateId ? [] : ["affiliate"]),
    ...(row.offerId === current.offerId ? [] : ["offer"]),
    ...(isTypeRight ? [] : ["type"]),
    ...(isUrlRight ? [] : ["URL"]),
    ...(row.postbackStatus === (changes.postbackStatus ?? current.postbackStatus) ? [] : ["status"]),
  ];
}

function changeByHand({ current, changes }: Write): UnsafeOperationError {
  const { postbackId, postbackUrl } = current;
  const work = [
    ...(changes.postbackUrl === undefined
      ? []
      : [`change the URL (${differingParts(postbackUrl, changes.postbackUrl).join(", ")})`]),
    ...(changes.postbackStatus === undefined ? [] : [`set the status to ${changes.postbackStatus}`]),
  ];
  return new UnsafeOperationError(
    messages.changeByHand(postbackName(current, postbackId), work.join(" and ")),
  );
}
