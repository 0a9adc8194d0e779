import { AffiliatePostback } from "pulumi-cake";

// The postback URL of the partner's tracker. At each conversion, CAKE replaces the macros between hashes:
// #s2# is the partner's click ID, which the partner's links must carry as s2=…; #price# is the payout;
// #leadid# is CAKE's ID of the conversion, by which the partner recognizes a repeated call.
const tracker = "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";

// One affiliate and two offers need two resources. The first argument is the name of the resource, which must
// never change. So name it after the partner and the offer, not after the URL.
const summer = new AffiliatePostback("acme-summer-sale", {
  affiliateId: 67890, // CAKE's ID of the partner
  offerId: 12345, // CAKE's ID of the offer; 0 means all offers
  postbackUrl: tracker, // sent to CAKE byte for byte
});

const winter = new AffiliatePostback("acme-winter-sale", {
  affiliateId: 67890,
  offerId: 12346,
  postbackUrl: tracker,
  postbackStatus: "active", // the default; "inactive" keeps the postback and stops the calls
});

// CAKE's IDs of the postbacks, to find them in CAKE: `pulumi stack output`.
export const postbackIds = [summer.postbackId, winter.postbackId];
