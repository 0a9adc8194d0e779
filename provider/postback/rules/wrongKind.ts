import { holdsMarkup } from "../reading/markup";
import { PLACES, type UrlRule } from "./rule";

/** P23: HTML in place of a URL, or a URL of a type that needs HTML. */
export const wrongKind: UrlRule = {
  id: "P23",
  name: "wrong-kind",
  title: "HTML, or the wrong type",
  severity: "error",
  runsIn: PLACES,
  why: "A server-to-server postback (type 1) is a URL that CAKE calls, so it cannot be HTML. Only a warning: the other types need the visitor's browser, which offers with postback tracking never use.",
  source: "CAKE articles 5000546108 and 13000118735, which asks for a URL whatever the type",
  fix: "Use the URL alone, with type 1.",
  bad: '<img src="https://t.partner.net/pb?cid=#s2#&payout=#price#">',
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ url }, { postbackTypeId }) => {
    if (postbackTypeId === undefined) return [];
    if (postbackTypeId === 1) {
      const what = "is HTML, and a server-to-server postback must be a URL";
      return holdsMarkup(url) ? [{ part: "the postback", what }] : [];
    }
    // An article asks for a URL with every type, so this may be intended.
    const what = "is a bare URL of a type that needs the visitor's browser";
    return holdsMarkup(url) ? [] : [{ part: "the postback", what, severity: "warning" }];
  },
};
