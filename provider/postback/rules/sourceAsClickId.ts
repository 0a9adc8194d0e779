import { slotsAmong } from "../reading/reading";
import { rolesOf } from "../trackers/roles";
import { PLACES, type UrlRule } from "./rule";

/** P04: the partner receives its own source in place of its click ID. */
export const sourceAsClickId: UrlRule = {
  id: "P04",
  name: "source-as-click-id",
  title: "the partner's source as click ID",
  severity: "warning",
  runsIn: PLACES,
  why: "#s1# usually carries the partner's source: 50 characters, the same for many clicks. The partner matches no click, or the wrong one.",
  source: "CAKE article 5000545977",
  fix: "Send the sub ID that carries the click ID, usually #s2#. If it really is s1, set clickIdSlot to s1.",
  bad: "https://t.partner.net/pb?cid=#s1#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url, { clickIdSlot }) => {
    if (clickIdSlot === "s1") return [];
    return rolesOf(url)
      .namedClickIds.filter(({ macros }) => isOnlySource(slotsAmong(macros)))
      .map((part) => ({
        part,
        what: "gets #s1#, which is the partner's source and not its click ID",
        quoted: part.value,
      }));
  },
};

function isOnlySource(slots: readonly string[]): boolean {
  return slots.length > 0 && slots.every((slot) => slot === "s1");
}
