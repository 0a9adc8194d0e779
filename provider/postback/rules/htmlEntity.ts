import { isPixelCode, PLACES, type UrlRule } from "./rule";

const AMPERSAND = /&(?:amp;|#38;|#x26;)+/gi;
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,6});/i;

/** P10: a character that is escaped for HTML. */
export const htmlEntity: UrlRule = {
  id: "P10",
  name: "html-entity",
  title: "a character that is escaped for HTML",
  severity: "error",
  runsIn: PLACES,
  why: "In a web page or an XML file, & is written as &amp;. If that is copied, the partner receives a parameter named amp;payout, and none named payout.",
  source: "the URL standard: only & separates parameters",
  fix: "Write & between the parameters.",
  bad: "https://t.partner.net/pb?cid=#s2#&amp;payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ url }, facts) => {
    if (!url.includes(";") || isPixelCode(url, facts)) return [];
    const fixed = url.replace(AMPERSAND, "&");
    const others = ENTITY.exec(fixed);
    const found = { part: "the URL", what: "has &amp; instead of &", quoted: "&amp;", fixed };
    const other = { part: "the URL", what: "has a character that is escaped for HTML" };
    return [...(fixed === url ? [] : [found]), ...(others === null ? [] : [{ ...other, quoted: others[0] }])];
  },
};
