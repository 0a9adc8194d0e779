import { clickId, payout, type TransactionId, text, transactionId } from "./parameters";
import type { PayoutOption, StatusOption, TemplateOptions, Tracker } from "./tracker";

/**
 * RedTrack: `https://<domain>/postback?clickid=&sum=&status=&type=&rdtk_event_id=`. The offer source decides what a
 * second conversion of a click does, in one of six modes.
 * Source: help.redtrack.io, click-id-parameter, tracking-event-types and duplicate-postback-settings (read 2026-11-28);
 * the mapping to CAKE's macros is inferred.
 */
export interface RedtrackOptions extends TemplateOptions, PayoutOption, StatusOption {
  /**
   * The conversion type, exactly as the partner has named it in RedTrack: its case matters. Send a type or a status.
   *
   * @default none: RedTrack's standard conversion
   */
  type?: string | undefined;
  /**
   * The event ID, for a partner who ignores duplicate postbacks by event ID: `"leadid"` is CAKE's ID of the conversion,
   * `"tid"` is the advertiser's transaction ID, and `false` sends none.
   *
   * @default false
   */
  transactionId?: TransactionId | undefined;
}

export const redtrack: Tracker<RedtrackOptions> = {
  name: "RedTrack",
  path: "/postback",
  dedupes: "by setting",
  hosts: ["rdtk.io"],
  parameters: {
    clickId: clickId("clickid"),
    payout: payout("sum"),
    status: text("status"),
    type: text("type"),
    transactionId: transactionId("rdtk_event_id", false),
  },
  source: "help.redtrack.io, click-id-parameter, tracking-event-types and duplicate-postback-settings",
  read: "2026-11-28",
  isAt: ({ path, parameters }) =>
    path === "/postback" &&
    parameters.has("clickid") &&
    (parameters.has("rdtk_event_id") || (parameters.has("sum") && parameters.has("type"))),
};
