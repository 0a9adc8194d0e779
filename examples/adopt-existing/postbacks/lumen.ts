import { AffiliatePostback } from "pulumi-cake";
import { adopted } from "./shared";

new AffiliatePostback(
  "lumen-322",
  {
    affiliateId: 2017,
    offerId: 322,
    postbackUrl:
      "https://lumen.go2cloud.example/aff_lsr?transaction_id=#s2#&amount=#price#",
    adopt: { postbackId: 7309 },
  },
  adopted,
);

new AffiliatePostback(
  "lumen-341",
  {
    affiliateId: 2017,
    offerId: 341,
    postbackUrl:
      "https://lumen.go2cloud.example/aff_lsr?transaction_id=#s2#&amount=#price#",
    adopt: { postbackId: 7310 },
  },
  adopted,
);

new AffiliatePostback(
  "lumen-352",
  {
    affiliateId: 2017,
    offerId: 352,
    postbackUrl:
      "https://lumen.go2cloud.example/aff_lsr?transaction_id=#s2#&amount=#price#",
    adopt: { postbackId: 7311 },
  },
  adopted,
);

new AffiliatePostback(
  "lumen-380",
  {
    affiliateId: 2017,
    offerId: 380,
    postbackUrl:
      "https://lumen.go2cloud.example/aff_lsr?transaction_id=#s2#&amount=#price#",
    adopt: { postbackId: 7312 },
  },
  adopted,
);
