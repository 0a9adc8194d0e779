import { isCakeError } from "../cake/errors";
import { matchType, type Postback } from "../postback/postback";
import { isEchoOf } from "../postback/url";
import { differingParts } from "../postback/urlChanges";
import { SettingsError } from "../settings/settingsError";
import type { ProviderContext } from "./context";
import { CreatedMeanwhile, OutcomeUnknown, PartialFailure, UnsafeOperationError } from "./errors";
import type { CreateSubject } from "./journal/entry";
import { resolveInterrupted, resolveLostAnswer } from "./journal/interrupted";
import type { CreateLock } from "./journal/journal";
import { messages, phrases, postbackName } from "./messages";
import { adopt, adoptLive } from "./safety/adoption";
import { requireNoDuplicate } from "./safety/liveDuplicates";
import type { Urn } from "./safety/ownership";
import { isToBeReadBack, readBack } from "./safety/readBack";
import { declarationOf, type Inputs, idOf, type State, stateAfterWrite } from "./state";

export interface CreateResult {
  readonly id: string;
  readonly outs: State;
}

/** Brings a declared postback into being: checks the list first, posts once, and believes only what CAKE confirms. */
export function create(context: ProviderContext, urn: Urn, inputs: Inputs): Promise<CreateResult> {
  return context.underWay(async () => {
    // Two creates of one affiliate and offer could not distinguish their records.
    const row = await context.turns.take(`${inputs.affiliateId}/${inputs.offerId}`, () =>
      adoptOrCreate(context, urn, inputs),
    );
    const outs = stateAfterWrite(row, context.domain, inputs);
    if (outs.__echo !== undefined) warnOfSpelling(context, row, inputs);
    return { id: idOf(outs), outs };
  });
}

async function adoptOrCreate(context: ProviderContext, urn: Urn, inputs: Inputs): Promise<Postback> {
  context.cake();
  if (inputs.adopt) return adopt(context, urn, inputs, inputs.adopt);
  for (;;) {
    const own = await resolveInterrupted(context, urn, inputs);
    if (own) return adoptUnchanged(context, urn, own);
    const { ids, existing } = await requireNoDuplicate(context, urn, inputs);
    if (existing) return adoptLive(context, urn, inputs, existing);
    try {
      return await make(context, urn, inputs, ids);
    } catch (error) {
      if (!(error instanceof CreatedMeanwhile)) throw error;
    }
  }
}

function adoptUnchanged(context: ProviderContext, urn: Urn, row: Postback): Postback {
  context.ownership.take(row.postbackId, urn);
  context.journal.settledBy(row, urn);
  return row;
}

function make(
  context: ProviderContext,
  urn: Urn,
  inputs: Inputs,
  before: readonly number[] | undefined,
): Promise<Postback> {
  return context.firstWrite.create.run(async (alone) => {
    const subject = { domain: context.domain, urn, declaration: declarationOf(inputs) };
    const lock = context.journal.lock(subject, before);
    const answered = await send(context, urn, inputs, before, lock);
    requireOwn(inputs, lock, answered);
    requireAdded(context, subject, before, lock, answered);
    lock.made(answered);
    context.ownership.made(answered.postbackId, urn);
    const row = isToBeReadBack(context, alone) ? await confirm(context, inputs, answered, alone) : answered;
    context.cake().live.record(row);
    requireAsDeclared(context, inputs, row);
    return row;
  });
}

async function send(
  context: ProviderContext,
  urn: Urn,
  inputs: Inputs,
  before: readonly number[] | undefined,
  lock: CreateLock,
): Promise<Postback> {
  try {
    const beforeSend = async () => {
      await context.requireEngine();
      await lock.take();
    };
    return await context.cake().client.create(declarationOf(inputs), beforeSend, urn);
  } catch (error) {
    if (isCakeError(error) && error.outcomeUnknown) {
      return await resolveUnknownOutcome(context, inputs, before, lock, error.reason);
    }
    const wasRefused =
      error instanceof UnsafeOperationError || error instanceof SettingsError || isCakeError(error);
    if (wasRefused) lock.end();
    else lock.leave();
    throw error;
  }
}

async function resolveUnknownOutcome(
  context: ProviderContext,
  inputs: Inputs,
  before: readonly number[] | undefined,
  lock: CreateLock,
  answer: string,
): Promise<Postback> {
  const name = postbackName(inputs);
  const outcome =
    before === undefined ? { unknown: phrases.noList } : await resolveLostAnswer(context, inputs, before);
  if (outcome === "absent") {
    lock.end();
    throw new UnsafeOperationError(messages.createNotFound(name, answer));
  }
  if ("postbackId" in outcome) return outcome;
  lock.leave();
  const why = phrases.noUsableAnswer(answer, outcome.unknown);
  const isBlind = before === undefined;
  throw new OutcomeUnknown(messages.createOutcomeUnknown(name, lock.name, why, isBlind));
}

// What belongs to another partner is nothing that a state may hold: its delete would deactivate it.
function requireOwn(inputs: Inputs, lock: CreateLock, { affiliateId, offerId, postbackId }: Postback): void {
  if (affiliateId === inputs.affiliateId && offerId === inputs.offerId) return;
  lock.leave();
  const why = phrases.answeredOther(postbackId, affiliateId, offerId);
  throw new OutcomeUnknown(messages.createOutcomeUnknown(postbackName(inputs), lock.name, why, false));
}

// A CAKE that keeps one postback where the program declares several has overwritten what was live.
function requireAdded(
  context: ProviderContext,
  subject: CreateSubject,
  before: readonly number[] | undefined,
  lock: CreateLock,
  { postbackId }: Postback,
): void {
  const isOld =
    before?.includes(postbackId) ||
    context.ownership.isOwned(postbackId) ||
    (context.hasList && context.cake().live.isKnown(postbackId)) ||
    context.journal.hasMade(postbackId, subject, context.hasList);
  if (!isOld) return;
  lock.end();
  throw new OutcomeUnknown(messages.createOverwrote(postbackName(subject.declaration), postbackId));
}

async function confirm(
  context: ProviderContext,
  inputs: Inputs,
  answered: Postback,
  alone: boolean,
): Promise<Postback> {
  const listed = await readBack(context, answered);
  if (listed.kind === "shown") return listed.row;
  if (!alone) return answered;
  const why = listed.kind === "unclear" ? listed.why : phrases.notListed;
  const outs = stateAfterWrite(answered, context.domain, inputs);
  const name = postbackName(answered, answered.postbackId);
  throw new PartialFailure(idOf(outs), { ...outs }, messages.createNotConfirmed(name, why));
}

function requireAsDeclared(context: ProviderContext, inputs: Inputs, row: Postback): void {
  const wrong = wrongFields(row, inputs);
  if (wrong.length === 0) return;
  const outs = stateAfterWrite(row, context.domain, inputs);
  const name = postbackName(row, row.postbackId);
  throw new PartialFailure(idOf(outs), { ...outs }, messages.createWentWrong(name, wrong));
}

function wrongFields(row: Postback, inputs: Inputs): string[] {
  return [
    ...(row.affiliateId === inputs.affiliateId ? [] : ["affiliate"]),
    ...(row.offerId === inputs.offerId ? [] : ["offer"]),
    ...(isEchoOf(row.postbackUrl, inputs.postbackUrl) ? [] : ["URL"]),
    ...(row.postbackStatus === inputs.postbackStatus ? [] : ["status"]),
    ...(matchType(row.postbackType, inputs.postbackTypeId) === "different" ? ["type"] : []),
  ];
}

function warnOfSpelling(context: ProviderContext, row: Postback, { postbackUrl }: Inputs): void {
  const parts = differingParts(postbackUrl, row.postbackUrl);
  context.warn(messages.storedOtherwise(postbackName(row, row.postbackId), parts));
}
