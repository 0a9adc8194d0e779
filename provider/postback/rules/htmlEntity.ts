import { holdsMarkup } from "../reading/markup";
import { plainName } from "../reading/reading";
import { isKnownName } from "../reading/vocabulary";
import { isPixelCode, PLACES, type UrlFinding, type UrlRule } from "./rule";

const AMPERSAND = /&(?:amp;|#38;|#x26;)+/gi;
const ENTITY = /&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});/i;
/** What is left of an entity whose `;` was lost or percent-encoded. */
const TORN_ENTITY = /^amp(?:%3B|(?=[a-z]))/i;

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
  find: ({ url, parameters }, facts) => {
    if (isPixelCode(url, facts)) return [];
    const torn = parameters
      .filter(({ name, plain }) => plain.startsWith("amp") && isTornEntity(name))
      .map((part) => ({ part, what: "begins with what is left of &amp;", quoted: part.text }));
    return [...entities(url), ...decoded(url), ...torn];
  },
};

/** What a page shows for the beginning of a parameter: "&currency" begins with the entity "&curren". */
const DECODED: Readonly<Record<string, string>> = {
  ...{ "\u00a4": "&curren", "\u00a9": "&copy", "\u00ae": "&reg", "\u00a7": "&sect", "\u00b6": "&para" },
  ...{ "\u00ac": "&not", "\u00d7": "&times", "\u00b5": "&micro", "\u00b7": "&middot" },
};
const DECODED_NAME = new RegExp(`[${Object.keys(DECODED).join("")}](?=[\\w.-]{0,40}=)`, "g");

function decoded(url: string): UrlFinding[] {
  const fixed = url.replace(DECODED_NAME, (sign) => DECODED[sign] ?? sign);
  const what = 'has the sign that HTML shows for "&" and the letters behind it';
  return fixed === url ? [] : [{ part: "the query", what, fixed }];
}

function isTornEntity(name: string): boolean {
  const rest = name.replace(TORN_ENTITY, "");
  return rest !== name && isKnownName(plainName(rest)) && !isKnownName(plainName(name));
}

function entities(url: string): UrlFinding[] {
  if (!url.includes(";")) return [];
  const fixed = url.replace(AMPERSAND, "&");
  const others = ENTITY.exec(fixed);
  const fix = holdsMarkup(url) ? {} : { fixed };
  const found = { part: "the URL", what: "has &amp; instead of &", quoted: "&amp;", ...fix };
  const other = { part: "the URL", what: "has a character that is escaped for HTML" };
  return [...(fixed === url ? [] : [found]), ...(others === null ? [] : [{ ...other, quoted: others[0] }])];
}
