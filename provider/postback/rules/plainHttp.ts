import { PLACES, type UrlRule } from "./rule";

/** P12: no encryption. */
export const plainHttp: UrlRule = {
  id: "P12",
  name: "plain-http",
  title: "no encryption",
  severity: "warning",
  runsIn: PLACES,
  why: "Payout and click ID travel in clear text, and some receivers refuse the call without a useful answer.",
  source: "ourdreamaiaffiliate.com",
  fix: "Write https://. If the partner has no TLS, suppress the rule with that reason.",
  bad: "http://t.partner.net/pb?cid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ scheme }) =>
    scheme.toLowerCase() === "http://"
      ? [{ part: "the scheme", what: "is http, which encrypts nothing" }]
      : [],
};
