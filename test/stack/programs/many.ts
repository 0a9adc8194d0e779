import { Config } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";

// As many postbacks as the setting says.
const count = new Config().requireNumber("count");
for (let affiliateId = 1; affiliateId <= count; affiliateId++) {
  new AffiliatePostback(`affiliate-${affiliateId}`, {
    affiliateId,
    offerId: 12345,
    postbackUrl: "https://tracker.example/postback?cid=#s2#&payout=#price#",
  });
}
