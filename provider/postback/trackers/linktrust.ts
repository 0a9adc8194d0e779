import { clickId, transactionId } from "./parameters";
import type { TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * LinkTrust: `https://<domain>/pixel.track?ClickID=&MerchantReferenceID=`. A click ID counts once.
 * Source: help.linktrust.com, pixel-post (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface LinktrustOptions extends TemplateOptions, TransactionIdOption {}

export const linktrust: Tracker<LinktrustOptions> = {
  name: "LinkTrust",
  path: "/pixel.track",
  dedupes: false,
  hosts: [],
  parameters: { clickId: clickId("ClickID"), transactionId: transactionId("MerchantReferenceID") },
  source: "help.linktrust.com, pixel-post",
  read: "2026-11-23",
};
