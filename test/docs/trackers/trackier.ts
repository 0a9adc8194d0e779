import type { PartnerSide } from "./partnerSide";

export const trackier: PartnerSide = {
  link: { macro: "{click_id}", source: "help.trackier.com 8107248" },
  setup: [
    {
      says: "The link is the advertiser's URL of the campaign.",
      source: "help.trackier.com 8107248",
    },
    {
      says: "The campaign's card **Conversion Tracking** shows the postback URL, and so does **Advertiser** > **Manage** > the advertiser.",
      source: "help.trackier.com 8107277",
    },
    {
      says: "A campaign that pays a share of the sale needs `sale_amount` instead of `revenue`.",
      source: "help.trackier.com 8107277",
    },
  ],
  check: [
    {
      says: "**Advertiser** > **Debug Postback** lists each call, with errors such as `INVALID_CLICK_ID`. A wrong security token is one of the causes.",
      source: "help.trackier.com 31000155030",
    },
  ],
  secondConversion: [
    {
      says: "Unless the campaign tracks multiple conversions, a second one gets `DUPLICATE_CLICK_ID`.",
      source: "help.trackier.com 31000155030",
    },
    {
      says: "**Yes with Txn ID**, the option that Trackier recommends, counts each transaction ID of a click once.",
      source: "help.trackier.com 8450648",
    },
  ],
  mistakes: [
    {
      url: "https://acme.vnative.co/acquisition?click_id={click_id}&revenue=#price#",
      says: "Trackier's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://acme.vnative.co/acquisition?click_id=#s2#&security_token=4f1c9ad07b",
      says: "The security token is in plain text.",
      rule: "P16",
    },
    {
      url: "https://acme.vnative.co/acquisition?click_id=#s2#&status=#status#",
      says: "Trackier wants a word of its own, such as `approved`.",
      rule: "P18",
    },
    {
      url: "https://acme.vnative.co/acquisition?click_id=#s2#&security_token=SECURITY_TOKEN&goal_id=GOAL_ID",
      says: "The URL has placeholders of Trackier's article.",
      rule: "P02",
    },
  ],
};
