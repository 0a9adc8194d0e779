import { Config } from "@pulumi/pulumi";
import { AffiliatePostback, Provider } from "pulumi-cake";

// A network with two CAKE instances. Each gets a provider: its address, its key, and a process of its own, so
// that the key of one never reaches the other. Ids mean nothing across instances: affiliate 67890 of "us" and
// affiliate 67890 of "eu" are two different partners.
const config = new Config();

// pulumi config set usDomain us.example-network.com
// pulumi config set --secret usApiKey (or CAKE_US_API_KEY in the environment, which wins: good for CI)
const us = new Provider("us", { domain: config.require("usDomain"), apiKey: config.getSecret("usApiKey") });
const eu = new Provider("eu", { domain: config.require("euDomain"), apiKey: config.getSecret("euApiKey") });

const acme = new AffiliatePostback(
  "acme-us-summer-sale",
  {
    affiliateId: 67890,
    offerId: 12345,
    postbackUrl: "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
  },
  { provider: us }, // without it, the postback would go to the instance that cake:domain names
);

const nordlicht = new AffiliatePostback(
  "nordlicht-eu-summer-sale",
  {
    affiliateId: 2004,
    offerId: 314,
    postbackUrl: "https://nordlicht.rdtk.example/postback?clickid=#s2#&sum=#price#",
  },
  { provider: eu },
);

// Where each of them lives: `pulumi stack output`.
export const domains = { acme: acme.domain, nordlicht: nordlicht.domain };
