import type { Properties } from "../lifecycle/serializeErrors";

/**
 * What the class adds to the arguments of a postback: the text that names the dynamic door's file, and the resource's
 * identity. A postback that has moved to the plugin has them in its outputs until the first refresh.
 */
const DOOR_KEYS = ["__provider", "__urn"] as const;

/** Inputs or outputs, taken apart. */
export interface Separated {
  /** What belongs to the dynamic door. */
  readonly kept: Properties;
  /** The identity that a program sends. */
  readonly urn: string | undefined;
  /** What is the postback's. */
  readonly args: Properties;
}

/** Takes apart what belongs to the dynamic door and what is the postback's. */
export function separate(bag: Properties): Separated {
  // First editions of a state hold another identity, which says nothing to anybody any more.
  const { __provider, __urn, __origin, ...args } = bag;
  const kept = Object.fromEntries(DOOR_KEYS.filter((key) => key in bag).map((key) => [key, bag[key]]));
  return { kept, urn: typeof __urn === "string" ? __urn : undefined, args };
}

/** Whether a postback changes doors: only the dynamic door keeps the name of its code beside a postback. */
export function isMoving(before: Properties, now: Properties): boolean {
  return "__provider" in before !== "__provider" in now;
}
