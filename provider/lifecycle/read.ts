import { isCakeError } from "../cake/errors";
import type { FindResult } from "../cake/livePostbacks";
import { postbackIdOf } from "../postback/postback";
import type { ProviderContext } from "./context";
import { UnsafeOperationError } from "./errors";
import { messages, phrases } from "./messages";
import { doubtAboutAbsence, requireProofOfAbsence } from "./safety/absenceProof";
import { requireSameInstance, requireSamePostback } from "./safety/sameRecord";
import { requireReadableState } from "./safety/stateVersion";
import { idOf, inputsOf, knownFrom, type State, stateOf } from "./state";

export interface ReadResult {
  /** Empty where the postback is provably gone: Pulumi then drops it from the state. */
  readonly id: string;
  readonly props: Partial<State>;
  readonly inputs?: Record<string, unknown>;
}

/** Answers from what CAKE's list shows. Where no list can be read, the state is kept and nothing is claimed. */
export function read(context: ProviderContext, id: string, state: Partial<State>): Promise<ReadResult> {
  return context.underWay(() => readOne(context, id, state));
}

async function readOne(context: ProviderContext, id: string, state: Partial<State>): Promise<ReadResult> {
  const postbackId = postbackIdOf(id);
  if (postbackId === undefined) throw new UnsafeOperationError(messages.notAnId(id));
  requireReadableState({ ...state }, id);
  requireSameInstance(context, id, state);
  const isManaged = state.postbackId !== undefined;
  if (isManaged) context.journal.seen(postbackId);
  const found = await findForReading(context, postbackId);
  if (found.kind === "unreadable") {
    const { why, next } = found;
    if (!isManaged) throw new UnsafeOperationError(messages.cannotRead(postbackId, why, next));
    context.logOnce("warning", messages.driftNotChecked(why, next));
    return { id, props: state };
  }
  if (found.kind === "live") {
    const props = stateOf(found.row, context.domain, knownFrom(state));
    requireSamePostback(props, state);
    return { id: idOf(props), props, inputs: inputsOf(props) };
  }
  if (isManaged) {
    await requireProofOfAbsence(context, postbackId, state, found.read);
    return { id: "", props: {} };
  }
  const doubt = await doubtAboutAbsence(context.cake().live, postbackId, found.read);
  throw new UnsafeOperationError(
    doubt === undefined
      ? messages.notFound(postbackId, context.domain)
      : messages.notFoundUnproven(postbackId, context.domain, doubt),
  );
}

// To keep the state is right also where the list is missing, or a web page stands in its place. A write, which relies on
// the list, stops there.
async function findForReading(
  context: ProviderContext,
  postbackId: number,
): Promise<FindResult | Unreadable> {
  const { hasList, settings } = context;
  if (!hasList) return unreadable(phrases.noListBySetting(settings.endpoints), phrases.allowList);
  try {
    return await context.cake().live.find(postbackId);
  } catch (error) {
    if (isCakeError(error, "missing", "webPage", "unexpected")) return unreadable(error.happened, error.next);
    throw error;
  }
}

interface Unreadable {
  readonly kind: "unreadable";
  /** A sentence. */
  readonly why: string;
  readonly next: string;
}

function unreadable(why: string, next: string): Unreadable {
  return { kind: "unreadable", why, next };
}
