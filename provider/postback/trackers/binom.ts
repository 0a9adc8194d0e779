import { clickId, currency, payout, text } from "./parameters";
import type { CurrencyOption, PayoutOption, StatusOption, TemplateOptions, Tracker } from "./tracker";

/**
 * Binom: `https://<domain>/click.php?cnv_id=&payout=&cnv_status=&cnv_currency=`, the URL of version 1. Version 2 may
 * show the partner another URL; then use that one unchanged. Source: docs.binom.org, postback-url (read 2026-11-23);
 * the mapping to CAKE's macros is inferred.
 */
export interface BinomOptions extends TemplateOptions, PayoutOption, StatusOption, CurrencyOption {}

export const binom: Tracker<BinomOptions> = {
  name: "Binom",
  path: "/click.php",
  dedupes: false,
  hosts: [],
  parameters: {
    clickId: clickId("cnv_id"),
    payout: payout("payout"),
    status: text("cnv_status"),
    currency: currency("cnv_currency"),
  },
  source: "docs.binom.org, postback-url",
  read: "2026-11-23",
};
