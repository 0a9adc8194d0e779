import type { Postback } from "../../postback/postback";
import { articlePostback } from "./article";
import { networkPostbacks } from "./network";

/** The samples with which an instance can start. */
export const SAMPLE_NAMES = ["article", "network", "empty"] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

export function sampleRows(name: SampleName): readonly Postback[] {
  if (name === "article") return [articlePostback];
  return name === "network" ? networkPostbacks() : [];
}
