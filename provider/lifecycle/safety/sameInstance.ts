import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { SAVED_SETTINGS_ADVICE } from "../settings";
import { nameOf, type State } from "../state";

/**
 * Refuses to touch a postback that lives on another CAKE instance than the configured one: ids of two
 * instances mean different partners. Where no domain is configured there is nothing to compare, and the
 * first call says that it is missing.
 */
export function requireSameInstance(session: ProviderContext, id: string, state: Partial<State>): void {
  const { domain, formerDomains } = session.settings;
  if (domain === undefined || state.domain === undefined) return;
  if (state.domain === domain || formerDomains.includes(state.domain)) return;
  const name =
    state.affiliateId === undefined || state.offerId === undefined
      ? `postback ${id}`
      : nameOf({ affiliateId: state.affiliateId, offerId: state.offerId }, id);
  throw new UnsafeOperationError(
    `${capitalise(name)} lives on ${state.domain}, and cake:domain is ${domain}. Nothing was done: the same id on another instance is another partner's postback. If the instance was only renamed, add "${state.domain}" to cake:formerDomains. To move a postback to another instance, declare it under a new resource name with a provider for that instance, so that the old one is switched off through its own. ${SAVED_SETTINGS_ADVICE}`,
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
