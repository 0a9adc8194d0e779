import { MACROS } from "../macros";
import { PLACES, type UrlRule } from "./rule";

const MAX_URL_LENGTH = 2000;
/** A longer URL is refused, so that nothing else of it is read: it may be made to cost time. */
export const MAX_READ_LENGTH = 16_000;
// Only the limit of sub IDs is documented. The other values are IDs, amounts and addresses.
const MAX_VALUE_LENGTHS = new Map(MACROS.map(({ name }) => [name, /^s[2-5]$/.test(name) ? 100 : 50]));
/** The longest value less the shortest macro, `#s2#`. */
const MOST_GROWTH = 96;

/** P21: a URL that servers may cut. */
export const longUrl: UrlRule = {
  id: "P21",
  name: "long-url",
  title: "too many characters",
  severity: "warning",
  runsIn: PLACES,
  why: "Servers and proxies cut or refuse URLs of more than about 2,000 characters. Macros grow when they are replaced: a sub ID has up to 100 characters. A URL of more than 16,000 characters is an error, and while it is refused, no other rule reads it.",
  source: "help.claris.com on the usual limit; CAKE article 5000545788 on the length of sub IDs",
  fix: "Remove what the partner does not need.",
  bad: `https://t.partner.net/pb?cid=#s2#&payout=#price#&memo=${"0123456789".repeat(200)}`,
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#&memo=0123456789",
  find: ({ url, macros, tokens }) => {
    const part = "the URL";
    if (url.length > MAX_READ_LENGTH) {
      return [{ part, what: "is longer than 16,000 characters, which no server reads", severity: "error" }];
    }
    if (url.length > MAX_URL_LENGTH) return [{ part, what: "is longer than 2,000 characters" }];
    if (url.length + macros.length * MOST_GROWTH <= MAX_URL_LENGTH) return [];
    const grown = tokens
      .map(({ text, macro = "" }) => MAX_VALUE_LENGTHS.get(macro) ?? text.length)
      .reduce((sum, length) => sum + length, 0);
    const what = "may become longer than 2,000 characters when its macros are replaced";
    return grown > MAX_URL_LENGTH ? [{ part, what }] : [];
  },
};
