import { Config } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";

const postback = new AffiliatePostback("scaleo", {
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: new Config().requireSecret("url"),
});

export const { postbackUrl, urlParts, postbackId } = postback;
