import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSoak } from "../soak";
import type { Reference } from "./command";
import { courses, settle } from "./commands";
import { Site } from "./site";

// Every run of a course is a process of its own: a course takes some ten seconds of the processor.
const COURSES = Number(process.env.COURSES ?? (isSoak ? 50 : 2));
const SEEDS = Array.from({ length: isSoak ? 8 : 2 }, (_, index) => 20_261_122 + index);

describe.concurrent("whatever happens, and in whatever order", () => {
  it.each(SEEDS)(
    "nothing is twice, nothing is lost, no success is false, and it converges, with seed %i",
    async (seed) => {
      const property = fc.asyncProperty(courses, async (commands) => {
        const site = await Site.open();
        const model: Reference = { program: new Map() };
        try {
          await fc.asyncModelRun(() => ({ model, real: site }), commands);
          await settle(site, model.program);
          await expectConverged(site, model);
        } finally {
          await site.close();
        }
      });
      // A course is short enough to be read as it is, and one in simpler words would take minutes to find.
      await fc.assert(property, { seed, numRuns: COURSES, endOnFailure: true });
    },
    3_600_000,
  );
});

async function expectConverged(site: Site, { program }: Reference): Promise<void> {
  const writes = () => site.cake.calls("create") + site.cake.calls("update");
  const before = writes();
  const ends = await site.up(program, { refresh: true });
  expect(ends.flatMap(({ refusal }) => refusal?.message ?? [])).toEqual([]);
  expect(writes() - before, "writes of a second run").toBe(0);
  expect(site.stack.resources.map(({ urn }) => urn).sort()).toEqual(
    [...program].map(([affiliateId, declared]) => site.goalOf(affiliateId, declared).urn).sort(),
  );

  const live = site.own().filter(({ postbackStatus }) => postbackStatus === "active");
  const wanted = [...program].filter(([, { postbackStatus }]) => postbackStatus === "active");
  const text = (affiliateId: number, offerId: number, url: string) => `${affiliateId} ${offerId} ${url}`;
  expect(live.map((row) => text(row.affiliateId, row.offerId, row.postbackUrl)).sort()).toEqual(
    wanted.map(([id, { offerId, postbackUrl }]) => text(id, offerId, postbackUrl)).sort(),
  );
}
