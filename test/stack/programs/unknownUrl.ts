import { interpolate } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";

// The second URL holds an id that CAKE gives only when it has made the first postback.
const first = new AffiliatePostback("first", {
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: "https://tracker.example/postback?cid=#s2#",
});

new AffiliatePostback("second", {
  affiliateId: 67890,
  offerId: 12346,
  postbackUrl: interpolate`https://tracker.example/postback?cid=#s2#&after=${first.postbackId}`,
});
