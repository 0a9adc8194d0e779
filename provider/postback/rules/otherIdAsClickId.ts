import { slotsAmong } from "../reading/reading";
import { rolesOf } from "../trackers/roles";
import { PLACES, type UrlRule } from "./rule";

interface OtherId {
  readonly what: string;
  /** Whether it is the same for many clicks, so that no partner can find one by it. */
  readonly isShared?: true;
  /** Whether any article explains it. @default true */
  readonly isExplained?: false;
}

/** IDs that people send instead of the click ID. */
const OTHER_IDS: ReadonlyMap<string, OtherId> = new Map([
  ["reqid", { what: "CAKE's ID of the session" }],
  ["reqsessid", { what: "an ID of CAKE that no list of macros explains", isExplained: false }],
  ["oreqid", { what: "CAKE's ID of the offer's request" }],
  ["leadid", { what: "CAKE's ID of the conversion" }],
  ["tid", { what: "the advertiser's transaction ID" }],
  ["vstid", { what: "CAKE's ID of the visitor" }],
  ["udid", { what: "the device's ID" }],
  ["ip", { what: "the address of the conversion" }],
  ["sourceip", { what: "the address of the click" }],
  ["source_ip", { what: "the address of the click" }],
  ["utcunixtime", { what: "the time of the conversion", isShared: true }],
  ["sourcetime", { what: "the time of the click", isShared: true }],
  ["sourcedate", { what: "the day of the click", isShared: true }],
  ["cid", { what: "CAKE's ID of the creative", isShared: true }],
  ["oid", { what: "CAKE's ID of the offer", isShared: true }],
  ["affid", { what: "CAKE's ID of the affiliate", isShared: true }],
  ["campid", { what: "CAKE's ID of the campaign", isShared: true }],
]);

/** P05: the partner receives an ID that is not its own. */
export const otherIdAsClickId: UrlRule = {
  id: "P05",
  name: "other-id-as-click-id",
  title: "an ID that is not the partner's as click ID",
  severity: "error",
  runsIn: PLACES,
  why: "The partner knows only its own click IDs. An ID of CAKE or of the advertiser matches none of them. Only a warning: an ID of one conversion, session or device at an unknown receiver.",
  source: "CAKE articles 5000546059 and 13000103758; Keitaro's troubleshooting page",
  fix: "Send the sub ID that carries the partner's click ID, usually #s2#.",
  bad: "https://t.partner.net/pb?clickid=#cid#&sub=#s1#",
  good: "https://t.partner.net/pb?clickid=#s2#&sub=#s1#",
  find: (url) => {
    const { tracker, clickIds, isClickIdNamed } = rolesOf(url);
    if (!isClickIdNamed) return [];
    return clickIds.flatMap((part) => {
      const macro = part.macros.find((name) => OTHER_IDS.has(name));
      if (macro === undefined || slotsAmong(part.macros).length > 0) return [];
      const { what, isShared, isExplained } = OTHER_IDS.get(macro) as OtherId;
      const isCertain = isShared || (isExplained !== false && tracker !== undefined);
      return [
        {
          part,
          what: `gets #${macro}#, which is ${what} and not the partner's click ID`,
          quoted: part.value,
          ...(isCertain ? {} : { severity: "warning" as const }),
        },
      ];
    });
  },
};
