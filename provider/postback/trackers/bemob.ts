import { clickId, payout, text, transactionId } from "./parameters";
import type { PayoutOption, StatusOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * BeMob: `https://<domain>/postback?cid=&payout=&txid=&status=`. BeMob accepts double postbacks only if the partner
 * allows them; `txid` keeps two conversions of a click apart. Source: docs.bemob.com, create-custom-affiliate-network
 * and performing-conversion-test (read 2026-11-28); the mapping to CAKE's macros is inferred.
 */
export interface BemobOptions extends TemplateOptions, PayoutOption, TransactionIdOption, StatusOption {}

export const bemob: Tracker<BemobOptions> = {
  name: "BeMob",
  path: "/postback",
  dedupes: "always",
  hosts: ["bemobtrcks.com"],
  parameters: {
    clickId: clickId("cid"),
    payout: payout("payout"),
    transactionId: transactionId("txid"),
    status: text("status"),
  },
  source: "docs.bemob.com, create-custom-affiliate-network and performing-conversion-test",
  read: "2026-11-28",
};
