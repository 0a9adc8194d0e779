import type { Session } from "../context";
import { type State, undertakingOf } from "../state";

/** The engine has this postback in its state, so the note about its create has served. No I/O. */
export function markRecorded(session: Session, state: Partial<State>): void {
  if (state.postbackId === undefined) return;
  session.intents.recorded(undertakingOf(state.domain ?? "", state as State), state.postbackId);
}

/** The same, and removes what has served. */
export function forgetCreate(session: Session, state: Partial<State>): Promise<void> {
  markRecorded(session, state);
  return session.intents.tidy();
}
