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
 * Voluum: `https://<domain>/postback?cid=&payout=&txid=&et=&currency=`. `status` is the name of a custom conversion
 * (`et`), and its case matters. Without a transaction ID, Voluum drops a second conversion of a click.
 * Its own host is not `voluum.com`: use the partner's tracking domain. Source: doc.voluum.com, postback_parameters and
 * affiliate_network_settings (read 2026-11-28); `cid=#s2#&payout=#price#` is Voluum's own mapping.
 */
export interface VoluumOptions
  extends TemplateOptions,
    PayoutOption,
    TransactionIdOption,
    StatusOption,
    CurrencyOption {}

export const voluum: Tracker<VoluumOptions> = {
  name: "Voluum",
  path: "/postback",
  dedupes: "always",
  hosts: ["voluum.com", "voluumtrk.com", "voluumtrk1.com", "voluumtrk2.com", "voluumtrk3.com"],
  parameters: {
    clickId: clickId("cid"),
    payout: payout("payout"),
    transactionId: transactionId("txid"),
    status: text("et"),
    currency: currency("currency"),
  },
  source: "doc.voluum.com, postback_parameters and affiliate_network_settings",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => path === "/postback" && parameters.has("cid") && parameters.has("et"),
};
