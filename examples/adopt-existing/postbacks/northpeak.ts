import { AffiliatePostback } from "pulumi-cake";
import { adopted } from "./shared";

new AffiliatePostback(
  "northpeak-310",
  {
    affiliateId: 2004,
    offerId: 310,
    postbackUrl:
      "https://trk.northpeak.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    adopt: { postbackId: 7301 },
  },
  adopted,
);

new AffiliatePostback(
  "northpeak-314",
  {
    affiliateId: 2004,
    offerId: 314,
    postbackUrl:
      "https://trk.northpeak.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    postbackStatus: "inactive",
    adopt: { postbackId: 7302 },
  },
  adopted,
);

new AffiliatePostback(
  "northpeak-322",
  {
    affiliateId: 2004,
    offerId: 322,
    postbackUrl:
      "https://trk.northpeak.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    adopt: { postbackId: 7303 },
  },
  adopted,
);

new AffiliatePostback(
  "northpeak-341",
  {
    affiliateId: 2004,
    offerId: 341,
    postbackUrl:
      "https://trk.northpeak.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    adopt: { postbackId: 7304 },
  },
  adopted,
);

new AffiliatePostback(
  "northpeak-363",
  {
    affiliateId: 2004,
    offerId: 363,
    postbackUrl:
      "https://trk.northpeak.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    adopt: { postbackId: 7305 },
  },
  adopted,
);
