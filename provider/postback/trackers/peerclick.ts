import { clickId, currency, payout, text, transactionId } from "./parameters";
import type {
  CurrencyOption,
  PayoutOption,
  StatusOption,
  TemplateOptions,
  Tracker,
  TransactionIdOption,
} from "./tracker";

/**
 * PeerClick: `https://<domain>/postback?cid=&payout=&txid=&status=&currency=`. PeerClick's own domain is
 * `pstb.peerclick.com`, the same for every partner. `extra` takes its free parameters: `conversion_id`, `param1` and
 * `event1`, with higher numbers. Source: help-center.peerclick.com 10512589 (read 2026-11-28); the mapping to CAKE's
 * macros is inferred.
 */
export interface PeerclickOptions
  extends TemplateOptions,
    PayoutOption,
    TransactionIdOption,
    StatusOption,
    CurrencyOption {}

export const peerclick: Tracker<PeerclickOptions> = {
  name: "PeerClick",
  path: "/postback",
  dedupes: "undocumented",
  hosts: ["peerclick.com"],
  parameters: {
    clickId: clickId("cid"),
    payout: payout("payout"),
    transactionId: transactionId("txid"),
    status: text("status"),
    currency: currency("currency"),
  },
  source: "help-center.peerclick.com 10512589",
  read: "2026-11-28",
};
