import { SHARED_IDS } from "../macros";
import { slotsAmong } from "../reading/reading";
import { rolesOf } from "../trackers/roles";
import { PLACES, type UrlRule } from "./rule";

interface OtherId {
  readonly what: string;
  /** Whether it says when and not who, so that no partner can find a click by it. */
  readonly isTime?: true;
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
  ["utcunixtime", { what: "the time of the conversion", isTime: true }],
  ["sourcetime", { what: "the time of the click", isTime: true }],
  ["sourcedate", { what: "the day of the click", isTime: true }],
  ["cid", { what: "CAKE's ID of the creative" }],
  ["oid", { what: "CAKE's ID of the offer" }],
  ["affid", { what: "CAKE's ID of the affiliate" }],
  ["campid", { what: "CAKE's ID of the campaign" }],
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
    const { tracker, namedClickIds } = rolesOf(url);
    return namedClickIds.flatMap((part) => {
      const macro = part.macros.find((name) => OTHER_IDS.has(name));
      if (macro === undefined || slotsAmong(part.macros).length > 0) return [];
      const { what, isTime, isExplained } = OTHER_IDS.get(macro) as OtherId;
      const isCertain = SHARED_IDS.has(macro) || isTime || (isExplained !== false && tracker !== undefined);
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
