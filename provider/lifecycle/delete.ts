import { currentRecord } from "./current";
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
  if (session.overrides.confirmedByHand.has(state.postbackId)) return;
  const current = await currentRecord(session, state, { postbackStatus: "inactive" });
  if (current === "gone" || current.postbackStatus === "inactive") return;
  const row = await write(session, current, { postbackStatus: "inactive" }, knownFrom(state));
  session.claims.noteSwitchedOff(row);
  session.tellOnce(
    "CAKE cannot delete postbacks: those that a stack no longer declares are set to inactive.",
  );
}
