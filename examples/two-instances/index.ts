import { Config } from "@pulumi/pulumi";
import { AffiliatePostback, Provider } from "pulumi-cake";

// A network with two CAKE instances. Each has its own provider, with its own address, key and process, so the key of
// one instance never reaches the other. IDs are per instance: affiliate 67890 of "us" and affiliate 67890 of "eu" are
// different partners.
const config = new Config();

// pulumi config set usDomain us.example-network.com
// pulumi config set --secret usApiKey (or CAKE_US_API_KEY in the environment, which takes precedence, as in CI)
const us = new Provider("us", { domain: config.require("usDomain"), apiKey: config.getSecret("usApiKey") });
const eu = new Provider("eu", { domain: config.require("euDomain"), apiKey: config.getSecret("euApiKey") });

const acme = new AffiliatePostback(
  "acme-us-summer-sale",
  {
    affiliateId: 67890,
    offerId: 12345,
    postbackUrl: "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
  },
  { provider: us }, // without this option, the postback would go to the instance of cake:domain
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

// The instance of each postback: `pulumi stack output`.
export const domains = { acme: acme.domain, nordlicht: nordlicht.domain };
