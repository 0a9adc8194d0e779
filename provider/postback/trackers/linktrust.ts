import { clickId, transactionId } from "./parameters";
import type { ReferenceIdOption, TemplateOptions, Tracker } from "./tracker";

/**
 * LinkTrust: `https://<domain>/pixel.track?ClickID=&MerchantReferenceID=`. A click ID counts once.
 * Source: help.linktrust.com, pixel-post (read 2026-11-28); the mapping to CAKE's macros is inferred.
 */
export interface LinktrustOptions extends TemplateOptions, ReferenceIdOption {}

export const linktrust: Tracker<LinktrustOptions> = {
  name: "LinkTrust",
  path: "/pixel.track",
  dedupes: "once",
  hosts: [],
  parameters: { clickId: clickId("ClickID"), transactionId: transactionId("MerchantReferenceID", false) },
  source: "help.linktrust.com, pixel-post",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => path === "/pixel.track" && parameters.has("ClickID"),
};
