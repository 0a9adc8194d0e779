import { expect, it } from "vitest";
import { isLong } from "../long";
import type { Ran } from "../unit/cli/command";
import { preflight } from "../unit/cli/preflight/support";
import { acme, declare } from "./support/declare";
import { failureOf } from "./support/failures";
import { project } from "./support/places";
import { openWorld, type World, withCli } from "./support/world";

const AFFILIATE = 67890;

withCli("preflight", () => {
  /** A stack with a postback of another affiliate, which must come through everything unharmed. */
  async function open(): Promise<World> {
    const world = await openWorld({ workDir: project("declared.ts") });
    await declare(world, { other: acme({ affiliateId: 2004 }) });
    await world.stack.up();
    return world;
  }

  async function check({ stack }: World): Promise<Ran> {
    return preflight([], JSON.stringify(await stack.exportStack()));
  }

  /** Runs `pulumi up`, and ends it with SIGKILL while CAKE has its create in hand. */
  async function killInCreate({ stack, cake }: World, target: "engine" | "both") {
    const pause = cake.pause("create");
    const run = failureOf(stack.up());
    await pause.arrived;
    await stack.kill(target);
    await run;
    return pause;
  }

  function recordsOf({ cake }: World, affiliateId: number) {
    return cake.postbacks().filter((row) => row.affiliateId === affiliateId);
  }

  async function expectSettled(world: World): Promise<void> {
    expect((await world.stack.preview()).changeSummary).toEqual({ same: 3 });
    expect(recordsOf(world, 2004)).toMatchObject([{ postbackStatus: "active" }]);
    const { code, stdout } = await check(world);
    expect(code).toBe(0);
    expect(stdout).toContain(`The state holds 2 postbacks: 2 on ${world.cake.domain}.`);
    expect(stdout).not.toContain("[preflight-");
  }

  it.runIf(isLong)(
    "stops after a kill in a create, and its way for a postback that CAKE has ends with one record",
    async () => {
      await using world = await open();
      const { stack, cake } = world;
      const declared = { other: acme({ affiliateId: 2004 }), acme: acme() };
      await declare(world, declared);
      const request = await killInCreate(world, "engine");
      // The request is on its way, and CAKE makes the postback after the kill.
      const answer = cake.pause("create", { when: "after" });
      request.release();
      await answer.arrived;

      const { code, stdout } = await check(world);
      expect(code).toBe(1);
      expect(stdout).toContain(`acme: affiliate ${AFFILIATE}, offer 12345, on ${cake.domain}`);
      expect(stdout).not.toContain("other:");
      expect(stdout).not.toContain("tracker.example");

      const [record] = recordsOf(world, AFFILIATE);
      expect(record).toBeDefined();
      await declare(world, { ...declared, acme: acme({ adopt: { postbackId: record?.postbackId } }) });
      expect(stdout).toContain("pulumi refresh --clear-pending-creates --yes");
      await stack.refresh({ clearPendingCreates: true });
      await stack.up();
      expect(recordsOf(world, AFFILIATE)).toEqual([record]);
      await expectSettled(world);
    },
  );

  it.runIf(isLong)(
    "stops after a kill in a create, and its way for a postback that CAKE lacks ends with one record",
    async () => {
      await using world = await open();
      const { stack } = world;
      await declare(world, { other: acme({ affiliateId: 2004 }), acme: acme() });
      await killInCreate(world, "both");
      expect((await check(world)).code).toBe(1);

      expect(recordsOf(world, AFFILIATE)).toEqual([]);
      await stack.refresh({ clearPendingCreates: true });
      await stack.up();
      expect(recordsOf(world, AFFILIATE)).toHaveLength(1);
      await expectSettled(world);
    },
  );

  it.runIf(isLong)(
    "stops after a kill in a replacement, whose name is in the state, and notes it when a run has finished it",
    async () => {
      await using world = await open();
      const { stack } = world;
      await declare(world, { other: acme({ affiliateId: 2004 }), acme: acme() });
      await stack.up();
      await declare(world, { other: acme({ affiliateId: 2004 }), acme: acme({ affiliateId: 3 }) });
      await killInCreate(world, "both");
      const { code, stdout } = await check(world);
      expect(code).toBe(1);
      expect(stdout).toContain("acme: affiliate 3, offer 12345");

      await stack.up();
      const finished = await check(world);
      expect(finished.code).toBe(0);
      expect(finished.stdout).toMatch(/a later run has finished.*acme: affiliate 3/s);

      await stack.refresh({ clearPendingCreates: true });
      expect(recordsOf(world, 3)).toHaveLength(1);
      expect(recordsOf(world, AFFILIATE)).toMatchObject([{ postbackStatus: "inactive" }]);
      await expectSettled(world);
    },
  );
});
