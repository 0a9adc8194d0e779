import { clickId, id, oneOf, text } from "./parameters";
import type { TemplateOptions, Tracker } from "./tracker";

/**
 * Scaleo: `https://<domain>/track/conv?click_id=&token=&goal_id=&conv_status=`. The offer decides whether a click may
 * convert twice. Source: help.scaleo.io 484 (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface ScaleoOptions extends TemplateOptions {
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
   * @default none: Scaleo uses the status of the offer
   */
  status?: "pending" | "approved" | "rejected" | "hold" | undefined;
}

export const scaleo: Tracker<ScaleoOptions> = {
  name: "Scaleo",
  path: "/track/conv",
  dedupes: false,
  hosts: ["scaletrk.com"],
  parameters: {
    clickId: clickId("click_id"),
    token: text("token", "required"),
    goalId: id("goal_id"),
    status: oneOf("conv_status", ["pending", "approved", "rejected", "hold"]),
  },
  source: "help.scaleo.io 484",
  read: "2026-11-23",
};
