import type { ClickIdSlot } from "../rules/rule";

/** What every template takes. */
export interface TemplateOptions {
  /**
   * The host of the partner's tracker, as the partner names it: `"track.partner.net"`, with `:8443` behind it if
   * need be. No scheme (it is always https), no path and no macro.
   */
  domain: string;
  /**
   * The sub id in which the partner's links carry the tracker's click id.
   *
   * @default "s2"
   */
  clickId?: ClickIdSlot | undefined;
  /**
   * Further parameters, added at the end as they stand, in their order. A value may hold CAKE's macros, and what a
   * URL cannot hold must be encoded. A parameter that the template knows is refused.
   *
   * @default none
   */
  extra?: Readonly<Record<string, string>> | undefined;
}

/** For trackers that take what the partner earns. */
export interface PayoutOption {
  /**
   * Whether the tracker learns the payout, by `#price#`.
   *
   * @default true
   */
  payout?: boolean | undefined;
}

/** For trackers whose only amount is the amount of the sale. */
export interface SaleAmountOption {
  /**
   * Whether the tracker gets the payout, by `#price#`, as the amount of the sale. Only for a partner who shares out
   * that amount: CAKE has no macro for the sale's own.
   *
   * @default false
   */
  payout?: boolean | undefined;
}

/** For trackers that take an id of the conversion. */
export interface TransactionIdOption {
  /**
   * What tells two conversions of one click apart: `"leadid"` is CAKE's id of the conversion, `"tid"` the
   * advertiser's transaction id, and `false` sends none.
   *
   * @default "leadid"
   */
  transactionId?: TransactionId | undefined;
}

/** For trackers whose parameter for an id of the conversion is inferred. */
export interface InferredTransactionIdOption {
  /**
   * What tells two conversions of one click apart: `"leadid"` is CAKE's id of the conversion, `"tid"` the
   * advertiser's transaction id, and `false` sends none. The parameter is inferred: ask the partner first.
   *
   * @default false
   */
  transactionId?: TransactionId | undefined;
}

/** The macro for a transaction id, or none. */
export type TransactionId = "leadid" | "tid" | false;

/** For trackers that take a currency. */
export interface CurrencyOption {
  /**
   * The currency of the payout, three capital letters such as `"EUR"`. CAKE has no macro for it, so it must be the
   * campaign's.
   *
   * @default none: the tracker takes its own
   */
  currency?: string | undefined;
}

/** For trackers that tell conversions apart by words of their own. */
export interface StatusOption {
  /**
   * The kind or status of the conversion, by the name that the partner has given it in the tracker.
   *
   * @default none: the tracker takes its own
   */
  status?: string | undefined;
}

/**
 * Voluum: `https://<domain>/postback?cid=&payout=&txid=&et=&currency=`. `status` is the name of a custom conversion
 * (`et`), in which capitals count. Without a transaction id, a second conversion of a click is dropped.
 * Source: doc.voluum.com, postback_parameters (read 2026-11-23); `cid=#s2#&payout=#price#` is Voluum's own mapping.
 */
export interface VoluumOptions
  extends TemplateOptions,
    PayoutOption,
    TransactionIdOption,
    StatusOption,
    CurrencyOption {}

/**
 * RedTrack: `https://<domain>/postback?clickid=&sum=&status=`. A partner who wants a conversion type instead of a
 * status gets `extra: { type: "…" }`, and one who drops repetitions `extra: { rdtk_event_id: "#leadid#" }`.
 * Source: help.redtrack.io, click-id-parameter (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface RedtrackOptions extends TemplateOptions, PayoutOption, StatusOption {}

/**
 * Binom: `https://<domain>/click.php?cnv_id=&payout=&cnv_status=&cnv_currency=`, as version 1 takes it. Version 2 may
 * show the partner another URL; then write that one as it stands. Source: docs.binom.org, postback-url
 * (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface BinomOptions extends TemplateOptions, PayoutOption, StatusOption, CurrencyOption {}

/**
 * Keitaro: `https://<domain>/<key>/postback?subid=&payout=&tid=&status=&currency=`. A pair of `subid` and `tid` that
 * came before is ignored. Source: docs.keitaro.io, postback (read 2026-11-23); the mapping to CAKE's macros is
 * inferred.
 */
export interface KeitaroOptions extends TemplateOptions, PayoutOption, TransactionIdOption, CurrencyOption {
  /** The postback key, the first part of the path of the partner's postback URL. Who knows it can report conversions. */
  key: string;
  /**
   * What the conversion counts as.
   *
   * @default none: Keitaro takes it for a sale
   */
  status?: "lead" | "sale" | "rejected" | "rebill" | undefined;
}

/**
 * BeMob: `https://<domain>/postback?cid=&payout=&txid=&status=`. Without a transaction id, a second conversion of a
 * click may be dropped; the partner decides on that. Source: docs.bemob.com, postback URL (read 2026-11-23); the
 * mapping to CAKE's macros is inferred.
 */
export interface BemobOptions extends TemplateOptions, PayoutOption, TransactionIdOption, StatusOption {}

/**
 * PeerClick: `https://<domain>/postback?cid=&payout=&txid=&status=&currency=`. PeerClick's own domain is
 * `pstb.peerclick.com`. Source: help-center.peerclick.com 10512589 (read 2026-11-23); the mapping to CAKE's macros is
 * inferred.
 */
export interface PeerclickOptions
  extends TemplateOptions,
    PayoutOption,
    TransactionIdOption,
    StatusOption,
    CurrencyOption {}

/**
 * TUNE, formerly HasOffers: `https://<domain>/aff_lsr?transaction_id=&amount=&adv_sub=&security_token=`, for all offers
 * of the network; `extra: { offer_id: "…" }` names one. It answers 200 also where it refuses a conversion.
 * Source: CAKE article 5000593201 (read 2026-08-21) and support.tune.com 4413247665431 (read 2026-11-23); `amount`,
 * `adv_sub` and `security_token` are inferred.
 */
export interface TuneOptions extends TemplateOptions, SaleAmountOption, InferredTransactionIdOption {
  /**
   * The advertiser's security token, if the network asks for one. Make the whole URL secret:
   * `config.requireSecret("token").apply((securityToken) => trackers.tune({ domain, securityToken }))`.
   *
   * @default none
   */
  securityToken?: string | undefined;
}

/**
 * Everflow: `https://<domain>/?nid=&transaction_id=&amount=&order_id=&verification_token=`.
 * Source: CAKE article 13000100633 (read 2026-08-21) and helpdesk.everflow.io, accessing-editing-s2s-postback-urls
 * (read 2026-11-23); `order_id` and `verification_token` are inferred.
 */
export interface EverflowOptions extends TemplateOptions, SaleAmountOption, InferredTransactionIdOption {
  /** The network's id (`nid`), which Everflow shows in the Control Center. A whole number of at least 1. */
  networkId: number;
  /**
   * The verification token, if the network asks for one. Make the whole URL secret:
   * `config.requireSecret("token").apply((verificationToken) => trackers.everflow({ … }))`.
   *
   * @default none
   */
  verificationToken?: string | undefined;
}

/**
 * Another CAKE: `https://<domain>/p.ashx?o=&e=&r=&t=`. The partner's links must carry `s2=#oreqid#` (or the sub id of
 * `clickId`). Source: CAKE article 13000103758 (read 2026-08-21).
 */
export interface CakeOptions extends TemplateOptions, TransactionIdOption {
  /**
   * The offer's id in the partner's CAKE. A whole number of at least 1.
   *
   * @default none: for all its offers
   */
  offerId?: number | undefined;
  /**
   * The event's id in the partner's CAKE. A whole number of at least 1.
   *
   * @default none: the offer's default event
   */
  eventId?: number | undefined;
}

/**
 * Affise: `https://<domain>/postback?clickid=&sum=&status=&action_id=&goal=&secure=`.
 * Source: help-center.affise.com 6475468 (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface AffiseOptions extends TemplateOptions, PayoutOption, TransactionIdOption {
  /**
   * The conversion's status: 1 approved, 2 pending, 3 declined, 5 hold.
   *
   * @default none: Affise takes the offer's
   */
  status?: 1 | 2 | 3 | 5 | undefined;
  /**
   * The goal's number or value in Affise.
   *
   * @default none: the offer's default goal
   */
  goal?: string | undefined;
  /**
   * The password of the offer or advertiser, if Affise asks for one. Make the whole URL secret:
   * `config.requireSecret("secure").apply((secure) => trackers.affise({ domain, secure }))`.
   *
   * @default none
   */
  secure?: string | undefined;
}

/**
 * Trackier: `https://<domain>/acquisition?click_id=&revenue=&txn_id=&status=&goal_value=&currency=`. A campaign that
 * shares out the amount of the sale takes `payout: false, extra: { sale_amount: "#price#" }` instead.
 * Source: help.trackier.com 8107277 (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface TrackierOptions extends TemplateOptions, PayoutOption, TransactionIdOption, CurrencyOption {
  /**
   * The conversion's status.
   *
   * @default none: Trackier takes the campaign's
   */
  status?: "approved" | "pending" | "rejected" | "cancelled" | undefined;
  /**
   * The value of a goal in Trackier.
   *
   * @default none: the campaign's default goal
   */
  goalValue?: string | undefined;
}

/**
 * Scaleo: `https://<domain>/track/conv?click_id=&token=&goal_id=&conv_status=`. The offer decides whether a click may
 * convert twice. Source: help.scaleo.io 484 (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface ScaleoOptions extends TemplateOptions {
  /**
   * The advertiser's security token. Make the whole URL secret:
   * `config.requireSecret("token").apply((token) => trackers.scaleo({ domain, token }))`.
   */
  token: string;
  /**
   * The goal's id in Scaleo. A whole number of at least 1.
   *
   * @default none: the offer's default goal
   */
  goalId?: number | undefined;
  /**
   * The conversion's status.
   *
   * @default none: Scaleo takes the offer's
   */
  status?: "pending" | "approved" | "rejected" | "hold" | undefined;
}

/**
 * LinkTrust: `https://<domain>/pixel.track?ClickID=&MerchantReferenceID=`. A click id counts once.
 * Source: help.linktrust.com, pixel-post (read 2026-11-23); the mapping to CAKE's macros is inferred.
 */
export interface LinktrustOptions extends TemplateOptions, TransactionIdOption {}

/** The options of every template, by the name under which `trackers` has it. */
export interface OptionsOfTracker {
  /** The postback URL of a partner who tracks with Voluum. */
  voluum: VoluumOptions;
  /** The postback URL of a partner who tracks with RedTrack. */
  redtrack: RedtrackOptions;
  /** The postback URL of a partner who tracks with Binom. */
  binom: BinomOptions;
  /** The postback URL of a partner who tracks with Keitaro. */
  keitaro: KeitaroOptions;
  /** The postback URL of a partner who tracks with BeMob. */
  bemob: BemobOptions;
  /** The postback URL of a partner who tracks with PeerClick. */
  peerclick: PeerclickOptions;
  /** The postback URL of a network on TUNE, formerly HasOffers. */
  tune: TuneOptions;
  /** The postback URL of a network on Everflow. */
  everflow: EverflowOptions;
  /** The postback URL of a network on another CAKE. */
  cake: CakeOptions;
  /** The postback URL of a network on Affise. */
  affise: AffiseOptions;
  /** The postback URL of a network on Trackier. */
  trackier: TrackierOptions;
  /** The postback URL of a network on Scaleo. */
  scaleo: ScaleoOptions;
  /** The postback URL of a network on LinkTrust. */
  linktrust: LinktrustOptions;
}

/** The name of a tracker that there is a template for. */
export type TrackerName = keyof OptionsOfTracker;
