import { groupsOf } from "../groupsOf";
import { macrosIn } from "../macros";
import { slotsAmong } from "../reading/reading";
import { type CrossCandidate, type CrossFinding, type CrossRule, isActive } from "./crossRule";
import { type Candidate, PLACES } from "./rule";

const HOST = "https://track.partner.net/postback";

/** Active postbacks of one affiliate that take the click ID from different sub IDs. */
export const mixedClickIdSlots: CrossRule = {
  id: "P26",
  name: "mixed-click-id-slots",
  title: "another sub ID than the affiliate's other postbacks",
  severity: "warning",
  runsIn: PLACES,
  why: "The sub ID must be the one that the affiliate's offer links fill with the click ID. If an affiliate's postbacks disagree, one of them sends something else, and its conversions match no click.",
  source: "a public runbook of an operator: the slot must equal the one in the offer link",
  fix: "Use the sub ID of the affiliate's offer links everywhere. If both are right, suppress P26 on one side, with a reason.",
  bad: [
    { affiliateId: 67890, offerId: 12345, postbackUrl: `${HOST}?cid=#s2#` },
    { affiliateId: 67890, offerId: 12346, postbackUrl: `${HOST}?cid=#s2#` },
    { affiliateId: 67890, offerId: 12347, postbackUrl: `${HOST}?cid=#s3#` },
  ],
  good: [
    { affiliateId: 67890, offerId: 12345, postbackUrl: `${HOST}?cid=#s2#` },
    { affiliateId: 67890, offerId: 12346, postbackUrl: `${HOST}?cid=#s2#` },
    { affiliateId: 67890, offerId: 12347, postbackUrl: `${HOST}?cid=#s2#` },
  ],
  find: (candidates) =>
    groupsOf(candidates.filter(isActive), ({ affiliateId }) => affiliateId?.toString()).flatMap(mixedIn),
};

/**
 * The sub ID that an active postback takes the click ID from. If its URL has several, which one it is is unknown, unless
 * the program names it.
 */
export function clickIdSlotOf(candidate: Candidate): string | undefined {
  const { clickIdSlot, postbackUrl } = candidate;
  if (!isActive(candidate)) return undefined;
  if (clickIdSlot !== undefined) return clickIdSlot;
  const [slot, ...more] = new Set(slotsAmong(macrosIn(postbackUrl)));
  return more.length === 0 ? slot : undefined;
}

/**
 * The sub IDs that at least as many postbacks of the affiliate use as this one, the most frequent first. If there are none,
 * this one is the usual one, and the others are found instead.
 */
export function usualSlots(own: string, counts: ReadonlyMap<string, number>): string[] {
  const count = counts.get(own) ?? 0;
  const rank = ([one, ofOne]: [string, number], [other, ofOther]: [string, number]) =>
    ofOther - ofOne || (one < other ? -1 : 1);
  return [...counts]
    .filter(([slot, others]) => slot !== own && others > 0 && others >= count)
    .sort(rank)
    .map(([slot]) => slot);
}

function mixedIn(ofAffiliate: readonly CrossCandidate[]): CrossFinding[] {
  const bySlot = new Map(
    groupsOf(ofAffiliate, clickIdSlotOf).map((group) => [
      clickIdSlotOf(group[0] as CrossCandidate) ?? "",
      group,
    ]),
  );
  const counts = new Map([...bySlot].map(([slot, group]) => [slot, group.length]));
  return [...bySlot].flatMap(([slot, group]) => {
    const [usual] = usualSlots(slot, counts);
    if (usual === undefined) return [];
    const others = counts.get(usual) ?? 0;
    return [
      {
        names: group.map(({ name }) => name),
        part: "the click ID",
        what: `comes from #${slot}#, and from #${usual}# in ${others} other postback${others === 1 ? "" : "s"} of affiliate ${group[0]?.affiliateId}`,
      },
    ];
  });
}
