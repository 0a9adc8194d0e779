import type { PartnerSide } from "./partnerSide";

export const scaleo: PartnerSide = {
  required: { token: "344387eb" },
  setup: [
    {
      says: "The link goes into **Default Landing Page** of the offer.",
      source: "help.scaleo.io 509",
    },
    {
      says: "The feature **Advertiser Security Token** must be enabled, because every postback needs the token.",
      source: "help.scaleo.io 484",
    },
    {
      says: "Statuses with other names need parameters such as `approved_status` in `extra`.",
      source: "help.scaleo.io 483",
    },
  ],
  check: [
    {
      says: "**Transactions** > **Advertiser Postbacks** lists the calls, **Transactions** > **Conversions** the conversions.",
      source: "help.scaleo.io 386",
    },
  ],
  secondConversion: [
    {
      says: "The goal's setting **Multiple Conversion** decides. If it is **No**, a second postback with the same click ID is an error.",
      source: "help.scaleo.io 484",
    },
  ],
  mistakes: [
    {
      url: "https://acme.scaletrk.com/track/conv?click_id=#s2#&token=b308cd19",
      says: "The token is in plain text.",
      rule: "P16",
    },
    {
      url: "https://acme.scaletrk.com/track/conv?click_id=#tid#&token=b308cd19",
      says: "The transaction ID is in the place of the click ID.",
      rule: "P05",
    },
    {
      url: "https://acme.scaletrk.com/track/conv?click_id=#s2#&token=b308cd19&adv_order_id=2",
      says: "The order ID is fixed.",
      rule: "P30",
    },
  ],
};
