import { clickId, currency, oneOf, payout, text, transactionId } from "./parameters";
import type { CurrencyOption, PayoutOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Trackier:
 * `https://<domain>/acquisition?click_id=&security_token=&goal_id=&revenue=&txn_id=&status=&goal_value=&currency=`. For a
 * campaign that pays from the amount of the sale, use `payout: false, extra: { sale_amount: "#price#" }`. The campaign
 * decides whether a click may convert twice, and whether `txn_id` counts.
 * Source: help.trackier.com 8107277 and 8450648; trackier.com, adding-advertisers-4 (read 2026-11-28); the mapping to
 * CAKE's macros is inferred.
 */
export interface TrackierOptions extends TemplateOptions, PayoutOption, TransactionIdOption, CurrencyOption {
  /**
   * The advertiser's security token, which every URL that Trackier shows has. Make the whole URL secret:
   * `config.requireSecret("token").apply((securityToken) => trackers.trackier({ domain, securityToken }))`.
   *
   * @default none
   */
  securityToken?: string | undefined;
  /**
   * The ID of a goal in Trackier.
   *
   * @default none: the default goal of the campaign
   */
  goalId?: string | undefined;
  /**
   * The conversion's status.
   *
   * @default none: Trackier uses the status of the campaign
   */
  status?: "approved" | "pending" | "rejected" | "cancelled" | undefined;
  /**
   * The value of a goal in Trackier, instead of its ID.
   *
   * @default none: the default goal of the campaign
   */
  goalValue?: string | undefined;
}

export const trackier: Tracker<TrackierOptions> = {
  name: "Trackier",
  path: "/acquisition",
  dedupes: "by setting",
  hosts: ["vnative.co"],
  parameters: {
    clickId: clickId("click_id"),
    securityToken: text("security_token"),
    goalId: text("goal_id"),
    payout: payout("revenue"),
    transactionId: transactionId("txn_id"),
    status: oneOf("status", ["approved", "pending", "rejected", "cancelled"]),
    goalValue: text("goal_value"),
    currency: currency("currency"),
  },
  source: "help.trackier.com 8107277 and 8450648; trackier.com, adding-advertisers-4",
  read: "2026-11-28",
  isAt: ({ path, parameters }) =>
    path === "/acquisition" && (parameters.has("click_id") || parameters.has("security_token")),
};
