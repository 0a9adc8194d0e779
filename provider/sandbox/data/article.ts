import type { Postback } from "../../postback/postback";

/** The postback of the article's sample answer. Source: CAKE article 13000118735. */
export const articlePostback: Readonly<Postback> = {
  postbackId: 8801,
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: "https://tracking.partner.com/postback?click_id=#reqsessid#&payout=#price#&status=#status#",
  postbackType: "Server",
  postbackStatus: "active",
};
