import type { ProviderContext } from "../context";
import { createLockId, type State } from "../state";

/** The engine has this postback in its state, so the note about its create has served. No I/O. */
export function markRecorded(session: ProviderContext, state: Partial<State>): void {
  if (state.postbackId === undefined) return;
  session.intents.recorded(createLockId(state.domain ?? "", state as State), state.postbackId);
}

/** The same, and removes what has served. */
export function forgetCreate(session: ProviderContext, state: Partial<State>): Promise<void> {
  markRecorded(session, state);
  return session.intents.tidy();
}
