import type { PartnerSide } from "./partnerSide";

export const bemob: PartnerSide = {
  link: { macro: "{clickId}", source: "docs.bemob.com, append-bemob-click-id" },
  setup: [
    {
      says: "The link goes into the URL of the offer. The affiliate network can add the parameter and the macro to all its offers.",
      source: "docs.bemob.com, append-bemob-click-id",
    },
    {
      says: "**Affiliate Networks** > **New** shows the postback URL, with `REPLACE` and `OPTIONAL` as placeholders.",
      source: "docs.bemob.com, create-custom-affiliate-network",
    },
    {
      says: "For `status`, check **Use conversion statuses** in the affiliate network, and enter the values there.",
      source: "help.bemob.com, using-postback-statuses",
    },
  ],
  check: [
    {
      says: "A test needs a click of the campaign: BeMob records only conversions with a valid click ID, which has 22 characters.",
      source: "docs.bemob.com, performing-conversion-test",
    },
    {
      says: "The general reports and the tab **Conversions** have the conversions.",
      source: "BeMob's text, quoted at wordpress.org/support/?p=15061357",
    },
  ],
  secondConversion: [
    {
      says: "A transaction ID helps BeMob to prevent duplicate conversions.",
      source: "docs.bemob.com, performing-conversion-test",
    },
    {
      says: "The affiliate network has an option to accept double postbacks. That it is off by default is inferred.",
      source: "docs.bemob.com, postback-settings-of-affiliate-network",
    },
  ],
  mistakes: [
    {
      url: "https://x1.bemobtrcks.com/postback?cid=REPLACE&payout=OPTIONAL&txid=OPTIONAL&status=OPTIONAL",
      says: "The URL is as BeMob shows it. BeMob says that it tracks nothing like this.",
      rule: "P02",
    },
    {
      url: "https://x1.bemobtrcks.com/postback?cid={clickId}&payout=#price#&txid=#leadid#",
      says: "BeMob's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://x1.bemobtrcks.com/postback?cid=#s2#&payout=#price#",
      says: "The transaction ID is missing.",
      rule: "P19",
    },
  ],
};
