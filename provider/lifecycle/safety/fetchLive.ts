import type { PostbackChanges } from "../../cake/wire";
import type { Postback } from "../../postback/postback";
import { differingParts } from "../../postback/urlChanges";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { requireProofOfAbsence } from "../read";
import { knownFrom, nameOf, type State, stateOf } from "../state";
import { requireSamePostback } from "./samePostback";

/** A postback before a write. */
export type Current =
  /** Its live record. */
  | { readonly kind: "live"; readonly row: Postback }
  /** CAKE cannot be looked at: the record as the state remembers it. */
  | { readonly kind: "remembered"; readonly row: Postback }
  /** Not at CAKE any more: proven, and confirmed by a person. */
  | { readonly kind: "gone" };

/** Looks before a write, and refuses if somebody changed the record in CAKE since Pulumi last saw it. */
export async function fetchLive(
  session: ProviderContext,
  olds: State,
  wanted: PostbackChanges,
): Promise<Current> {
  // Without an update endpoint nothing will be written, so neither key nor look is needed to say so.
  if (session.settings.endpoints === "documented") return { kind: "remembered", row: rowOf(olds) };
  const cake = session.cake();
  // What is to fire is looked at together with what fires beside it.
  const beside = wanted.postbackStatus === "active" ? olds : undefined;
  const found = await cake.live.find(olds.postbackId, beside);
  if (found.kind === "impossible") return { kind: "remembered", row: rowOf(olds) };
  if (found.kind === "unseen") {
    await requireProofOfAbsence(session, cake, olds.postbackId, olds);
    return { kind: "gone" };
  }
  const { row } = found;
  const live = stateOf(row, olds.domain, knownFrom(olds));
  requireSamePostback(live, olds);
  if (!session.overrides.overwriteDrift) refuseDrift(live, olds, wanted);
  return { kind: "live", row };
}

/** Whether a person vouches for the edit. Their word counts only where CAKE cannot be looked at. */
export function isConfirmedByHand(session: ProviderContext, current: Current): boolean {
  return current.kind === "remembered" && session.overrides.confirmedByHand.has(current.row.postbackId);
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
  throw new UnsafeOperationError(
    `Somebody changed ${nameOf(olds, olds.postbackId)} in CAKE since Pulumi last saw it: ${drift.join(", ")}. Nothing was written, so that their change is not lost unseen. Run "pulumi refresh" to see it, or set CAKE_ON_DRIFT=overwrite for one run.`,
  );
}
