import { affise } from "./affise";
import { bemob } from "./bemob";
import { binom } from "./binom";
import { cake } from "./cake";
import { everflow } from "./everflow";
import { keitaro } from "./keitaro";
import { linktrust } from "./linktrust";
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
  tune,
  everflow,
  cake,
  affise,
  trackier,
  scaleo,
  linktrust,
};
export const TRACKER_NAMES = Object.keys(TRACKERS) as TrackerName[];
