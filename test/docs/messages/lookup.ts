import { messages } from "../../../provider/lookup/messages";
import type { Examples } from "./examples";

const domain = "network.cakemarketing.com";
const doubt = "the list says that it has 7 rows, and 3 different ones came";

export const LOOKUP: Examples<typeof messages> = {
  withoutList: messages.withoutList(domain, "without-list"),
  incomplete: messages.incomplete(domain, doubt),
  notFound: messages.notFound(8801, domain),
  unknown: messages.unknown(8801, domain, doubt),
};
