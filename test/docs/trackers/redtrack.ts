import type { PartnerSide } from "./partnerSide";

export const redtrack: PartnerSide = {
  link: { macro: "{clickid}", source: "help.redtrack.io, click-id-parameter" },
  setup: [
    {
      says: "The link goes into the URL of the offer. RedTrack warns if the macro is missing there.",
      source: "help.redtrack.io, click-id-parameter",
    },
    {
      says: "**Offer sources** > **New From Template** or **New From Scratch** makes the postback URL.",
      source: "help.redtrack.io, adding-offer-source-and-offer",
    },
    {
      says: "For several types of conversions, enter their names under **Tools** > **Conversion tracking** > **Conversion type**. Names are case-sensitive.",
      source: "help.redtrack.io, tracking-event-types",
    },
  ],
  check: [
    {
      says: "Reports have a column for each conversion type, and the logs list conversions.",
      source: "help.redtrack.io, tracking-event-types",
    },
  ],
  secondConversion: [
    {
      says: "The offer source has a default duplicate postback mode. A conversion type may have its own, which then counts.",
      source: "help.redtrack.io, duplicate-postback-settings",
    },
    {
      says: "The modes create, mark as repeated, ignore, edit, add to the payout, or ignore by event ID. The last mode needs `transactionId`.",
      source: "help.redtrack.io, duplicate-postback-settings",
    },
  ],
  mistakes: [
    {
      url: "https://acme.rdtk.io/postback?clickid={clickid}&sum=#price#",
      says: "RedTrack's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://acme.rdtk.io/postback?sum=#price#",
      says: "The click ID is missing.",
      rule: "P03",
    },
    {
      url: "https://acme.rdtk.io/postback?clickid=#s2#&sum=#price#&status=#status#",
      says: "CAKE's status is none of RedTrack's: Approved, Pending, Declined, Other.",
      rule: "P18",
    },
  ],
};
