import { type AffiseOptions, affise } from "./affise";
import { type BemobOptions, bemob } from "./bemob";
import { type BinomOptions, binom } from "./binom";
import { type CakeOptions, cake } from "./cake";
import { type EverflowOptions, everflow } from "./everflow";
import { type KeitaroOptions, keitaro } from "./keitaro";
import { type LinktrustOptions, linktrust } from "./linktrust";
import { type PeerclickOptions, peerclick } from "./peerclick";
import { type RedtrackOptions, redtrack } from "./redtrack";
import { type ScaleoOptions, scaleo } from "./scaleo";
import type { Tracker } from "./tracker";
import { type TrackierOptions, trackier } from "./trackier";
import { type TuneOptions, tune } from "./tune";
import { type VoluumOptions, voluum } from "./voluum";

export type {
  AffiseOptions,
  BemobOptions,
  BinomOptions,
  CakeOptions,
  EverflowOptions,
  KeitaroOptions,
  LinktrustOptions,
  PeerclickOptions,
  RedtrackOptions,
  ScaleoOptions,
  TrackierOptions,
  TuneOptions,
  VoluumOptions,
};

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

/** Every tracker that is documented well enough for a template. */
export const TRACKERS: { readonly [Name in TrackerName]: Tracker<OptionsOfTracker[Name]> } = {
  voluum,
  redtrack,
  binom,
  keitaro,
  bemob,
  peerclick,
  tune,
  everflow,
  cake,
  affise,
  trackier,
  scaleo,
  linktrust,
};
export const TRACKER_NAMES = Object.keys(TRACKERS) as TrackerName[];
