import { Config } from "@pulumi/pulumi";
import { PartnerPostbacks, trackers } from "pulumi-cake";

// One partner, with the offers that the setting names.
const acme = new PartnerPostbacks("acme", {
  affiliateId: 67890,
  offers: new Config().requireObject<Record<string, number>>("offers"),
  postbackUrl: trackers.voluum({ domain: "track.acme-media.example" }),
});

export const ids = Object.fromEntries(
  Object.entries(acme.postbacks).map(([offer, { postbackId }]) => [offer, postbackId]),
);
