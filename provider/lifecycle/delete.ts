import type { ProviderContext } from "./context";
import { messages, postbackName } from "./messages";
import { fetchLive, isConfirmedByHand } from "./safety/fetchLive";
import { requireNoDuplicate } from "./safety/liveDuplicates";
import { requireSameInstance } from "./safety/sameRecord";
import { requireReadableState } from "./safety/stateVersion";
import { write } from "./safety/write";
import { type Inputs, knownFrom, type State } from "./state";

/** Deactivates the postback: CAKE has no call that deletes one. Called `remove` because `delete` is a word of the language. */
export function remove(context: ProviderContext, id: string, state: State): Promise<void> {
  return context.underWay(() => deactivate(context, id, state));
}

async function deactivate(context: ProviderContext, id: string, state: State): Promise<void> {
  const { ownership, journal } = context;
  requireReadableState({ ...state }, id);
  requireSameInstance(context, id, state);
  journal.seen(state.postbackId);
  if (ownership.isWithAnother(state.postbackId)) return leaveAlone(context, state);
  await requireReplaceable(context, state);
  const current = await fetchLive(context, state, { postbackStatus: "inactive" });
  if (current.kind === "gone" || isConfirmedByHand(context, current)) return;
  if (current.row.postbackStatus === "inactive") return;
  if (context.canUpdate && ownership.deactivate(state.postbackId) === "leave")
    return leaveAlone(context, state);
  await write(context, {
    current: current.row,
    changes: { postbackStatus: "inactive" },
    known: knownFrom(state),
  });
  context.logOnce("info", messages.deactivatedNotDeleted());
}

function leaveAlone(context: ProviderContext, state: State): void {
  context.info(messages.leftToAnother(postbackName(state, state.postbackId)));
}

// Where the old postback goes before the new one is made, the new one must be possible: else the partner has nothing. So
// it is for a change of type, and where the program asks for it by deleteBeforeReplace.
async function requireReplaceable(context: ProviderContext, { postbackId }: State): Promise<void> {
  const replacement = context.replacements.of(postbackId);
  if (replacement === undefined || !context.canUpdate) return;
  if (context.ownership.recordOwnedBy(replacement.urn) !== undefined) return;
  context.firstWrite.create.requireGoing();
  if (context.hasList)
    await requireNoDuplicate(context, replacement.urn, { ...(replacement.news as Inputs), postbackId });
}
