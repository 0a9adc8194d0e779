import { AffiliatePostback } from "pulumi-cake";
import { network } from "../network";

for (const { name, ...args } of network()) new AffiliatePostback(name, args);
