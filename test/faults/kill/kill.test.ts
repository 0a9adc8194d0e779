import { describe, expect, it } from "vitest";
import { DOORS, type Door } from "../../host/support/doors";
import { isLong } from "../../long";
import { OPERATIONS, stepsOf, trial, VICTIMS, type Victim } from "./trial";

/** By default the host dies near the beginning and at the last step, and the engine in the middle; the soak tries all. */
function chosen(victim: Victim, count: number): number[] {
  if (isLong) return Array.from({ length: count }, (_, index) => index + 1);
  return victim === "host" ? [2, count] : [Math.ceil(count / 2)];
}

// By default the plugin is killed in a create only.
const operationsOf = (door: Door) => (isLong || door === "dynamic" ? OPERATIONS : OPERATIONS.slice(0, 1));

describe.concurrent.each(DOORS)(
  "%s door: a plain up after a kill ends what was begun, and makes nothing twice",
  (door) => {
    it.each(operationsOf(door))(
      "%s, when the host or the engine dies at any step",
      async (operation) => {
        const count = await stepsOf(door, operation);
        expect(count).toBeGreaterThan(5);
        for (const victim of VICTIMS) {
          for (const at of chosen(victim, count)) {
            await trial(door, operation, victim, at).catch((error: unknown) => {
              const what = error instanceof Error ? error.message : error;
              throw new Error(`the ${victim} dies at step ${at} of ${count}: ${what}`);
            });
          }
        }
      },
      600_000,
    );
  },
);
