import { clickId, oneOf, payout, text, transactionId } from "./parameters";
import type { PayoutOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Affise: `https://<domain>/postback?clickid=&sum=&status=&action_id=&goal=&secure=`. Without `action_id`, Affise counts
 * the first conversion of a click for each goal and refuses the others ("Conversion exists").
 * Source: help-center.affise.com 6475468 and 6504668 (read 2026-11-28); the mapping to CAKE's macros is inferred.
 */
export interface AffiseOptions extends TemplateOptions, PayoutOption, TransactionIdOption {
  /**
   * The conversion's status: 1 approved, 2 pending, 3 declined, 5 hold.
   *
   * @default none: Affise uses the status of the offer
   */
  status?: 1 | 2 | 3 | 5 | undefined;
  /**
   * The number or value of the goal in Affise.
   *
   * @default none: the default goal of the offer
   */
  goal?: string | undefined;
  /**
   * The password of the offer or advertiser, if Affise asks for one. Make the whole URL secret:
   * `config.requireSecret("secure").apply((secure) => trackers.affise({ domain, secure }))`.
   *
   * @default none
   */
  secure?: string | undefined;
}

export const affise: Tracker<AffiseOptions> = {
  name: "Affise",
  path: "/postback",
  dedupes: "always",
  hosts: ["affise.com"],
  parameters: {
    clickId: clickId("clickid"),
    payout: payout("sum"),
    status: oneOf("status", [1, 2, 3, 5]),
    transactionId: transactionId("action_id"),
    goal: text("goal"),
    secure: text("secure"),
  },
  answers: {
    facts: [
      {
        says: "Affise answers 200 before it processes a postback. Errors such as Access denied are only in its list of server postbacks.",
        source: "help-center.affise.com 6476587",
      },
      {
        says: "Without asynchronous postbacks, status 2 means that Affise did not register the conversion.",
        source: "help-center.affise.com 6476587",
      },
    ],
    refusal: /\bstatus["']?\s{0,4}[:=]\s{0,4}["']?2\b/i,
  },
  source: "help-center.affise.com 6475468 and 6504668",
  read: "2026-11-28",
  isAt: ({ path, parameters }) =>
    path === "/postback" && parameters.has("clickid") && parameters.has("action_id"),
};
