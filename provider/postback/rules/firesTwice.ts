import { groupsOf } from "../groupsOf";
import { urlAddress } from "../url";
import { type CrossCandidate, type CrossFinding, type CrossRule, isActive } from "./crossRule";
import { type Candidate, PLACES, type Severity } from "./rule";

const URL = "https://track.partner.net/postback?cid=#s2#";

/** Two active postbacks that fire for the same conversion. */
export const firesTwice: CrossRule = {
  id: "P20",
  name: "fires-twice",
  title: "another postback that fires for the same conversion",
  severity: "error",
  runsIn: PLACES,
  why: "Each active postback of an affiliate and offer fires for each conversion, and so does one for all offers. The partner counts twice and is paid twice.",
  source: "the platforms' own pages on precedence, which differ; CAKE article 5000546032",
  fix: "Keep one. If both must fire while a partner switches trackers, set the last day with overlapUntil.",
  allowedUntil: "overlapUntil",
  bad: [
    { affiliateId: 67890, offerId: 12345, postbackUrl: URL },
    { affiliateId: 67890, offerId: 12345, postbackUrl: `${URL}&payout=#price#` },
  ],
  good: [
    { affiliateId: 67890, offerId: 12345, postbackUrl: URL },
    { affiliateId: 67890, offerId: 12345, postbackUrl: `${URL}&payout=#price#`, postbackStatus: "inactive" },
  ],
  find: (candidates) => {
    const active = candidates.filter(isActive);
    return [...severalOfOnePair(active), ...besideAllOffers(active)];
  },
};

/** Where a postback meets others that fire for the same conversions. */
export interface FiringMeeting {
  /** The key under which others find this postback. */
  readonly own: string;
  /** The key under which this postback finds the others. */
  readonly others: string;
  readonly severity: Severity;
}

/** Where an active postback meets others, the most severe first. An inactive one meets none. */
export function firingMeetings(candidate: Candidate): FiringMeeting[] {
  if (!isActive(candidate)) return [];
  const [pair, host, target] = [pairOf(candidate), pairAndHostOf(candidate), targetOf(candidate)];
  const isForAll = candidate.offerId === 0;
  const keyFor = (all: boolean) => `${all ? "all" : "one"} ${target}`;
  if (pair === undefined || host === undefined || target === undefined) return [];
  return [
    { own: host, others: host, severity: "error" },
    { own: keyFor(isForAll), others: keyFor(!isForAll), severity: "error" },
    { own: pair, others: pair, severity: "warning" },
  ];
}

/** How severe it is that another active postback fires beside this one; undefined if it fires for other conversions. */
export function severityBeside(candidate: Candidate): (other: Candidate) => Severity | undefined {
  const meetings = firingMeetings(candidate);
  // Most of an affiliate's postbacks are for other offers, and need no reading of their URLs.
  const isOfOther = ({ offerId }: Candidate) =>
    offerId !== candidate.offerId && offerId !== 0 && candidate.offerId !== 0;
  return (other) => {
    if (isOfOther(other)) return undefined;
    const found = new Set(firingMeetings(other).map(({ own }) => own));
    return meetings.find(({ others }) => found.has(others))?.severity;
  };
}

function severalOfOnePair(active: readonly CrossCandidate[]): CrossFinding[] {
  return groupsOf(active, pairOf).flatMap((ofPair) => {
    if (ofPair.length < 2) return [];
    const pair = `affiliate ${ofPair[0]?.affiliateId}, offer ${ofPair[0]?.offerId}`;
    const byHost = groupsOf(ofPair, pairAndHostOf);
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

function besideAllOffers(active: readonly CrossCandidate[]): CrossFinding[] {
  return groupsOf(active, targetOf).flatMap((group) => {
    const ofAll = group.filter(({ offerId }) => offerId === 0);
    const ofOne = group.filter(({ offerId }) => offerId !== 0);
    if (ofAll.length === 0 || ofOne.length === 0) return [];
    return [
      {
        names: [...ofAll, ...ofOne].map(({ name }) => name),
        part: "the postback for all offers",
        what: `fires together with ${ofOne.length} for single offers of affiliate ${group[0]?.affiliateId}, to the same address`,
      },
    ];
  });
}

/** The affiliate and the offer. They may have several postbacks, so they do not identify one. */
function pairOf({ affiliateId, offerId }: Candidate): string | undefined {
  return affiliateId === undefined || offerId === undefined ? undefined : `${affiliateId}/${offerId}`;
}

function pairAndHostOf(candidate: Candidate): string | undefined {
  const pair = pairOf(candidate);
  return pair && `${pair} ${urlAddress(candidate.postbackUrl).host.toLowerCase()}`;
}

/** The affiliate and the address that is called, without its parameters. */
function targetOf(candidate: Candidate): string | undefined {
  if (pairOf(candidate) === undefined) return undefined;
  const { host, path } = urlAddress(candidate.postbackUrl);
  return JSON.stringify([candidate.affiliateId, host.toLowerCase(), path]);
}
