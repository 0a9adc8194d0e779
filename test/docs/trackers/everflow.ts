import type { PartnerSide } from "./partnerSide";

export const everflow: PartnerSide = {
  required: { networkId: 512 },
  link: { macro: "{transaction_id}", source: "CAKE article 13000100633" },
  setup: [
    {
      says: "The link goes into the offer's default landing page URL.",
      source: "CAKE article 13000100633; helpdesk.everflow.io, accessing-editing-s2s-postback-urls",
    },
    {
      says: "**Control Center** > **Platform Configurations** > **General** shows the global postback URL, and with it the `nid`.",
      source: "helpdesk.everflow.io, accessing-editing-s2s-postback-urls",
    },
    {
      says: "**Offers** > **Manage** > the offer > card **Tracking** shows the URL of one offer. Its conversion method must be server postback.",
      source: "helpdesk.everflow.io, accessing-editing-s2s-postback-urls",
    },
    {
      says: "An offer that pays a share of the sale needs `amount`, in the currency of the offer.",
      source: "helpdesk.everflow.io 6279436",
    },
  ],
  check: [
    {
      says: "A refused conversion has an error code: 8 duplicate, 12 invalid transaction ID, 21 invalid verification token.",
      source: "helpdesk.everflow.io 6127792",
    },
  ],
  secondConversion: [
    {
      says: "The offer's setting **Allow Duplicate Conversions** decides.",
      source: "help.everflow.io 22000223192",
    },
  ],
  mistakes: [
    {
      url: "https://www.track.partner.net/?nid=512&transaction_id=#tid#",
      says: "Everflow's transaction ID is its click ID, and not the transaction ID of your advertiser.",
      rule: "P05",
    },
    {
      url: "https://www.track.partner.net/?nid=512&transaction_id={transaction_id}",
      says: "Everflow's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://www.track.partner.net/?nid=512&transaction_id=#s2#&verification_token=4f1c9ad07b",
      says: "The verification token is in plain text.",
      rule: "P16",
    },
  ],
};
