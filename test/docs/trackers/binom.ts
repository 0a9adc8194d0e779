import type { PartnerSide } from "./partnerSide";

export const binom: PartnerSide = {
  link: { macro: "{clickid}", source: "docs.binom.org, postback-url" },
  setup: [
    {
      says: "The link goes into the offer. A template of an affiliate network adds the macro itself.",
      source: "docs.binom.org, postback-url",
    },
    {
      says: "The tracker's settings show the postback URL on the tab **Tracking links**. A tracker in a subfolder has it in the path.",
      source: "docs.binom.org, postback-url",
    },
    {
      says: "Check **Auto** in the offer's settings, so that Binom uses `payout`. Otherwise it uses the payout of the offer.",
      source: "docs.binom.org, payout-tracking-v2",
    },
  ],
  check: [
    {
      says: "The tab **Conversions** lists conversions with their click IDs.",
      source: "docs.binom.org, update-conv",
    },
  ],
  secondConversion: [
    {
      says: "The offer has a checkbox **Upsell**, which adds a second payout to the first. What happens without it is not documented.",
      source: "docs.binom.org, update-conv",
    },
  ],
  mistakes: [
    {
      url: "https://binom.partner.net/click.php?cnv_id={clickid}&payout=#price#",
      says: "Binom's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://binom.partner.net/click.php?payout=#price#",
      says: "The click ID is missing.",
      rule: "P03",
    },
    {
      url: "https://binom.partner.net/click.php?cnv_id=#s2#&payout=12.50",
      says: "The payout is fixed, and stays when the campaign's payout changes.",
      rule: "P17",
    },
  ],
};
