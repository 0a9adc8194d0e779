import { clickId, id, oneOf, payout, text, transactionId } from "./parameters";
import type { ReferenceIdOption, SaleAmountOption, TemplateOptions, Tracker } from "./tracker";

/**
 * Scaleo: `https://<domain>/track/conv?click_id=&amount=&token=&adv_order_id=&goal_id=&conv_status=&goal_alias=`. The
 * goal decides whether a click may convert twice. Source: help.scaleo.io 484; docs.scaleo.io, create-conversion-by-click-id
 * (read 2026-11-28); the mapping to CAKE's macros is inferred.
 */
export interface ScaleoOptions extends TemplateOptions, SaleAmountOption, ReferenceIdOption {
  /**
   * The advertiser's security token. Make the whole URL secret:
   * `config.requireSecret("token").apply((token) => trackers.scaleo({ domain, token }))`.
   */
  token: string;
  /**
   * The ID of the goal in Scaleo, an integer of at least 1.
   *
   * @default none: the default goal of the offer
   */
  goalId?: number | undefined;
  /**
   * The conversion's status.
   *
   * @default none: Scaleo uses the status of the goal
   */
  status?: "pending" | "approved" | "rejected" | "hold" | undefined;
  /**
   * The alias of the goal in Scaleo, instead of its ID.
   *
   * @default none: the default goal of the offer
   */
  goalAlias?: string | undefined;
}

export const scaleo: Tracker<ScaleoOptions> = {
  name: "Scaleo",
  path: "/track/conv",
  dedupes: "by setting",
  hosts: ["scaletrk.com"],
  parameters: {
    clickId: clickId("click_id"),
    payout: payout("amount", false),
    token: text("token", "required"),
    transactionId: transactionId("adv_order_id", false),
    goalId: id("goal_id"),
    status: oneOf("conv_status", ["pending", "approved", "rejected", "hold"]),
    goalAlias: text("goal_alias"),
  },
  source: "help.scaleo.io 484; docs.scaleo.io, create-conversion-by-click-id",
  read: "2026-11-28",
  isAt: ({ path, parameters }) =>
    path === "/track/conv" && (parameters.has("click_id") || parameters.has("token")),
};
