import type { PartnerSide } from "./partnerSide";

export const peerclick: PartnerSide = {
  link: { macro: "{clickid}", source: "help-center.peerclick.com 10512329" },
  setup: [
    {
      says: "The link goes into **Offer URL** of the offer. If the macro is right, PeerClick highlights it under **Available URL macros**.",
      source: "help-center.peerclick.com 10512329",
    },
    {
      says: "The offer's field **Postback URL** shows the postback URL. An offer source fills in the macros of its network.",
      source: "help-center.peerclick.com 10512589",
    },
    {
      says: "For `status`, **Settings** > **Statistics** lists the accepted statuses of each group.",
      source: "help-center.peerclick.com 4314836",
    },
  ],
  check: [
    {
      says: "**Conversions** > **Input postback logs** lists each call. A call with the status **Success** is also in **Conversions**.",
      source: "help-center.peerclick.com 4314836",
    },
  ],
  secondConversion: [],
  mistakes: [
    {
      url: "https://pstb.peerclick.com/postback?cid={clickid}&payout=#price#",
      says: "PeerClick's macro is in the postback URL. It belongs into the offer link.",
      rule: "P01",
    },
    {
      url: "https://pstb.peerclick.com/postback?payout=#price#&txid=#leadid#",
      says: "The click ID is missing, which PeerClick requires.",
      rule: "P03",
    },
    {
      url: "http://pstb.peerclick.com/postback?cid=#s2#&payout=#price#",
      says: "PeerClick takes `http` and `https`. Only `https` hides the click ID.",
      rule: "P12",
    },
  ],
};
