import { clickId, id, payout, text, transactionId } from "./parameters";
import type { ReferenceIdOption, SaleAmountOption, TemplateOptions, Tracker } from "./tracker";

/**
 * Everflow: `https://<domain>/?nid=&transaction_id=&amount=&order_id=&verification_token=`.
 * Everflow counts a second conversion of a click if the offer allows duplicate conversions.
 * Source: CAKE article 13000100633; helpdesk.everflow.io, accessing-editing-s2s-postback-urls (read 2026-11-28).
 */
export interface EverflowOptions extends TemplateOptions, SaleAmountOption, ReferenceIdOption {
  /** The ID of the network (`nid`), which Everflow shows in the Control Center: an integer of at least 1. */
  networkId: number;
  /**
   * The verification token, if the network asks for one. Make the whole URL secret:
   * `config.requireSecret("token").apply((verificationToken) => trackers.everflow({ … }))`.
   *
   * @default none
   */
  verificationToken?: string | undefined;
}

export const everflow: Tracker<EverflowOptions> = {
  name: "Everflow",
  path: "/",
  dedupes: "by setting",
  hosts: [],
  parameters: {
    networkId: id("nid", "required"),
    clickId: clickId("transaction_id"),
    payout: payout("amount", false),
    transactionId: transactionId("order_id", false),
    verificationToken: text("verification_token"),
  },
  source: "CAKE article 13000100633; helpdesk.everflow.io, accessing-editing-s2s-postback-urls",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => parameters.has("nid") && (path === "/" || parameters.has("transaction_id")),
};
