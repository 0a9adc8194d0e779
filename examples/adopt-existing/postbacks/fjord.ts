import { AffiliatePostback } from "pulumi-cake";
import { adopted } from "./shared";

new AffiliatePostback(
  "fjord-327",
  {
    affiliateId: 2260,
    offerId: 327,
    postbackUrl:
      "https://fjord.scaletrk.example/track/conv?click_id=#s2#&conv_status=approved",
    adopt: { postbackId: 7409 },
  },
  adopted,
);

new AffiliatePostback(
  "fjord-328",
  {
    affiliateId: 2260,
    offerId: 328,
    postbackUrl:
      "https://fjord.scaletrk.example/track/conv?click_id=#s2#&conv_status=approved",
    adopt: { postbackId: 7410 },
  },
  adopted,
);

new AffiliatePostback(
  "fjord-346",
  {
    affiliateId: 2260,
    offerId: 346,
    postbackUrl:
      "https://fjord.scaletrk.example/track/conv?click_id=#s2#&conv_status=approved",
    adopt: { postbackId: 7411 },
  },
  adopted,
);

new AffiliatePostback(
  "fjord-358",
  {
    affiliateId: 2260,
    offerId: 358,
    postbackUrl:
      "https://fjord.scaletrk.example/track/conv?click_id=#s2#&conv_status=approved",
    adopt: { postbackId: 7412 },
  },
  adopted,
);

new AffiliatePostback(
  "fjord-358-7417",
  {
    affiliateId: 2260,
    offerId: 358,
    postbackUrl:
      "https://fjord.scaletrk.example/track/conv?click_id=#s2#&conv_status=approved",
    adopt: { postbackId: 7417 },
  },
  adopted,
);

new AffiliatePostback(
  "fjord-374",
  {
    affiliateId: 2260,
    offerId: 374,
    postbackUrl:
      "https://fjord.scaletrk.example/track/conv?click_id=#s2#&conv_status=approved",
    adopt: { postbackId: 7413 },
  },
  adopted,
);
