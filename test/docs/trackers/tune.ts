import type { PartnerSide } from "./partnerSide";

export const tune: PartnerSide = {
  link: { macro: "{transaction_id}", source: "CAKE article 5000593201; support.tune.com 4413247716631" },
  setup: [
    {
      says: "The link goes into the offer's default offer URL: **Details** > **Edit** on the offer's page.",
      source: "support.tune.com 4413247716631",
    },
    {
      says: "Set the offer's **Conversion Tracking** to server postback with transaction ID. A later change invalidates tracking links.",
      source: "help.tune.com, implementing-server-postback-tracking",
    },
    {
      says: "**Tracking** in the panel **Details** shows the postback URL.",
      source: "support.tune.com 1500007705101",
    },
    {
      says: "If the offer has an advertiser security token, every postback needs it.",
      source: "docs.dataflysignal.com, tune",
    },
  ],
  check: [
    {
      says: "The conversion report lists refused conversions, too. Its column **Status Message** has the reason.",
      source: "support.tune.com 1500008248141",
    },
  ],
  secondConversion: [
    {
      says: "TUNE refuses a second conversion with the same transaction ID, unless the offer enables multiple conversions.",
      source: "hasoffers.com wiki, How does the Transaction ID work with conversions",
    },
    {
      says: 'If the network limits conversions by unique ID, only that ID counts: add `extra: { conversion_unique_id: "#leadid#" }`.',
      source: "support.tune.com 1500008248141",
    },
  ],
  mistakes: [
    {
      url: "https://acme.go2cloud.org/aff_lsr?transaction_id=#tid#",
      says: "TUNE's transaction ID is its click ID, and not the transaction ID of your advertiser.",
      rule: "P05",
    },
    {
      url: "https://acme.go2cloud.org/aff_lsr?transaction_id=#s2",
      says: "A hash is missing, as in a sentence of CAKE's own article.",
      rule: "P07",
    },
    {
      url: "https://acme.go2cloud.org/aff_lsr?transaction_id=#s2#&security_token=4f1c9ad07b",
      says: "The security token is in plain text.",
      rule: "P16",
    },
  ],
};
