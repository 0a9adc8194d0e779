import { BLANK } from "../reading/blanks";
import { isPixelCode, PLACES, type UrlRule } from "./rule";

/** The end of a path. In a value, an encoded space may be meant. */
const ENCODED_AT_END = /%(?:0[9AD]|20|C2%A0|E2%80%8B|EF%BB%BF)$/i;

/** P11: a space or an invisible character. */
export const blank: UrlRule = {
  id: "P11",
  name: "blank",
  title: "a space or an invisible character",
  severity: "error",
  runsIn: PLACES,
  why: "When a URL is copied, spaces, line breaks and invisible characters may come with it. They become part of a value or make the call fail, and nobody sees them.",
  source: "the URL standard, which allows none of them; most parsers silently remove those around the URL",
  fix: "Remove it, or write %20 for a space.",
  bad: " https://t.partner.net/pb?cid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ url, text, path, components }, facts) => {
    if (ENCODED_AT_END.test(path.text)) {
      return [
        { part: path, what: "ends with a percent-encoded space or invisible character", quoted: path.text },
      ];
    }
    if (!BLANK.test(url) || isPixelCode(url, facts)) return [];
    const around = { part: "the URL", what: "begins or ends with a space or an invisible character" };
    const inside = components
      .filter((component) => BLANK.test(component.text))
      .map((part) => ({
        part,
        what: "has a space, a line break or an invisible character",
        quoted: part.text,
      }));
    if (text === url) return inside;
    return [text === "" ? around : { ...around, fixed: text }, ...inside];
  },
};
