import { clickId, payout, text, transactionId } from "./parameters";
import type { PayoutOption, StatusOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * ClickFlare: `https://<domain>/cf/cv?click_id=&payout=&txid=&ct=`. `status` is the conversion type (`ct`). `extra` takes
 * custom parameters such as `param1`. An older URL, `/cf/postback?cid=`, has other names; then use that one unchanged.
 * Source: help.clickflare.io, how-conversion-tracking-works and click-flare-parameters-in-postback-urls (read 2026-11-28);
 * `click_id=#s2#&payout=#price#` is ClickFlare's own mapping, and `ct` is from public code.
 */
export interface ClickflareOptions extends TemplateOptions, PayoutOption, TransactionIdOption, StatusOption {}

export const clickflare: Tracker<ClickflareOptions> = {
  name: "ClickFlare",
  path: "/cf/cv",
  dedupes: "undocumented",
  hosts: [],
  parameters: {
    clickId: clickId("click_id"),
    payout: payout("payout"),
    transactionId: transactionId("txid"),
    status: text("ct"),
  },
  source: "help.clickflare.io, how-conversion-tracking-works and click-flare-parameters-in-postback-urls",
  read: "2026-11-28",
  isAt: ({ path, parameters }) => path === "/cf/cv" && parameters.has("click_id"),
};
