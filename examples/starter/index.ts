import { Config, getStack } from "@pulumi/pulumi";
import { AffiliatePostback } from "pulumi-cake";
import { readRows } from "./rows";

// One stack per CAKE instance and one CSV file per stack: the stack "dev" declares the rows of postbacks/dev.csv.
// A new row creates a postback. If a row is removed, its postback is deactivated.
const file = `postbacks/${getStack()}.csv`;
// A file with fewer rows is refused, because it may be truncated. Raise this: pulumi config set minimumRows 250
const minimumRows = new Config().getNumber("minimumRows") ?? 1;

for (const { name, affiliateId, offerId, postbackUrl, postbackStatus } of readRows(file, minimumRows)) {
  const status = postbackStatus === "inactive" ? "inactive" : "active";
  new AffiliatePostback(name, { affiliateId, offerId, postbackUrl, postbackStatus: status });
}
