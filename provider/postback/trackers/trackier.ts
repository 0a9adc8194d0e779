import { clickId, currency, oneOf, payout, text, transactionId } from "./parameters";
import type { CurrencyOption, PayoutOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Trackier: `https://<domain>/acquisition?click_id=&revenue=&txn_id=&status=&goal_value=&currency=`. For a
 * campaign that pays from the amount of the sale, use `payout: false, extra: { sale_amount: "#price#" }`.
 * Source: help.trackier.com 8107277 (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface TrackierOptions extends TemplateOptions, PayoutOption, TransactionIdOption, CurrencyOption {
  /**
   * The conversion's status.
   *
   * @default none: Trackier uses the status of the campaign
   */
  status?: "approved" | "pending" | "rejected" | "cancelled" | undefined;
  /**
   * The value of a goal in Trackier.
   *
   * @default none: the default goal of the campaign
   */
  goalValue?: string | undefined;
}

export const trackier: Tracker<TrackierOptions> = {
  name: "Trackier",
  path: "/acquisition",
  dedupes: false,
  hosts: ["vnative.co"],
  parameters: {
    clickId: clickId("click_id"),
    payout: payout("revenue"),
    transactionId: transactionId("txn_id"),
    status: oneOf("status", ["approved", "pending", "rejected", "cancelled"]),
    goalValue: text("goal_value"),
    currency: currency("currency"),
  },
  source: "help.trackier.com 8107277",
  read: "2026-11-23",
};
