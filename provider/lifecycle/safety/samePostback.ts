import { UnsafeOperationError } from "../errors";
import { nameOf, type State } from "../state";

/**
 * Refuses a live record that has the id of ours and is none of ours. Somebody may have changed its URL, or whose it
 * is; where both differ, most likely another CAKE has answered. Taken for drift, the next `up` would make ours anew
 * there, and switch the other partner's off.
 */
export function requireSamePostback(live: State, known: Partial<State>): void {
  const { affiliateId, offerId, postbackUrl } = known;
  if (affiliateId === undefined || offerId === undefined || postbackUrl === undefined) return;
  if (live.affiliateId === affiliateId || live.postbackUrl === postbackUrl) return;
  throw new UnsafeOperationError(
    `CAKE shows another postback under the id of ${nameOf({ affiliateId, offerId }, live.postbackId)}: it is affiliate ${live.affiliateId}'s, with another URL. Nothing was done, and the state is kept: most often another CAKE answers under this address. Check that ${live.domain} leads to your instance, also through the proxy, then run again. If somebody did make another postback of it in CAKE, run "pulumi state delete" on the resource; the next "pulumi up" then creates it anew.`,
  );
}
