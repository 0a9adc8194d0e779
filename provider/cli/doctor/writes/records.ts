import { type ListRead, provesAbsence } from "../../../cake/readList";
import type { Postback, PostbackDeclaration } from "../../../postback/postback";

/** The affiliate and offer that a probe writes for. */
export interface Pair {
  readonly affiliateId: number;
  readonly offerId: number;
}

// The domain is reserved for examples (RFC 2606): should such a record ever fire, nobody is told anything.
const PROBE_URL = "https://example.com/pulumi-cake-probe?";

/** A record that CAKE never fires. The macro shows whether CAKE keeps a URL byte for byte. */
export function probeRecord(
  { affiliateId, offerId }: Pair,
  run: string,
  number: number,
): PostbackDeclaration {
  return {
    ...{ affiliateId, offerId, postbackUrl: probeUrl(run, number) },
    ...{ postbackStatus: "inactive", postbackTypeId: 1 },
  };
}

export function probeUrl(run: string, number: number): string {
  return `${PROBE_URL}run=${run}&n=${number}&cid=#s2#&end=1`;
}

/**
 * Why nothing may be written for this affiliate, or undefined. A CAKE that overwrites might replace any postback
 * of the affiliate, so there must be none, provably, but those that an earlier probe left behind.
 */
export function refusalFor({ affiliateId }: Pair, listing: ListRead): string | undefined {
  if (!provesAbsence(listing)) {
    const doubt = listing.completenessIssues[0] ?? "it is empty, as it is for a key without rights";
    return `the list does not prove that affiliate ${affiliateId} has no postbacks: ${doubt}`;
  }
  const others = [...listing.rows.values()].filter(
    (row) => row.affiliateId === affiliateId && !isLeftover(row),
  );
  if (others.length === 0) return undefined;
  const ids = others.map(({ postbackId }) => postbackId);
  const some = ids.slice(0, 5).join(", ") + (ids.length > 5 ? ", …" : "");
  return `affiliate ${affiliateId} has postbacks (${some}), and a CAKE that overwrites would replace one of them. Take an affiliate that is there for tests and has none`;
}

function isLeftover({ postbackStatus, postbackUrl }: Postback): boolean {
  return postbackStatus === "inactive" && postbackUrl.startsWith(PROBE_URL);
}
