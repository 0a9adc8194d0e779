import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSoak } from "../soak";
import { courses, type Reference, settle } from "./commands";
import { Site } from "./site";

const SEED = 20_261_122;
const SEQUENCES = isSoak ? 10_000 : 30;

describe("whatever happens, and in whatever order", () => {
  it("nothing is twice, nothing is lost, no success is false, and it converges", async () => {
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
    await fc.assert(property, { seed: SEED, numRuns: SEQUENCES });
    console.log(`${SEQUENCES} courses of events with seed ${SEED}, up to 20 events each: all converged`);
  }, 3_600_000);
});

async function expectConverged(site: Site, { program }: Reference): Promise<void> {
  const writes = () => site.cake.calls("create") + site.cake.calls("update");
  const before = writes();
  const ends = [...(await site.refresh()), ...(await site.up(program))];
  expect(ends.flatMap(({ refusal }) => refusal?.message ?? [])).toEqual([]);
  expect(writes() - before, "writes of a second run").toBe(0);
  expect([...site.stack.resources.keys()].sort()).toEqual([...program.keys()].sort());

  const live = site.own().filter(({ postbackStatus }) => postbackStatus === "active");
  const wanted = [...program].filter(([, { postbackStatus }]) => postbackStatus === "active");
  const text = (affiliateId: number, offerId: number, url: string) => `${affiliateId} ${offerId} ${url}`;
  expect(live.map((row) => text(row.affiliateId, row.offerId, row.postbackUrl)).sort()).toEqual(
    wanted.map(([id, { offerId, postbackUrl }]) => text(id, offerId, postbackUrl)).sort(),
  );
  site.expectOthersUntouched();
}
