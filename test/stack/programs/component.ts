import { ComponentResource, type ComponentResourceOptions, Config } from "@pulumi/pulumi";
import { AffiliatePostback, Provider } from "pulumi-cake";

/** All postbacks of one partner: each offer calls the same tracker. */
class Partner extends ComponentResource {
  constructor(name: string, affiliateId: number, opts: ComponentResourceOptions) {
    super("network:Partner", name, {}, opts);
    for (const offerId of [12345, 12346]) {
      const postbackUrl = "https://tracker.example/postback?cid=#s2#";
      new AffiliatePostback(`${name}-${offerId}`, { affiliateId, offerId, postbackUrl }, { parent: this });
    }
  }
}

const config = new Config();
const eu = new Provider("eu", {
  domain: config.require("euDomain"),
  apiKey: config.requireSecret("euApiKey"),
});
new Partner("acme", 67890, { providers: [eu] });
