import { affise } from "./affise";
import { bemob } from "./bemob";
import { binom } from "./binom";
import { cake } from "./cake";
import { clickflare } from "./clickflare";
import { everflow } from "./everflow";
import { funnelflux } from "./funnelflux";
import { keitaro } from "./keitaro";
import { linktrust } from "./linktrust";
import { offer18 } from "./offer18";
import type { OptionsOfTracker, TrackerName } from "./options";
import { peerclick } from "./peerclick";
import { redtrack } from "./redtrack";
import { scaleo } from "./scaleo";
import type { Tracker } from "./tracker";
import { trackier } from "./trackier";
import { tune } from "./tune";
import { voluum } from "./voluum";

/** Every tracker that is documented well enough for a template. */
export const TRACKERS: { readonly [Name in TrackerName]: Tracker<OptionsOfTracker[Name]> } = {
  voluum,
  redtrack,
  binom,
  keitaro,
  bemob,
  peerclick,
  clickflare,
  funnelflux,
  tune,
  everflow,
  cake,
  affise,
  trackier,
  scaleo,
  linktrust,
  offer18,
};
export const TRACKER_NAMES = Object.keys(TRACKERS) as TrackerName[];
