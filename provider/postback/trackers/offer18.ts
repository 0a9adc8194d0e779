import { clickId, id, payout, text, transactionId } from "./parameters";
import type { ReferenceIdOption, SaleAmountOption, TemplateOptions, Tracker } from "./tracker";

/**
 * Offer18: `https://<domain>/p?mid=&auth_token=&tid=&event=&sale=&adv_sub1=`. Here `tid` is the click ID. The offer's
 * setting "Multi Conversion" decides whether a click may convert twice, for each event.
 * Source: offer18.gitbook.io, global-postback-parameters; knowledgebase.offer18.com, offer-events (read 2026-11-28);
 * `auth_token` is from public code, and the mapping to CAKE's macros is inferred.
 */
export interface Offer18Options extends TemplateOptions, SaleAmountOption, ReferenceIdOption {
  /** The number of the network (`mid`) in the postback URL that Offer18 shows: an integer of at least 1. */
  networkId: number;
  /**
   * The postback token of the advertiser, if the network has enabled it. Make the whole URL secret:
   * `config.requireSecret("token").apply((authToken) => trackers.offer18({ domain, networkId, authToken }))`.
   *
   * @default none
   */
  authToken?: string | undefined;
  /**
   * The token of an event of the offer.
   *
   * @default none: the conversion of the offer
   */
  event?: string | undefined;
}

export const offer18: Tracker<Offer18Options> = {
  name: "Offer18",
  path: "/p",
  dedupes: "by setting",
  hosts: ["o18.click"],
  parameters: {
    networkId: id("mid", "required"),
    authToken: text("auth_token"),
    clickId: clickId("tid"),
    event: text("event"),
    payout: payout("sale", false),
    transactionId: transactionId("adv_sub1", false),
  },
  source: "offer18.gitbook.io, global-postback-parameters; knowledgebase.offer18.com, offer-events",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => path === "/p" && parameters.has("mid"),
};
