import type { PartnerSide } from "./partnerSide";

export const cake: PartnerSide = {
  link: { macro: "#oreqid#", source: "CAKE article 13000103758" },
  setup: [
    {
      says: "The link goes into the landing page of the offer, in the partner's CAKE.",
      source: "CAKE article 13000103758",
    },
    {
      says: "Without `o` the URL is for all offers. `#oreqid#` makes that possible, because each offer has its own.",
      source: "CAKE article 13000103758",
    },
  ],
  check: [
    {
      says: "**Reports** > **Conversions** lists the conversions, with a column **Transaction ID**.",
      source: "CAKE article 5000546347",
    },
  ],
  secondConversion: [
    {
      says: "**Allow Duplicates** of the event decides: **Advertiser card** > **Events**.",
      source: "CAKE article 5000546347",
    },
    {
      says: "The offer can drop repeated transaction IDs: **Offer card** > **Home** > **Attribution**.",
      source: "CAKE article 5000546347",
    },
  ],
  mistakes: [
    {
      url: "https://trk.partner.net/p.ashx?o=41&e=7&r=#oreqid#",
      says: "`#oreqid#` is here an ID of your own CAKE instance. It belongs into the partner's offer link.",
      rule: "P05",
    },
    {
      url: "https://trk.partner.net/p.ashx?r=#s1#&t=#leadid#",
      says: "`#s1#` carries the partner's affiliate ID, as CAKE's article has it.",
      rule: "P04",
    },
    {
      url: "https://trk.partner.net/p.ashx?o=xx&e=xx&r=#s2#",
      says: "The URL has placeholders of CAKE's article.",
      rule: "P02",
    },
    {
      url: "https://trk.partner.net/p.ashx?o=41&e=7&t=#leadid#",
      says: "The click ID is missing: here it is `r`.",
      rule: "P03",
    },
  ],
};
