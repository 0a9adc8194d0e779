import { clickId, id, payout, text, transactionId } from "./parameters";
import type { ReferenceIdOption, SaleAmountOption, TemplateOptions, Tracker } from "./tracker";

/**
 * Offer18: `https://<domain>/p?mid=&auth_token=&tid=&event=&sale=&adv_sub1=`. Here `tid` is the click ID. Offer18 clears a
 * second conversion of a click "due to Multi Conversion"; what allows it is not documented.
 * Source: offer18.gitbook.io, global-postback-parameters; knowledgebase.offer18.com, what-are-different-status-in-advertiser-postback-logs
 * (read 2026-11-28); the mapping to CAKE's macros is inferred.
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
  dedupes: "undocumented",
  hosts: ["o18.click"],
  parameters: {
    networkId: id("mid", "required"),
    authToken: text("auth_token"),
    clickId: clickId("tid"),
    event: text("event"),
    payout: payout("sale", false),
    transactionId: transactionId("adv_sub1", false),
  },
  source:
    "offer18.gitbook.io, global-postback-parameters; knowledgebase.offer18.com, what-are-different-status-in-advertiser-postback-logs",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => path === "/p" && parameters.has("mid"),
};
