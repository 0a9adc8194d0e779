import { AffiliatePostback } from "pulumi-cake";

// The partner's tracker, as its help page gives the URL. CAKE replaces the macros between hashes at each
// conversion: #s2# is the partner's own click id (the partner's links must carry it as s2=…), #price# the
// payout, #leadid# CAKE's id of the conversion, by which the partner tells a repeated call from a new one.
const tracker = "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";

// One affiliate (67890), two offers: one resource each. The first argument is the resource's name in the
// stack; it stays the same for ever, so name it after the partner and the offer, not after the URL.
const summer = new AffiliatePostback("acme-summer-sale", {
  affiliateId: 67890, // the id that CAKE shows for the partner
  offerId: 12345, // the id that CAKE shows for the offer; 0 would mean all offers
  postbackUrl: tracker, // sent to CAKE byte for byte
});

const winter = new AffiliatePostback("acme-winter-sale", {
  affiliateId: 67890,
  offerId: 12346,
  postbackUrl: tracker,
  postbackStatus: "active", // the default; "inactive" keeps the record and stops the calls
});

// CAKE's ids, for looking the postbacks up in CAKE: `pulumi stack output`.
export const postbackIds = [summer.postbackId, winter.postbackId];
