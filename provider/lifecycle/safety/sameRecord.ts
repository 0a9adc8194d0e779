import { capitalize } from "../../message";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { messages, postbackName } from "../messages";
import type { State } from "../state";

/**
 * Refuses to touch a postback that lives on another CAKE instance than the configured one: IDs of two instances mean
 * different partners. Where no domain is configured there is nothing to compare, and the first call says that it is
 * missing.
 */
export function requireSameInstance(context: ProviderContext, id: string, state: Partial<State>): void {
  const { domain, formerDomains } = context.settings;
  if (domain === undefined || state.domain === undefined) return;
  if (state.domain === domain || formerDomains.includes(state.domain)) return;
  throw new UnsafeOperationError(
    messages.otherInstance(capitalize(postbackName(state, id)), state.domain, domain),
  );
}

/**
 * Refuses a live record that has the ID of ours and is none of ours. Somebody may have changed its URL, or whose it is;
 * where both differ, most likely another CAKE instance has answered. Taken for drift, the next `up` would make ours anew
 * there, and deactivate the other partner's.
 */
export function requireSamePostback(live: State, known: Partial<State>): void {
  const { affiliateId, offerId, postbackUrl } = known;
  if (affiliateId === undefined || offerId === undefined || postbackUrl === undefined) return;
  if (live.affiliateId === affiliateId || live.postbackUrl === postbackUrl) return;
  throw new UnsafeOperationError(
    messages.otherPostback(postbackName(known, live.postbackId), live.affiliateId, live.domain),
  );
}
