import { macrosIn } from "../macros";
import { urlParts } from "../url";
import { type Candidate, type Finding, PLACES, type RuleDescription } from "./rule";

/** One of several postbacks, with the name of its resource or another name for it. */
export interface NamedCandidate extends Candidate {
  readonly name: string;
}

/** Something that a rule found in several postbacks together. */
interface CrossFinding extends Finding {
  /** The names of the postbacks that it concerns. */
  readonly names: readonly string[];
}

/** A mistake that only several postbacks together show. */
export interface CrossRule extends RuleDescription {
  /** @param today The day that `overlapUntil` is compared with: `2026-12-31`. */
  readonly find: (candidates: readonly NamedCandidate[], today: string) => CrossFinding[];
}

const SUB_ID = /^s[1-5]$/;

/** The rules about several postbacks. The time of each is in proportion to their number. */
export const crossRules: readonly CrossRule[] = [
  {
    id: "P26",
    name: "mixed-click-id-slots",
    title: "another sub ID than the affiliate's other postbacks",
    severity: "warning",
    runsIn: PLACES,
    why: "The sub ID must be the one that the affiliate's offer links fill with the click ID. If an affiliate's postbacks disagree, one of them sends something else, and its conversions match no click.",
    source: "a public runbook of an operator: the slot must equal the one in the offer link",
    fix: "Use the sub ID of the affiliate's offer links everywhere, or name it with clickIdSlot.",
    find: mixedSlots,
  },
  {
    id: "P20",
    name: "fires-twice",
    title: "another postback that fires for the same conversion",
    severity: "error",
    runsIn: PLACES,
    why: "Each active postback of an affiliate and offer fires for each conversion, and so does one for all offers. The partner counts twice and is paid twice.",
    source: "the platforms' own pages on precedence, which differ; CAKE article 5000546032",
    fix: "Keep one. If both must fire while a partner switches trackers, set the last day with overlapUntil.",
    find: (candidates, today) => {
      const active = candidates.filter(isActive);
      return [...severalOfOnePair(active, today), ...besideAllOffers(active)];
    },
  },
];

function mixedSlots(candidates: readonly NamedCandidate[]): CrossFinding[] {
  return groups(candidates, ({ affiliateId }) => affiliateId?.toString()).flatMap((ofAffiliate) => {
    const bySlot = groups(ofAffiliate, slotOf);
    if (bySlot.length < 2) return [];
    const [most = [], ...fewer] = bySlot.sort((one, other) => other.length - one.length);
    const usual = slotOf(most[0] as NamedCandidate);
    return fewer.map((group) => ({
      names: group.map(({ name }) => name),
      part: "the click ID",
      what: `comes from #${slotOf(group[0] as NamedCandidate)}#, and from #${usual}# in ${most.length} other postback${most.length === 1 ? "" : "s"} of affiliate ${group[0]?.affiliateId}`,
    }));
  });
}

// If a URL has several sub IDs, which one is the click ID is unknown.
function slotOf({ clickIdSlot, postbackUrl }: NamedCandidate): string | undefined {
  if (clickIdSlot !== undefined) return clickIdSlot;
  const [slot, ...more] = new Set(macrosIn(postbackUrl).filter((name) => SUB_ID.test(name)));
  return more.length === 0 ? slot : undefined;
}

function severalOfOnePair(active: readonly NamedCandidate[], today: string): CrossFinding[] {
  return groups(active, pairOf).flatMap((ofPair) => {
    if (ofPair.length < 2) return [];
    const pair = `affiliate ${ofPair[0]?.affiliateId}, offer ${ofPair[0]?.offerId}`;
    if (ofPair.some(({ overlapUntil }) => overlapUntil !== undefined && overlapUntil >= today)) return [];
    const byHost = groups(ofPair, ({ postbackUrl }) => urlParts(postbackUrl).host.toLowerCase());
    const onOneHost = byHost
      .filter((group) => group.length > 1)
      .map((group) => ({
        names: group.map(({ name }) => name),
        part: "the postback",
        what: `is one of ${group.length} active ones for ${pair} on the same host`,
      }));
    if (byHost.length < 2) return onOneHost;
    const what = `is one of several active ones for ${pair}, on ${byHost.length} hosts`;
    const names = ofPair.map(({ name }) => name);
    return [...onOneHost, { names, part: "the postback", what, severity: "warning" as const }];
  });
}

/** Whether CAKE calls the URL. Statuses are compared without case. */
export function isActive({ postbackStatus }: Candidate): boolean {
  return (postbackStatus ?? "active").toLowerCase() === "active";
}

function besideAllOffers(active: readonly NamedCandidate[]): CrossFinding[] {
  return groups(active, targetOf).flatMap((group) => {
    const [ofAll] = group.filter(({ offerId }) => offerId === 0);
    const ofOne = group.filter(({ offerId }) => offerId !== undefined && offerId !== 0);
    if (ofAll === undefined || ofOne.length === 0) return [];
    return [
      {
        names: [ofAll.name, ...ofOne.map(({ name }) => name)],
        part: "the postback for all offers",
        what: `fires together with ${ofOne.length} for single offers of affiliate ${ofAll.affiliateId}, to the same address`,
      },
    ];
  });
}

/** The affiliate and the address that is called, without its parameters. */
export function targetOf({ affiliateId, postbackUrl }: Candidate): string | undefined {
  if (affiliateId === undefined) return undefined;
  const { host, path } = urlParts(postbackUrl);
  return JSON.stringify([affiliateId, host.toLowerCase(), path]);
}

/** The affiliate and the offer. They may have several postbacks, so they do not identify one. */
export function pairOf({ affiliateId, offerId }: Candidate): string | undefined {
  return affiliateId === undefined || offerId === undefined ? undefined : `${affiliateId}/${offerId}`;
}

// A candidate without a key belongs to no group.
function groups<T>(all: readonly T[], keyOf: (one: T) => string | undefined): T[][] {
  const byKey = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = byKey.get(key);
    if (group) group.push(one);
    else byKey.set(key, [one]);
  }
  return [...byKey.values()];
}
