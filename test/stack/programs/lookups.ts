import { Config, interpolate } from "@pulumi/pulumi";
import {
  AffiliatePostback,
  getAffiliatePostbackOutput,
  getAffiliatePostbacks,
  getAffiliatePostbacksOutput,
  Provider,
} from "pulumi-cake";

const config = new Config();

// Looks up in each form, before and after something is made that a preview does not know yet.
export = async () => {
  const inactive = await getAffiliatePostbacks({ status: "inactive" });
  const theirs = getAffiliatePostbackOutput({ postbackId: config.requireNumber("id") });
  const others = getAffiliatePostbacksOutput({ host: config.require("host") });

  const own = new AffiliatePostback("own", {
    affiliateId: 67890,
    offerId: 12345,
    postbackUrl: "https://tracker.example/postback?cid=#s2#",
  });
  // The instance itself, by way of what is known only then.
  const domain = interpolate`http://${own.domain}`;
  const provider = new Provider("later", { domain, apiKey: config.getSecret("apiKey") });
  const found = getAffiliatePostbackOutput({ postbackId: own.postbackId }, { provider });

  return {
    inactive: inactive.length,
    theirs,
    others: others.apply((all) => all.map(({ postbackId }) => postbackId)),
    found: found.postbackUrl,
  };
};
