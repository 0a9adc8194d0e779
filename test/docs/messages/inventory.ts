import { messages } from "../../../provider/cli/inventory/messages";
import type { Examples } from "./rooms";

export const INVENTORY: Examples<typeof messages> = {
  needsStacks: messages.needsStacks("drifted"),
  needsHosts: messages.needsHosts("lost-host"),
  csvAndSource: messages.csvAndSource("list"),
  affiliateWithoutCampaigns: messages.affiliateWithoutCampaigns(),
  exportTwice: messages.exportTwice("prod.json"),
  sinceInvalid: messages.sinceInvalid("last-week.json"),
  sinceFiltered: messages.sinceFiltered("last-week.json", ["affiliate=2004"]),
  filterInvalid: messages.filterInvalid('"affilate=2004"', "macro, host, affiliate"),
  filterEmpty: messages.filterEmpty("affiliate"),
  filterValueInvalid: messages.filterValueInvalid("affiliate", "must be an ID such as 2004", '"ACME"'),
  filterValueUnknown: messages.filterValueUnknown("condition", '"drifed"', "Did you mean drifted?"),
};
