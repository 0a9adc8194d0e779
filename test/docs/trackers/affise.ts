import type { PartnerSide } from "./partnerSide";

export const affise: PartnerSide = {
  link: { macro: "{clickid}", source: "affise.zendesk.com 360020852653" },
  setup: [
    {
      says: "The link goes into **Offers** > the offer > **Tracking** > **Tracking URL**.",
      source: "affise.zendesk.com 360020852653",
    },
    {
      says: "The offer's tab **Postbacks** shows the postback URL under **Integration pixels**, and so does **Edit Advertiser**.",
      source: "affise.zendesk.com 360020852653",
    },
  ],
  check: [
    {
      says: "**Statistics** > **Server postbacks** lists each call with its parameters.",
      source: "help-center.affise.com 6492582",
    },
  ],
  secondConversion: [
    {
      says: "Without `action_id`, the first conversion of a click counts for each offer and goal. The others get **Conversion exists**.",
      source: "help-center.affise.com 6504668",
    },
    {
      says: "With `action_id`, only that ID counts. Affise refuses a repeated one even for another click.",
      source: "help-center.affise.com 6504668",
    },
  ],
  mistakes: [
    {
      url: "https://offers-acme.affise.com/postback?clickid=#s2#&sum=#price#",
      says: "The transaction ID is missing.",
      rule: "P19",
    },
    {
      url: "https://offers-acme.affise.com/postback?clickid=#s2#&action_id=#leadid#&secure=4f1c9ad07b",
      says: "The password is in plain text.",
      rule: "P16",
    },
    {
      url: "https://offers-acme.affise.com/postback?clickid=#s2#&action_id=#leadid#&status=#status#",
      says: "Affise wants 1, 2, 3 or 5.",
      rule: "P18",
    },
  ],
};
