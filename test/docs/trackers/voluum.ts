import type { PartnerSide } from "./partnerSide";

export const voluum: PartnerSide = {
  link: { macro: "{clickid}", source: "doc.voluum.com, tracking_conversions_postback" },
  setup: [
    {
      says: "The link goes into the URL of the offer. If the affiliate network has **Append click ID to offer URLs**, Voluum adds the macro itself.",
      source: "doc.voluum.com, affiliate_network_settings",
    },
    {
      says: "The offer's form shows the postback URL in its section **Postback URL**, with `REPLACE` and `OPTIONAL` as placeholders.",
      source: "doc.voluum.com, submitting_postback_url",
    },
    {
      says: "Set the offer's payout to **Auto**, so that Voluum uses `payout`.",
      source: "doc.voluum.com, postback_parameters",
    },
    {
      says: "For `status`, the owner of the account defines custom conversions. Each lists the values of `et` that belong to it.",
      source: "doc.voluum.com, tracking_offers_custom_conversions",
    },
  ],
  check: [
    {
      says: "The conversions report has a column **Transaction ID**.",
      source: "doc.voluum.com, upselling",
    },
  ],
  secondConversion: [
    {
      says: "By default, Voluum discards a second postback with the same `cid`, unless its `txid` is another one.",
      source: "doc.voluum.com, upselling",
    },
    {
      says: "The affiliate network's option **Accept duplicate postbacks** changes that.",
      source: "doc.voluum.com, affiliate_network_settings",
    },
  ],
  mistakes: [
    {
      url: "https://acme.voluumtrk.com/postback?cid=REPLACE&payout=OPTIONAL&txid=OPTIONAL",
      says: "The URL is as Voluum shows it, with its placeholders.",
      rule: "P02",
    },
    {
      url: "https://acme.voluumtrk.com/postback?cid={clickid}&payout=#price#&txid=#leadid#",
      says: "Voluum's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://acme.voluumtrk.com/postback?cid=#s2#&payout=#price#",
      says: "The transaction ID is missing.",
      rule: "P19",
    },
    {
      url: "https://acme.voluumtrk.com/postback?cid=#s2#&payout=#price#&txid=1",
      says: "The transaction ID is fixed, so Voluum counts one conversion of a click.",
      rule: "P30",
    },
  ],
};
