import type { UrlComponent } from "../reading/reading";
import { roleOfName } from "../reading/vocabulary";
import { PLACES, type UrlFinding, type UrlRule } from "./rule";

/** P17: an amount that does not follow the payout, or that is not a number. */
export const fixedPayout: UrlRule = {
  id: "P17",
  name: "fixed-payout",
  title: "a payout that is fixed or unreadable",
  severity: "warning",
  runsIn: PLACES,
  why: "A fixed amount stays when the payout changes, and the partner cannot read an amount with a symbol or other text. CAKE has no macro for a currency: write the campaign's as a fixed value.",
  source: "CAKE's lists of macros, which have no currency; doc.voluum.com on fixed payouts",
  fix: "Write #price# alone. If the partner wants a currency, add the campaign's as a fixed value.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=12.50",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#&currency=USD",
  find: ({ parameters, macros: all }) => {
    const hasPayout = all.includes("price");
    return parameters.flatMap((part): UrlFinding[] => {
      const { plain, value, macros } = part;
      const role = roleOfName(plain);
      if (role === "amount") return amount(part, hasPayout);
      if (role === "currency" && macros.length > 0) {
        return [{ part, what: "asks for a currency, for which CAKE has no macro", quoted: value }];
      }
      return GLUED.test(value) ? [{ part, what: TEXT_BESIDE, quoted: value }] : [];
    });
  },
};

const TEXT_BESIDE = "has text beside the amount, which is then not a number";
/** A letter or a digit that touches the amount. Others may hand it on in a list: DEFAULT:#price#. */
const GLUED = /(?<!%[0-9a-f]?|#\w{0,40})[a-z0-9]#price#|#price#[a-z0-9]/i;
const CURRENCY_BESIDE = /\$(?!\{)|[€£¥₹₽]|%24|%E2%82%AC|%C2%A[35]|(?:^|[^a-z])(?:USD|EUR|GBP)(?![a-z])/i;

function amount(part: UrlComponent, hasPayout: boolean): UrlFinding[] {
  const { value, macros } = part;
  if (value === "#price#") return [];
  const finding = (what: string) => [{ part, what, quoted: value }];
  if (CURRENCY_BESIDE.test(value)) return finding("has a currency beside the amount");
  // Beside the payout, a zero is meant.
  if (hasPayout && /^0+(?:[.,]0+)?$/.test(value)) return [];
  if (/^[-+.,\d]+(?:%|%25)?$/.test(value) && /\d/.test(value)) return finding("is a fixed amount");
  return macros.includes("price") ? finding(TEXT_BESIDE) : [];
}
