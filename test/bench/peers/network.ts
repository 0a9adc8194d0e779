/** What all programs of the benchmark declare, so that they differ in nothing but the provider. */
import { Config } from "@pulumi/pulumi";

export interface Row {
  readonly name: string;
  readonly affiliateId: number;
  readonly offerId: number;
  readonly postbackUrl: string;
}

/** Ten offers for each affiliate; with `bench:changed`, the last of them is to be called with one parameter more. */
export function network(): Row[] {
  const config = new Config("bench");
  const count = config.requireNumber("count");
  const isChanged = config.getBoolean("changed") ?? false;
  return Array.from({ length: count }, (_, index) => {
    const added = isChanged && index === count - 1 ? "&geo=#country#" : "";
    return { ...rowOf(index), postbackUrl: `${rowOf(index).postbackUrl}${added}` };
  });
}

export function rowOf(index: number): Row {
  const affiliateId = 1_000 + Math.floor(index / 10);
  const offerId = 1 + (index % 10);
  return {
    name: `partner-${affiliateId}-offer-${offerId}`,
    affiliateId,
    offerId,
    postbackUrl: `https://track-${affiliateId}.partner.example/postback?cid=#s2#&payout=#price#&tid=#tid#`,
  };
}
