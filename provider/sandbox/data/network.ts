import type { Postback } from "../../postback/postback";
import { networkOffers, networkPartners, type SamplePartner } from "./partners";
import { sampleUrls } from "./trackers";

export { networkOffers, networkPartners };

const FIRST_ID = 7301;

/** Inactive postbacks, by affiliate and offer. */
const inactive: ReadonlySet<string> = new Set([
  "2004/314",
  "2023/369",
  "2056/314",
  "2056/369",
  "2101/374",
  "2163/328",
  "2238/310",
]);

/** Postbacks with a mistake, and the rule that each one breaks. */
const mistakes: readonly Mistake[] = [
  // The partner's own macro was not replaced with CAKE's, and CAKE sends it unchanged.
  { affiliateId: 2231, offerId: 352, rule: "P01", applyMistake: (url) => url.replace("#s2#", "{clickid}") },
  // The placeholder of the template was not replaced.
  { affiliateId: 2170, offerId: 341, rule: "P02", applyMistake: (url) => `${url}&et=OPTIONAL` },
  // CAKE has no such macro; the payout is #price#.
  { affiliateId: 2141, offerId: 374, rule: "P08", applyMistake: (url) => url.replace("#price#", "#payout#") },
  // Copied from the source of a web page.
  { affiliateId: 2116, offerId: 335, rule: "P10", applyMistake: (url) => url.replaceAll("&", "&amp;") },
];

/** This postback exists twice and is active twice, so it fires twice and breaks rule P20. */
const duplicate = { affiliateId: 2260, offerId: 358 };

interface Mistake {
  readonly affiliateId: number;
  readonly offerId: number;
  readonly rule: string;
  readonly applyMistake: (url: string) => string;
}

/**
 * The live postbacks of a network of some three dozen partners. Most are correct, a few are inactive, a few are wrong.
 */
export function networkPostbacks(): Postback[] {
  const rows = networkPartners.flatMap(({ offers, ...partner }) =>
    offers.map((offerId) => rowOf(partner, offerId)),
  );
  const repeated = rows.filter(
    (row) => row.affiliateId === duplicate.affiliateId && row.offerId === duplicate.offerId,
  );
  return [...rows, ...repeated].map((row, index) => ({ postbackId: FIRST_ID + index, ...row }));
}

/** The wrong postbacks of the sample network, and the rule that each one breaks. */
export function networkMistakes(): { postbackId: number; rule: string }[] {
  return networkPostbacks().flatMap(({ postbackId, affiliateId, offerId }) => {
    const isDuplicate = affiliateId === duplicate.affiliateId && offerId === duplicate.offerId;
    const rule = isDuplicate ? "P20" : mistakeAt(affiliateId, offerId)?.rule;
    return rule === undefined ? [] : [{ postbackId, rule }];
  });
}

function rowOf(partner: Omit<SamplePartner, "offers">, offerId: number): Omit<Postback, "postbackId"> {
  const { affiliateId, tracker, host } = partner;
  const url = sampleUrls[tracker](host, affiliateId);
  return {
    affiliateId,
    offerId,
    postbackUrl: mistakeAt(affiliateId, offerId)?.applyMistake(url) ?? url,
    postbackType: "Server",
    postbackStatus: inactive.has(`${affiliateId}/${offerId}`) ? "inactive" : "active",
  };
}

function mistakeAt(affiliateId: number, offerId: number): Mistake | undefined {
  return mistakes.find((mistake) => mistake.affiliateId === affiliateId && mistake.offerId === offerId);
}
