import { hostNameIn, isSubdomainOf } from "../reading/hosts";
import { PLACES, type UrlRule } from "./rule";

/** Mobile measurement services, which call CAKE and are not called by it. */
const MEASUREMENT = [
  ...["appsflyer.com", "onelink.me", "adjust.com", "adj.st", "kochava.com"],
  ...["branch.io", "app.link", "singular.net", "sng.link", "tenjin.com"],
];

/** Services that rewrite the links in a mail or a page, and lead a person on. */
const REWRITERS = [
  ...["safelinks.protection.outlook.com", "urldefense.proofpoint.com", "urldefense.com", "www.google.com"],
  ...["l.facebook.com", "lnkd.in", "bit.ly", "tinyurl.com", "t.co"],
];

/** P24: a receiver that is not the partner. */
export const wrongReceiver: UrlRule = {
  id: "P24",
  name: "wrong-receiver",
  title: "a receiver that is not the partner",
  severity: "warning",
  runsIn: PLACES,
  why: "A postback to the CAKE instance that sends it goes in a circle. A mobile measurement service is the wrong direction: it calls CAKE. A link that a mail program or a page has rewritten calls that service.",
  source: "support.appsflyer.com 207273986; inferred",
  fix: "Use the host of the affiliate's tracker.",
  bad: "https://app.appsflyer.com/pb?clickid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?clickid=#s2#&payout=#price#",
  find: ({ hostName, host }, { domain }) => {
    if (hostName === undefined) return [];
    if (domain !== undefined && hostName === hostNameIn(domain)) {
      return [{ part: host, what: "is that of the CAKE instance itself" }];
    }
    if (isSubdomainOf(hostName, REWRITERS)) {
      return [{ part: host, what: "is that of a service that rewrites links, and not the partner's" }];
    }
    return isSubdomainOf(hostName, MEASUREMENT)
      ? [{ part: host, what: "is that of a mobile measurement service, which calls CAKE itself" }]
      : [];
  },
};
