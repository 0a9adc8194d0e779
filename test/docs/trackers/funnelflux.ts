import type { PartnerSide } from "./partnerSide";

export const funnelflux: PartnerSide = {
  link: { macro: "{hit}", source: "help.funnelflux.pro, tracking-conversions" },
  setup: [
    {
      says: "The link goes into the URL of the offer. `{visitor}` is wrong there: it is the ID of a session.",
      source: "help.funnelflux.pro, 90-hit-and-visitor-id-technical-details",
    },
    {
      says: "**Settings** > **Tracking Codes** shows the postback URL, and so do the conversion tracking tabs of offers and offer sources.",
      source: "help.funnelflux.pro, tracking-conversions",
    },
    {
      says: "Without `rev`, FunnelFlux Pro uses the default payout of the offer.",
      source: "help.funnelflux.pro, tracking-conversions",
    },
  ],
  check: [
    {
      says: "The raw events page shows hit IDs, for the latest 1,000 rows of a query. A hit ID that can convert ends with `h`.",
      source: "help.funnelflux.pro, 90-hit-and-visitor-id-technical-details",
    },
  ],
  secondConversion: [
    {
      says: "A hit with two transaction IDs has two conversions.",
      source: "help.funnelflux.pro, 28-updating-conversion-data",
    },
    {
      says: "What a second conversion without one does is not documented: ask the partner.",
      source: "help.funnelflux.pro, tracking-conversions",
    },
  ],
  mistakes: [
    {
      url: "https://track.partner.net/pb/?hit=REPLACE&tx=REPLACE&rev=REPLACE",
      says: "The URL is as FunnelFlux Pro shows it, with its placeholders.",
      rule: "P02",
    },
    {
      url: "https://track.partner.net/pb/?hit={hit}&tx=#leadid#&rev=#price#",
      says: "FunnelFlux Pro's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://track.partner.net/pb/?hit=#s2#&tx=1&rev=#price#",
      says: "The transaction ID is fixed, so a hit has one conversion.",
      rule: "P30",
    },
  ],
};
