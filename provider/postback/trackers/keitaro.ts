import { clickId, currency, oneOf, payout, segment, transactionId } from "./parameters";
import type { CurrencyOption, PayoutOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Keitaro: `https://<domain>/<key>/postback?subid=&payout=&tid=&status=&currency=`. A repeated pair of `subid` and `tid`
 * is the same conversion for Keitaro. So only an offer whose clicks convert several times needs `tid`, and most of
 * Keitaro's own templates have none. Source: docs.keitaro.io, postback (read 2026-11-28); Keitaro's template for CAKE
 * has the same macros.
 */
export interface KeitaroOptions extends TemplateOptions, PayoutOption, TransactionIdOption, CurrencyOption {
  /**
   * The postback key: the first segment in the path of the partner's postback URL. Who knows it can report conversions.
   */
  key: string;
  /**
   * The status of the conversion.
   *
   * @default none: Keitaro counts a sale
   */
  status?: "lead" | "sale" | "rejected" | "rebill" | undefined;
}

const POSTBACK = /^\/[0-9a-z]+\/postback\/?$/i;
// A URL in which the tid has taken the place of the subid is still one of Keitaro's, if its key is as usual.
const USUAL_KEY = /^\/[0-9a-f]{7,}\/postback\/?$/i;

export const keitaro: Tracker<KeitaroOptions> = {
  name: "Keitaro",
  path: "/*/postback",
  dedupes: "by setting",
  hosts: [],
  parameters: {
    key: segment(),
    clickId: clickId("subid"),
    payout: payout("payout"),
    transactionId: transactionId("tid"),
    status: oneOf("status", ["lead", "sale", "rejected", "rebill"]),
    currency: currency("currency"),
  },
  source: "docs.keitaro.io, postback",
  read: "2026-11-28",
  isAt: ({ path, parameters }) =>
    parameters.has("subid") ? POSTBACK.test(path) : USUAL_KEY.test(path) && parameters.has("tid"),
};
