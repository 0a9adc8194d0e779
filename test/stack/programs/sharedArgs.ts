import { AffiliatePostback } from "pulumi-cake";

// One object for two resources: neither may change it under the other.
const args = {
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: "https://tracker.example/postback?cid=#s2#",
};
new AffiliatePostback("one", args);
args.offerId = 12346;
new AffiliatePostback("other", args);

export const keys = Object.keys(args);
