import { currentRecord, isConfirmedByHand } from "./current";
import { requireSameInstance } from "./instance";
import type { Session } from "./session";
import { knownFrom, nameOf, type State } from "./state";
import { write } from "./write";

/** Switches the postback off: CAKE has no call that deletes one. Called `remove` because `delete` is a word of the language. */
export async function remove(session: Session, id: string, state: State): Promise<void> {
  requireSameInstance(session, id, state);
  if (session.claims.holds(state.postbackId)) {
    session.tell(`${nameOf(state, id)} stays active: another resource of this run has taken it over.`);
    return;
  }
  const current = await currentRecord(session, state, { postbackStatus: "inactive" });
  if (current.kind === "gone" || isConfirmedByHand(session, current)) return;
  if (current.row.postbackStatus === "inactive") return;
  const row = await write(session, current.row, { postbackStatus: "inactive" }, knownFrom(state));
  session.claims.noteSwitchedOff(row);
  session.tellOnce(
    "CAKE cannot delete postbacks: those that a stack no longer declares are set to inactive.",
  );
}
