import { describe, expect, it } from "vitest";
import { isSoak } from "../soak";
import { OPERATIONS, stepsOf, trial, VICTIMS } from "./trial";

/** By default three steps: near the beginning, in the middle, and the last; all of them in the soak. */
function chosen(count: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return isSoak ? all : [2, Math.ceil(count / 2), count];
}

describe.concurrent("a plain up after a kill ends what was begun, and makes nothing twice", () => {
  it.each(OPERATIONS)(
    "%s, when the host or the engine dies at any step",
    async (operation) => {
      const count = await stepsOf(operation);
      expect(count).toBeGreaterThan(5);
      for (const victim of VICTIMS) {
        for (const at of chosen(count)) {
          await trial(operation, victim, at).catch((error: unknown) => {
            const what = error instanceof Error ? error.message : error;
            throw new Error(`the ${victim} dies at step ${at} of ${count}: ${what}`);
          });
        }
      }
    },
    600_000,
  );
});
