import { clickId, currency, oneOf, payout, segment, transactionId } from "./parameters";
import type { CurrencyOption, PayoutOption, TemplateOptions, Tracker, TransactionIdOption } from "./tracker";

/**
 * Keitaro: `https://<domain>/<key>/postback?subid=&payout=&tid=&status=&currency=`. Keitaro ignores a repeated pair of
 * `subid` and `tid`. Source: docs.keitaro.io, postback (read 2026-11-23); the mapping to CAKE's macros is inferred.
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

export const keitaro: Tracker<KeitaroOptions> = {
  name: "Keitaro",
  path: "/*/postback",
  dedupes: true,
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
  read: "2026-11-23",
  isAt: ({ path, parameters }) => /^\/[0-9a-z]+\/postback\/?$/i.test(path) && parameters.has("subid"),
};
