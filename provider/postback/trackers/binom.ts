import { choice, clickId, currency, IN_PATH, payout, text } from "./parameters";
import type { CurrencyOption, PayoutOption, StatusOption, TemplateOptions, Tracker } from "./tracker";

/**
 * Binom: `https://<domain>/click.php?cnv_id=&payout=&cnv_status=&cnv_currency=`, the URL of version 1. Version 2 has
 * `/click` instead of `/click.php`. Some version 2 trackers show the partner another URL, `/postback?clickid=`; then use
 * that one unchanged. `extra` takes `cnv_status2`, `to_offer`, `disable_postback` and `event1` to `event30`.
 * Source: docs.binom.org, postback-url, update-click-v2 and payout-tracking-v2 (read 2026-11-28); the mapping to CAKE's
 * macros is inferred.
 */
export interface BinomOptions extends TemplateOptions, PayoutOption, StatusOption, CurrencyOption {
  /**
   * The version of Binom.
   *
   * @default 1
   */
  version?: 1 | 2 | undefined;
}

export const binom: Tracker<BinomOptions> = {
  name: "Binom",
  path: "/*",
  dedupes: "by setting",
  hosts: [],
  parameters: {
    version: choice(
      IN_PATH,
      [
        [1, "click.php"],
        [2, "click"],
      ],
      1,
    ),
    clickId: clickId("cnv_id"),
    payout: payout("payout"),
    status: text("cnv_status"),
    currency: currency("cnv_currency"),
  },
  source: "docs.binom.org, postback-url, update-click-v2 and payout-tracking-v2",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => /\/click(?:\.php)?$/.test(path) && parameters.has("cnv_id"),
};
