import type { ProviderContext } from "./context";
import { forgetCreate } from "./journal/recorded";
import { fetchLive, isConfirmedByHand } from "./safety/fetchLive";
import { requireSameInstance } from "./safety/sameInstance";
import { write } from "./safety/write";
import { knownFrom, nameOf, type State } from "./state";

/** Switches the postback off: CAKE has no call that deletes one. Called `remove` because `delete` is a word of the language. */
export async function remove(session: ProviderContext, id: string, state: State): Promise<void> {
  requireSameInstance(session, id, state);
  await forgetCreate(session, state);
  if (staysWithAnother(session, id, state)) return;
  const current = await fetchLive(session, state, { postbackStatus: "inactive" });
  if (current.kind === "gone" || isConfirmedByHand(session, current)) return;
  // Another create may have taken it over during the look.
  if (current.row.postbackStatus === "inactive" || staysWithAnother(session, id, state)) return;
  session.claims.beginSwitchingOff(state.postbackId);
  let done = false;
  try {
    await write(session, current.row, { postbackStatus: "inactive" }, knownFrom(state));
    done = true;
  } finally {
    session.claims.endSwitchingOff(state.postbackId, done, state.postbackTypeId);
  }
  session.tellOnce(
    "CAKE cannot delete postbacks: those that a stack no longer declares are set to inactive.",
  );
}

function staysWithAnother(session: ProviderContext, id: string, state: State): boolean {
  if (!session.claims.holds(state.postbackId, state.__origin)) return false;
  session.tellOnce(`${nameOf(state, id)} stays as it is: another resource of the stack has it now.`);
  return true;
}
