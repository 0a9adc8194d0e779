import { Config, getStack } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { readRows } from "./rows";

// One stack per CAKE instance, one CSV file per stack: the stack "dev" declares what postbacks/dev.csv holds.
// A new row registers a postback; a row that is removed switches its postback off.
const file = `postbacks/${getStack()}.csv`;
// A file that was cut off is refused. Raise this as it grows: pulumi config set minimumRows 250
const minimumRows = new Config().getNumber("minimumRows") ?? 1;

for (const { name, affiliate_id, offer_id, status, postback_url } of readRows(file, minimumRows)) {
  new AffiliatePostback(name, {
    affiliateId: Number(affiliate_id),
    offerId: Number(offer_id),
    postbackUrl: postback_url,
    postbackStatus: status === "inactive" ? "inactive" : "active",
  });
}
