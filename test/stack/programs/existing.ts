import { Config } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";

// A postback that somebody else looks after.
const existing = AffiliatePostback.get("existing", new Config().require("id"));

export const { id, affiliateId, postbackUrl, postbackStatus, postbackType, urlParts, domain } = existing;
