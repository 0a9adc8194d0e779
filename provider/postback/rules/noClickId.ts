import { slotsAmong } from "../reading/reading";
import { segmentAt } from "../trackers/parameters";
import { rolesOf } from "../trackers/roles";
import { PLACES, type UrlRule } from "./rule";

/** P03: the partner cannot find the click. */
export const noClickId: UrlRule = {
  id: "P03",
  name: "no-click-id",
  title: "no click ID",
  severity: "warning",
  runsIn: PLACES,
  why: "Without a sub ID the partner cannot match the conversion to a click, and drops it. This is the most frequent mistake. It is an error if the parameter that the partner reads is empty, or missing at a known tracker.",
  source: "Keitaro's and smartadv's troubleshooting pages; CAKE article 13000118838",
  fix: "Send the sub ID that carries the partner's click ID, usually #s2#.",
  bad: "https://t.partner.net/pb?payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url) => {
    const { tracker, namedClickIds } = rolesOf(url);
    const [named] = namedClickIds;
    const own = tracker?.parameters.clickId.name;
    if (tracker && own !== undefined && named?.name !== own) {
      const isAtPath = segmentAt(tracker.path, url.path.text) !== undefined;
      const what = `has no ${own}, in which ${tracker.name} reads the click ID`;
      return [{ part: "the URL", what, ...(isAtPath ? { severity: "error" } : {}) }];
    }
    if (named?.value === "" && /^[\w.-]+=?$/.test(named.text)) {
      return [{ part: named, what: "is empty, so the partner cannot find the click", severity: "error" }];
    }
    if (slotsAmong(url.macros).length > 0) return [];
    return [{ part: "the URL", what: "has none of #s1# to #s5#, so the partner cannot find the click" }];
  },
};
