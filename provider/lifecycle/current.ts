import type { PostbackChanges } from "../cake/wire";
import type { Postback } from "../postback/postback";
import { differingParts } from "../postback/url";
import { RefusedByGuard } from "./errors";
import { requireProofOfAbsence } from "./read";
import type { Session } from "./session";
import { knownFrom, nameOf, type State, stateOf } from "./state";

/**
 * The record as it is before a write: the live one where CAKE can be looked at, else the one in the state.
 * Refuses if somebody changed it in CAKE since Pulumi last saw it. "gone" is proven and confirmed.
 */
export async function currentRecord(
  session: Session,
  olds: State,
  wanted: PostbackChanges,
): Promise<Postback | "gone"> {
  // Without an update endpoint nothing will be written, so neither key nor look is needed to say so.
  if (session.settings.endpoints === "documented") return rowOf(olds);
  const cake = session.cake();
  const look = await cake.live.look();
  if (look.kind === "impossible") return rowOf(olds);
  const row = look.listing.rows.get(olds.postbackId);
  if (!row) {
    await requireProofOfAbsence(session, cake, olds.postbackId, olds);
    return "gone";
  }
  if (!session.overrides.overwriteDrift)
    refuseDrift(stateOf(row, olds.domain, knownFrom(olds)), olds, wanted);
  return row;
}

function rowOf(state: State): Postback {
  const { postbackId, affiliateId, offerId, postbackUrl, postbackStatus, postbackType } = state;
  return { postbackId, affiliateId, offerId, postbackUrl, postbackStatus, postbackType };
}

// A live value is drift if it equals neither what the state knows nor what is declared now.
function refuseDrift(live: State, olds: State, wanted: PostbackChanges): void {
  const urlDrifted = live.postbackUrl !== olds.postbackUrl && live.postbackUrl !== wanted.postbackUrl;
  const statusDrifted =
    live.postbackStatus !== olds.postbackStatus && live.postbackStatus !== wanted.postbackStatus;
  const drift = [
    ...(live.affiliateId === olds.affiliateId ? [] : ["affiliateId"]),
    ...(live.offerId === olds.offerId ? [] : ["offerId"]),
    ...(urlDrifted
      ? differingParts(olds.postbackUrl, live.postbackUrl).map((part) => `postbackUrl (${part})`)
      : []),
    ...(statusDrifted ? ["postbackStatus"] : []),
  ];
  if (drift.length === 0) return;
  throw new RefusedByGuard(
    `Somebody changed ${nameOf(olds, olds.postbackId)} in CAKE since Pulumi last saw it: ${drift.join(", ")}. Nothing was written, so that their change is not lost unseen. Run "pulumi refresh" to see it, or set CAKE_ON_DRIFT=overwrite for one run.`,
  );
}
