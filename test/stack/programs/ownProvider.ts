import { Config } from "@pulumi/pulumi";
import { AffiliatePostback, Provider } from "pulumi-cake";

const config = new Config();
const eu = new Provider("eu", { domain: config.require("domain"), apiKey: config.getSecret("apiKey") });
new AffiliatePostback(
  "acme",
  { affiliateId: 67890, offerId: 12345, postbackUrl: "https://tracker.example/postback?cid=#s2#" },
  { provider: eu },
);
