import { clickSlotsAmong, type UrlComponent } from "../reading/reading";
import { clickIdRank } from "../reading/vocabulary";
import { isCertainTransactionId, rolesOf } from "../trackers/roles";
import { foreignIn } from "./foreignMacro";
import { isPlaceholder } from "./placeholder";
import { PLACES, type UrlRule } from "./rule";

/** P30: an ID that is the same for every conversion. */
export const fixedId: UrlRule = {
  id: "P30",
  name: "fixed-id",
  title: "an ID that is the same for every conversion",
  severity: "error",
  runsIn: PLACES,
  why: "An ID of a test was left in the URL. A fixed click ID credits all conversions to one click or to none. A fixed transaction ID makes the partner drop all conversions but the first.",
  source:
    "doc.voluum.com and help-center.affise.com on transaction IDs; a public postback with a click ID of a test",
  fix: "Send #s2# (or the sub ID that carries the click ID) as click ID, and #leadid# as transaction ID.",
  bad: "https://t.partner.net/pb?cid=w7KJ2M9XQ4T1&sub1=#s1#",
  good: "https://t.partner.net/pb?cid=#s2#&sub1=#s1#",
  find: (url) => {
    const roles = rolesOf(url);
    const { namedClickIds, transactionIds } = roles;
    // Where another sub ID is handed on under its number, the partner may read that one.
    const isElsewhere = clickSlotsAmong(url.macros).length > 0;
    return [
      ...namedClickIds.filter(isFixed).map((part) => ({
        part,
        what: "is the click ID, and the same for every conversion",
        quoted: part.value,
        ...(isElsewhere && clickIdRank(part.plain) !== 0 ? { severity: "warning" as const } : {}),
      })),
      ...transactionIds
        .filter((part) => isFixed(part) && isCertainTransactionId(roles, part))
        .map((part) => ({
          part,
          what: "is the transaction ID, and the same for every conversion",
          quoted: part.value,
        })),
    ];
  },
};

// A placeholder, a macro of another platform and a lost hash are not fixed on purpose, and have their own rules.
function isFixed(part: UrlComponent): boolean {
  const { macros, value } = part;
  if (macros.length > 0 || value === "" || isPlaceholder(value)) return false;
  return !/[#\uff03]|%(?:25){0,2}23|&/.test(value) && foreignIn(part).length === 0;
}
