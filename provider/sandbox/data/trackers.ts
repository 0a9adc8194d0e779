/** The trackers that partners of the sample network use. */
export type SampleTracker =
  | "affise"
  | "bemob"
  | "binom"
  | "cake"
  | "everflow"
  | "keitaro"
  | "linktrust"
  | "peerclick"
  | "redtrack"
  | "scaleo"
  | "trackier"
  | "tune"
  | "voluum";

/** The postback URL of each tracker with CAKE's macros, for a partner's host and affiliate ID. */
export const sampleUrls: Readonly<Record<SampleTracker, (host: string, affiliateId: number) => string>> = {
  affise: (host) => `https://${host}/postback?clickid=#s2#&sum=#price#&status=1&action_id=#leadid#`,
  bemob: (host) => `https://${host}/postback?cid=#s2#&payout=#price#&txid=#leadid#`,
  binom: (host) => `https://${host}/click.php?cnv_id=#s2#&payout=#price#`,
  cake: (host) => `https://${host}/p.ashx?r=#s2#&t=#leadid#`,
  everflow: (host, id) => `https://${host}/?nid=${id % 900}&transaction_id=#s2#&amount=#price#`,
  keitaro: (host, id) =>
    `https://${host}/${id.toString(16)}c0de/postback?subid=#s2#&payout=#price#&tid=#leadid#&status=sale`,
  linktrust: (host) => `https://${host}/pixel.track?ClickID=#s2#&MerchantReferenceID=#leadid#`,
  peerclick: (host) => `https://${host}/postback?cid=#s2#&payout=#price#&txid=#leadid#`,
  redtrack: (host) => `https://${host}/postback?clickid=#s2#&sum=#price#&type=sale`,
  scaleo: (host) => `https://${host}/track/conv?click_id=#s2#&conv_status=approved`,
  trackier: (host) => `https://${host}/acquisition?click_id=#s2#&sale_amount=#price#&txn_id=#leadid#`,
  tune: (host) => `https://${host}/aff_lsr?transaction_id=#s2#&amount=#price#`,
  voluum: (host) => `https://${host}/postback?cid=#s2#&payout=#price#&txid=#leadid#`,
};
