import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLong } from "../../long";
import type { Command, Reference } from "./command";
import { courses, settle } from "./commands";
import { Site } from "./site";

// Every run of a course is a process of its own: a course takes some seconds of the processor.
const COURSES = Number(process.env.COURSES ?? (isLong ? 25 : 2));
const SEEDS = Array.from({ length: isLong ? 8 : 2 }, (_, index) => 20_261_122 + index);
// How many shorter courses are tried after one that failed.
const SHORTER_COURSES = 12;

describe.concurrent("whatever happens, and in whatever order", () => {
  it.each(SEEDS)(
    "nothing is twice, nothing is lost, no success is false, and it converges, with seed %i",
    async (seed) => {
      let shorter: number | undefined;
      const property = fc.asyncProperty(courses, async (commands) => {
        if (shorter !== undefined && shorter++ >= SHORTER_COURSES) return;
        try {
          await play(commands);
        } catch (error) {
          shorter ??= 0;
          throw error;
        }
      });
      await fc.assert(property, { seed, numRuns: COURSES });
    },
    3_600_000,
  );
});

async function play(commands: Iterable<Command>): Promise<void> {
  const site = await Site.open();
  const model: Reference = { program: new Map() };
  try {
    await fc.asyncModelRun(() => ({ model, real: site }), commands);
    await settle(site, model.program);
    await expectConverged(site, model);
  } finally {
    await site.close();
  }
}

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
