import { clickId, payout, transactionId } from "./parameters";
import type { PayoutOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * FunnelFlux Pro: `https://<domain>/pb/?hit=&tx=&rev=`. The click ID is a hit ID. Without `rev`, FunnelFlux Pro uses the
 * payout of its offer. Two transaction IDs of one hit are two conversions.
 * Source: help.funnelflux.pro, tracking-conversions and 28-updating-conversion-data (read 2026-11-28); the mapping to
 * CAKE's macros is inferred.
 */
export interface FunnelfluxOptions extends TemplateOptions, TransactionIdOption, PayoutOption {}

export const funnelflux: Tracker<FunnelfluxOptions> = {
  name: "FunnelFlux Pro",
  path: "/pb/",
  dedupes: "undocumented",
  hosts: [],
  parameters: { clickId: clickId("hit"), transactionId: transactionId("tx"), payout: payout("rev") },
  source: "help.funnelflux.pro, tracking-conversions and 28-updating-conversion-data",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => /^\/pb\/?$/.test(path) && parameters.has("hit"),
};
