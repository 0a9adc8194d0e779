import { clickId, payout, text, transactionId } from "./parameters";
import type { ReferenceIdOption, SaleAmountOption, TemplateOptions, Tracker } from "./tracker";

/**
 * TUNE, formerly HasOffers: `https://<domain>/aff_lsr?transaction_id=&amount=&adv_sub=&security_token=`, for all offers
 * of the network; `extra: { offer_id: "…" }` names one. It answers 200 even if it refuses a conversion. It refuses a
 * second conversion of a click unless the offer allows it, and no transaction ID changes that.
 * Source: CAKE article 5000593201; support.tune.com 4413247665431, 1500005236742 and 1500008229962 (read 2026-11-28).
 */
export interface TuneOptions extends TemplateOptions, SaleAmountOption, ReferenceIdOption {
  /**
   * The advertiser's security token, if the network asks for one. Make the whole URL secret:
   * `config.requireSecret("token").apply((securityToken) => trackers.tune({ domain, securityToken }))`.
   *
   * @default none
   */
  securityToken?: string | undefined;
}

export const tune: Tracker<TuneOptions> = {
  name: "TUNE",
  path: "/aff_lsr",
  dedupes: "by setting",
  hosts: ["go2cloud.org", "hasoffers.com"],
  parameters: {
    clickId: clickId("transaction_id"),
    payout: payout("amount", false),
    transactionId: transactionId("adv_sub", false),
    securityToken: text("security_token"),
  },
  answers: {
    facts: [
      {
        says: "The answer is success=true; or success=false; err_msg=… with the reason.",
        source: "support.tune.com 4413247665431",
      },
      {
        says: "The HTTP status is 200 in both cases, so CAKE's log shows no difference.",
        source: "docs.dataflysignal.com, tune",
      },
    ],
  },
  source: "CAKE article 5000593201; support.tune.com 4413247665431, 1500005236742 and 1500008229962",
  read: "2026-11-28",
  isAt: ({ path }) => /^\/aff_(?:lsr|goal)$/.test(path),
};
