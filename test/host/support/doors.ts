import { it } from "vitest";
import { isLong } from "../../long";

/** The doors through which the engine reaches the lifecycle. */
export const DOORS = ["dynamic", "plugin"] as const;
export type Door = (typeof DOORS)[number];

/**
 * The rows of a suite that show what both doors have from the lifecycle in one way: the plugin plays them in the long run
 * only. The other rows of the suite show that it keeps the promise.
 */
export function inBothDoors(door: Door): typeof it {
  return (door === "dynamic" || isLong ? it : it.skip) as typeof it;
}

/** The same of the rows of a table: the plugin plays the first one, and the others in the long run only. */
export function rowsFor<Row>(door: Door, rows: readonly Row[]): readonly Row[] {
  return door === "dynamic" || isLong ? rows : rows.slice(0, 1);
}
