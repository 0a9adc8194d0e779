import type { PartnerSide } from "./partnerSide";

export const linktrust: PartnerSide = {
  link: {
    macro: "[=ClickID=]",
    source:
      "help.linktrust.com, optional-code-tokens, which names it for pixels; for landing pages it is inferred",
  },
  setup: [
    {
      says: "The link is the landing page URL of the campaign. A landing page token adds the click ID.",
      source: "help.linktrust.com, pixel-post",
    },
    {
      says: "The campaign's tracking option **Allow ClickID Pixel Postbacks** must be enabled.",
      source: "help.linktrust.com, standard-tracking",
    },
  ],
  check: [
    {
      says: "The transaction details have **SecurePixelPost** as conversion type. They keep every parameter of the URL.",
      source: "help.linktrust.com, pixel-post",
    },
  ],
  secondConversion: [
    {
      says: "A click ID can be used once, and only within the configured cookie life.",
      source: "help.linktrust.com, pixel-post",
    },
  ],
  mistakes: [
    {
      url: "https://track.partner.net/pixel.track?ClickID=#tid#",
      says: "The transaction ID is in the place of the click ID.",
      rule: "P05",
    },
    {
      url: "https://track.partner.net/pixel.track?MerchantReferenceID=#leadid#",
      says: "The click ID is missing.",
      rule: "P03",
    },
    {
      url: "https://track.partner.net/pixel.track?ClickID=[=ClickID=]",
      says: "LinkTrust's token is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
  ],
};
