import { clickId, payout, text } from "./parameters";
import type { PayoutOption, StatusOption, TemplateOptions, Tracker } from "./tracker";

/**
 * RedTrack: `https://<domain>/postback?clickid=&sum=&status=`. For a conversion type instead of a status, use
 * `extra: { type: "…" }`. For a partner who drops repetitions, use `extra: { rdtk_event_id: "#leadid#" }`.
 * Source: help.redtrack.io, click-id-parameter (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface RedtrackOptions extends TemplateOptions, PayoutOption, StatusOption {}

export const redtrack: Tracker<RedtrackOptions> = {
  name: "RedTrack",
  path: "/postback",
  dedupes: false,
  hosts: ["rdtk.io"],
  parameters: { clickId: clickId("clickid"), payout: payout("sum"), status: text("status") },
  source: "help.redtrack.io, click-id-parameter",
  read: "2026-11-23",
};
