import type { PartnerSide } from "./partnerSide";

export const offer18: PartnerSide = {
  required: { networkId: 482 },
  link: { macro: "{tid}", source: "offer18.gitbook.io, global-postback-parameters" },
  setup: [
    {
      says: "The link is the URL of the offer.",
      source: "offer18.gitbook.io, global-postback-parameters",
    },
    {
      says: "Offer18 makes the global postback URL, with the network's number as `mid`.",
      source: "offer18.gitbook.io, global-postback-parameters",
    },
    {
      says: "An event's token, which `event` takes, is on the offer's tab **Events / Payout tier**.",
      source: "knowledgebase.offer18.com, offer-events",
    },
    {
      says: "A campaign that pays per sale requires `sale`.",
      source: "offer18.gitbook.io, global-postback-parameters",
    },
  ],
  check: [
    {
      says: "**Reports** > **Advertiser Postback Logs** lists each call, with its status.",
      source: "knowledgebase.offer18.com, what-are-different-status-in-advertiser-postback-logs",
    },
    {
      says: "**invalid transaction** means a wrong click ID, **auth_token mismatch** a wrong or missing token.",
      source: "knowledgebase.offer18.com, what-are-different-status-in-advertiser-postback-logs",
    },
  ],
  secondConversion: [
    {
      says: "**Multi Conversion** decides, for each event: the offer > **Events / Payout tier** > **Conversion Settings**.",
      source: "knowledgebase.offer18.com, offer-events",
    },
    {
      says: "If it is disabled, a second postback of a click gets the status **Cleared due to Multi Conversion**.",
      source: "knowledgebase.offer18.com, what-are-different-status-in-advertiser-postback-logs",
    },
  ],
  mistakes: [
    {
      url: "https://acme.o18.click/p?mid=482&tid={aff_click_id}",
      says: "The macro of Offer18's example is in the URL.",
      rule: "P01",
    },
    {
      url: "https://acme.o18.click/p?mid=482&auth_token=4f1c9ad07b&tid=#s2#",
      says: "The postback token is in plain text.",
      rule: "P16",
    },
    {
      url: "https://acme.o18.click/p?mid=482&sale=#price#",
      says: "The click ID is missing: here it is `tid`.",
      rule: "P03",
    },
    {
      url: "https://acme.o18.click/p?mid=000&tid=#s2#",
      says: "The number of the network is still that of Offer18's example.",
      rule: "P02",
    },
  ],
};
