import { messages, phrases } from "../../../provider/lookup/messages";
import type { Examples } from "./rooms";

const domain = "network.cakemarketing.com";
const doubt = "the list says it has 7 rows, but 3 came";

export const LOOKUP: Examples<typeof messages> = {
  withoutList: messages.withoutList(domain, "without-list"),
  incomplete: messages.incomplete(domain, doubt),
  notFound: messages.notFound(8801, domain),
  unknown: messages.unknown(8801, domain, doubt),
  argumentsInvalid: messages.argumentsInvalid("getAffiliatePostbacks", [
    `affiliateId must be ${phrases.expected.affiliateId}, found "067890"`,
  ]),
  argumentsUnknown: messages.argumentsUnknown("getAffiliatePostback", ["id"], ["postbackId"]),
};
