import type { AffiseOptions } from "./affise";
import type { BemobOptions } from "./bemob";
import type { BinomOptions } from "./binom";
import type { CakeOptions } from "./cake";
import type { ClickflareOptions } from "./clickflare";
import type { EverflowOptions } from "./everflow";
import type { FunnelfluxOptions } from "./funnelflux";
import type { KeitaroOptions } from "./keitaro";
import type { LinktrustOptions } from "./linktrust";
import type { Offer18Options } from "./offer18";
import type { PeerclickOptions } from "./peerclick";
import type { RedtrackOptions } from "./redtrack";
import type { ScaleoOptions } from "./scaleo";
import type { TrackierOptions } from "./trackier";
import type { TuneOptions } from "./tune";
import type { VoluumOptions } from "./voluum";

export type { TransactionId } from "./parameters";
export type { TemplateOptions } from "./tracker";
export type {
  AffiseOptions,
  BemobOptions,
  BinomOptions,
  CakeOptions,
  ClickflareOptions,
  EverflowOptions,
  FunnelfluxOptions,
  KeitaroOptions,
  LinktrustOptions,
  Offer18Options,
  PeerclickOptions,
  RedtrackOptions,
  ScaleoOptions,
  TrackierOptions,
  TuneOptions,
  VoluumOptions,
};

/** The options of every template, by its name in `trackers`. */
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
  /** The postback URL of a partner who tracks with ClickFlare. */
  clickflare: ClickflareOptions;
  /** The postback URL of a partner who tracks with FunnelFlux Pro. */
  funnelflux: FunnelfluxOptions;
  /** The postback URL of a network on TUNE, formerly HasOffers. */
  tune: TuneOptions;
  /** The postback URL of a network on Everflow. */
  everflow: EverflowOptions;
  /** The postback URL of a network on another CAKE instance. */
  cake: CakeOptions;
  /** The postback URL of a network on Affise. */
  affise: AffiseOptions;
  /** The postback URL of a network on Trackier. */
  trackier: TrackierOptions;
  /** The postback URL of a network on Scaleo. */
  scaleo: ScaleoOptions;
  /** The postback URL of a network on LinkTrust. */
  linktrust: LinktrustOptions;
  /** The postback URL of a network on Offer18. */
  offer18: Offer18Options;
}

/** The name of a tracker that has a template. */
export type TrackerName = keyof OptionsOfTracker;
