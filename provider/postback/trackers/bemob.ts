import { clickId, payout, text, transactionId } from "./parameters";
import type { PayoutOption, StatusOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * BeMob: `https://<domain>/postback?cid=&payout=&txid=&status=`. Without a transaction ID, BeMob may drop a second
 * conversion of a click; the partner decides that. Source: docs.bemob.com, postback URL (read 2026-11-23); the
 * mapping to CAKE's macros is inferred.
 */
export interface BemobOptions extends TemplateOptions, PayoutOption, TransactionIdOption, StatusOption {}

export const bemob: Tracker<BemobOptions> = {
  name: "BeMob",
  path: "/postback",
  dedupes: true,
  hosts: ["bemobtrcks.com"],
  parameters: {
    clickId: clickId("cid"),
    payout: payout("payout"),
    transactionId: transactionId("txid"),
    status: text("status"),
  },
  source: "docs.bemob.com, postback URL",
  read: "2026-11-23",
};
