import type { PostbackChanges } from "../../cake/wire";
import type { Postback } from "../../postback/postback";
import { differingParts } from "../../postback/urlChanges";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { messages, postbackName } from "../messages";
import { knownFrom, type State, stateOf, TYPE_NOT_SEEN } from "../state";
import { requireProofOfAbsence } from "./absenceProof";
import { requireSamePostback } from "./sameRecord";

/** A postback before a write. */
export type Current =
  /** Its live record. */
  | { readonly kind: "live"; readonly row: Postback }
  /** CAKE has no list: the record as the state remembers it. */
  | { readonly kind: "remembered"; readonly row: Postback }
  /** Not at CAKE any more: proven, and confirmed by a person. */
  | { readonly kind: "gone" };

/** Reads the live record before a write, and refuses if somebody changed it in CAKE since Pulumi last saw it. */
export async function fetchLive(
  context: ProviderContext,
  olds: State,
  wanted: PostbackChanges,
): Promise<Current> {
  if (!context.hasList) return { kind: "remembered", row: rowOf(olds) };
  // What is to fire is read together with what fires beside it.
  const beside = wanted.postbackStatus === "active" ? olds.affiliateId : undefined;
  const found = await context.cake().live.findToChange(olds.postbackId, beside);
  if (found.kind === "notShown") {
    await requireProofOfAbsence(context, olds.postbackId, olds, found.read);
    return { kind: "gone" };
  }
  const live = stateOf(found.row, olds.domain, knownFrom(olds));
  requireSamePostback(live, olds);
  if (!context.overrides.overwriteDrift) refuseDrift(live, olds, wanted);
  return { kind: "live", row: found.row };
}

/** Whether a person vouches for the edit. Their word counts only where CAKE has no list. */
export function isConfirmedByHand(context: ProviderContext, current: Current): boolean {
  return current.kind === "remembered" && context.overrides.confirmedByHand.has(current.row.postbackId);
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
  const typeDrifted = live.postbackType !== olds.postbackType && olds.postbackType !== TYPE_NOT_SEEN;
  const drift = [
    ...(live.affiliateId === olds.affiliateId ? [] : ["affiliateId"]),
    ...(live.offerId === olds.offerId ? [] : ["offerId"]),
    ...(urlDrifted
      ? differingParts(olds.postbackUrl, live.postbackUrl).map((part) => `postbackUrl (${part})`)
      : []),
    ...(statusDrifted ? ["postbackStatus"] : []),
    ...(typeDrifted ? ["postbackType"] : []),
  ];
  if (drift.length > 0)
    throw new UnsafeOperationError(messages.drifted(postbackName(olds, olds.postbackId), drift));
}
