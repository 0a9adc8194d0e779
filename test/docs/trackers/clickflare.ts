import type { PartnerSide } from "./partnerSide";

export const clickflare: PartnerSide = {
  link: {
    macro: "{cf_click_id}",
    source: "help.clickflare.io, click-flare-parameters-in-postback-urls, where {click_id} means the same",
  },
  setup: [
    {
      says: "The link goes into the URL of the offer. If the affiliate network has **Append Click ID to Offer URL**, ClickFlare adds the macro itself.",
      source: "help.clickflare.io, offers-what-they-are-and-how-payout-works",
    },
    {
      says: "**Settings** > **Tracking URLs** shows the postback URL, with `REPLACE` and `OPTIONAL` as placeholders.",
      source: "help.clickflare.io, how-to-submit-an-s2s-postback-url-to-an-affiliate-network-in-clickflare",
    },
    {
      says: "Set the offer's payout to **Auto**, so that ClickFlare uses `payout`. With **Manual** it uses the payout of the offer.",
      source: "help.clickflare.io, how-conversion-payouts-are-tracked-in-clickflare",
    },
  ],
  check: [
    {
      says: "ClickFlare does not register a conversion without a valid click ID. Where it shows such calls is not documented.",
      source: "help.clickflare.io, how-conversion-tracking-works",
    },
  ],
  secondConversion: [
    {
      says: "If an offer has several steps, ClickFlare distinguishes the conversions of a click best by the transaction ID.",
      source: "help.clickflare.io, s2s-postback-ur-ls",
    },
    {
      says: "Whether ClickFlare drops a second conversion without one is not documented: ask the partner.",
      source: "help.clickflare.io, s2s-postback-ur-ls",
    },
  ],
  mistakes: [
    {
      url: "https://track.partner.net/cf/cv?click_id=REPLACE&payout=OPTIONAL&txid=OPTIONAL",
      says: "The URL is as ClickFlare shows it, with its placeholders.",
      rule: "P02",
    },
    {
      url: "https://track.partner.net/cf/cv?click_id={cf_click_id}&payout=#price#",
      says: "ClickFlare's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
  ],
};
