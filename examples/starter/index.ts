import { Config, getStack } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { readRows } from "./rows";

// One stack per CAKE instance, one CSV file per stack: the stack "dev" declares what postbacks/dev.csv holds.
// A new row registers a postback; a row that is removed deactivates its postback.
const file = `postbacks/${getStack()}.csv`;
// A file that was cut off is refused. Raise this as it grows: pulumi config set minimumRows 250
const minimumRows = new Config().getNumber("minimumRows") ?? 1;

for (const { name, affiliateId, offerId, postbackUrl, postbackStatus } of readRows(file, minimumRows)) {
  const status = postbackStatus === "inactive" ? "inactive" : "active";
  new AffiliatePostback(name, { affiliateId, offerId, postbackUrl, postbackStatus: status });
}
