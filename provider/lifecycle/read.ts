import { isCakeError } from "../cake/errors";
import { postbackIdOf } from "../postback/postback";
import { doubtInSingle, doubtInWhole, notShown } from "./absence";
import { RefusedByGuard } from "./errors";
import { requireSameInstance } from "./instance";
import type { Found } from "./oldLive";
import { forgetCreate } from "./recorded";
import { requireSamePostback } from "./samePostback";
import type { Cake, Session } from "./session";
import { idOf, inputsOf, knownFrom, nameOf, type State, stateOf } from "./state";

export interface ReadResult {
  /** Empty where the postback is provably gone: Pulumi then drops it from the state. */
  id: string;
  props: Partial<State>;
  inputs?: Record<string, unknown>;
}

/** Answers from what CAKE's list shows. Where no list exists, the state is kept and nothing is claimed. */
export async function read(session: Session, id: string, state: Partial<State>): Promise<ReadResult> {
  const postbackId = postbackIdOf(id);
  if (postbackId === undefined)
    throw new RefusedByGuard(`${JSON.stringify(id)} is not the id of a CAKE postback.`);
  requireSameInstance(session, id, state);
  await forgetCreate(session, state);
  const cake = session.cake();
  const found = await findForReading(cake, postbackId);
  if (found.kind === "impossible") return unseen(session, id, state, found.why);
  if (found.kind === "unseen") return missing(session, cake, postbackId, state);
  const props = stateOf(found.row, session.settings.domain ?? "", knownFrom(state));
  requireSamePostback(props, state);
  return { id: idOf(props), props, inputs: inputsOf(props) };
}

// A web page in place of the list may be a CAKE without one. To keep the state is right either way; a write, which
// relies on the look, stops instead.
function findForReading(cake: Cake, postbackId: number): Promise<Found> {
  return cake.live.find(postbackId).catch((error: unknown) => {
    if (isCakeError(error, "webPage")) return { kind: "impossible", why: error.message };
    throw error;
  });
}

function unseen(session: Session, id: string, state: Partial<State>, why: string): ReadResult {
  if (state.postbackId === undefined) {
    throw new RefusedByGuard(`Postback ${id} cannot be read: ${why}`);
  }
  session.tellOnce(
    `Drift not checked: the live postbacks cannot be seen, so the state is kept as it was. ${why}`,
  );
  return { id, props: state };
}

async function missing(
  session: Session,
  cake: Cake,
  postbackId: number,
  state: Partial<State>,
): Promise<ReadResult> {
  if (state.postbackId === undefined) {
    throw notShown(postbackId, session.settings.domain ?? "", await doubtAbout(cake, postbackId));
  }
  await requireProofOfAbsence(session, cake, postbackId, state);
  return { id: "", props: {} };
}

/**
 * Throws unless the postback is provably gone and a person said so. CAKE has no delete call: a record that
 * vanished most often means a key that sees less, or another tenant.
 */
export async function requireProofOfAbsence(
  session: Session,
  cake: Cake,
  postbackId: number,
  state: Partial<State>,
): Promise<void> {
  const name = nameOf({ affiliateId: state.affiliateId ?? 0, offerId: state.offerId ?? 0 }, postbackId);
  const doubt = await doubtAbout(cake, postbackId);
  if (doubt !== undefined) {
    throw new RefusedByGuard(
      `CAKE's list does not show ${name}, but that proves nothing: ${doubt}. The state is kept. Run again later, or look at the postback in CAKE.`,
    );
  }
  if (session.overrides.forget.has(postbackId)) return;
  throw new RefusedByGuard(
    `CAKE no longer shows ${name}. The state is kept, because CAKE has no way to delete a postback: most often the API key sees less than before, or belongs to another tenant. If the postback is really gone, run again with CAKE_ON_MISSING=forget:${postbackId} (several ids with commas between).`,
  );
}

// Two witnesses: the whole list, and a read that asks for just this id and gets an answer without it.
async function doubtAbout(cake: Cake, postbackId: number): Promise<string | undefined> {
  return (
    doubtInWhole(await cake.live.look()) ?? doubtInSingle(await cake.live.lookAt({ postbackId }), postbackId)
  );
}
