import type { PartnerSide } from "./partnerSide";

export const keitaro: PartnerSide = {
  required: { key: "2c4e5f7" },
  link: { macro: "{subid}", source: "docs.keitaro.io, adding-affiliate-networks" },
  setup: [
    {
      says: "Under **Affiliate networks**, **Offer parameters** of the network takes `&s2={subid}`. Keitaro adds it to each offer of the network.",
      source: "docs.keitaro.io, adding-affiliate-networks",
    },
    {
      says: "The affiliate network's form shows the postback URL, and so does **Maintenance** > **Postback URL**.",
      source: "docs.keitaro.io, postback",
    },
  ],
  check: [
    {
      says: "**Maintenance** > **Logs** > **Received postbacks** lists each call. **Incorrect subid** means that the click ID is empty or wrong.",
      source: "blog.keitaro.io, how-to-fix-it-1",
    },
    {
      says: "**Reports** > **Conversions** lists the conversions.",
      source: "docs.keitaro.io, postback-troubleshooting",
    },
  ],
  secondConversion: [
    {
      says: "Keitaro records one conversion for each pair of `subid` and `tid`. Another `tid` is an additional sale.",
      source: "v9.help.keitaro.io, conversions-report and postback",
    },
    {
      says: "A postback with the same `subid` and `tid` changes the conversion that is there.",
      source: "blog.keitaro.io, managing-conversions-keitaro",
    },
    {
      says: "So `tid` is needed where clicks of the offer convert several times. Most of Keitaro's own templates have none.",
      source: "Keitaro's templates of affiliate networks, in public code",
    },
  ],
  mistakes: [
    {
      url: "https://keitaro.partner.net/2c4e5f7/postback?subid=#tid#&tid=#leadid#&payout=#price#",
      says: "The transaction ID is in the place of the click ID.",
      rule: "P05",
    },
    {
      url: "https://keitaro.partner.net/2c4e5f7/postback?subid=#s1#&payout=#price#",
      says: "`#s1#` usually carries the partner's source, and not its click ID.",
      rule: "P04",
    },
    {
      url: "https://keitaro.partner.net/2c4e5f7/postback?subid=#s2#&status=#status#",
      says: "Keitaro wants a status of its own, or one that `lead_status` and `sale_status` explain.",
      rule: "P18",
    },
    {
      url: "https://keitaro.partner.net/2c4e5f7/postback?tid=#s2#&payout=#price#",
      says: "The click ID is in `tid`: here it is `subid`.",
      rule: "P03",
    },
  ],
};
