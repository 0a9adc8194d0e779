import { readdirSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { create } from "../../../../provider/lifecycle/create";
import { remove } from "../../../../provider/lifecycle/delete";
import { diff } from "../../../../provider/lifecycle/diff";
import { read } from "../../../../provider/lifecycle/read";
import type { Inputs } from "../../../../provider/lifecycle/state";
import { update } from "../../../../provider/lifecycle/update";
import type { Moment } from "../../../../provider/sandbox/faults";
import { callsOf, failure, inputsOf, NEW_URL, otherRows, rowOf, startCake, URL } from "../support";

type World = Awaited<ReturnType<typeof startCake>>;

/** A run whose process is killed when CAKE has, or has not yet, made the postback, and before the answer is there. */
async function killedWhileCreating(
  { cake, run }: World,
  when: Moment,
  { inputs = inputsOf(), config = {} }: { inputs?: Inputs; config?: Record<string, string> } = {},
): Promise<void> {
  const { session, clock } = run({ config });
  cake.misbehave({ on: "create", fault: { kind: "reset", when } });
  // Where the process looks what became of its request, it is no longer there.
  clock.sleep = () => Promise.reject(new Error("killed"));
  expect((await failure(create(session, inputs))).message).toBe("killed");
}

/** The same where nothing can be looked at. */
async function killedBlind({ cake, run }: World, when: Moment): Promise<void> {
  await killedWhileCreating({ cake, run } as World, when, { config: { endpoints: "documented" } });
}

describe("a create that was interrupted after CAKE had made the record", () => {
  it("is taken into the state by the next run, which says so and sends nothing", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "after");
    const { session, told } = world.run();
    expect((await create(session, inputsOf())).id).toBe("4");
    expect(callsOf(world.cake)).toMatchObject({ create: 1, update: 0 });
    expect(told.join()).toContain("postback 4 (affiliate 67890, offer 12345) was made by an earlier run");
    expect(told.join()).not.toContain(URL);
  });

  it("is taken in also where CAKE's list is late", async () => {
    const world = await startCake();
    world.cake.behave({ listLag: 2 });
    await killedWhileCreating(world, "after");
    const { session, clock } = world.run();
    expect((await create(session, inputsOf())).id).toBe("8801");
    expect(clock.pauses).toEqual([0, 2_100, 4_900]);
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("is not taken by another resource, by a copy of the stack, or without the note", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after");
    const asCopy = create(world.run().session, inputsOf({ __origin: "another stack" }));
    expect((await failure(asCopy)).message).toContain("CAKE already has postback 8801");
    for (const name of readdirSync(world.notes)) rmSync(`${world.notes}/${name}`);
    const without = create(world.run().session, inputsOf());
    expect((await failure(without)).message).toContain("CAKE already has postback 8801");
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("is left to a person where somebody has switched the record off since", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after");
    world.cake.edit(8801, { postbackStatus: "inactive" });
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toContain('its status is "inactive"');
    expect(message).toContain("adopt: { postbackId: 8801 }");
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("is left to a person where two records came to be", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after");
    world.cake.add(rowOf(9001));
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toContain("postbacks 8801, 9001");
    expect(callsOf(world.cake).create).toBe(1);
  });
});

describe("a create that was lost, and that the whole list did not hold", () => {
  async function lost({ cake, run }: World, when: Moment): Promise<void> {
    const { session } = run();
    cake.behave({ listLag: 9 });
    cake.misbehave({ on: "create", fault: { kind: "reset", when } });
    expect((await failure(create(session, inputsOf()))).message).toContain("did not reach CAKE");
    cake.behave({ list: "ok", listLag: 0 });
  }

  it("is taken into the state by the next run where the list was only later than it may be", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await lost(world, "after");
    const { session, told } = world.run();
    expect((await create(session, inputsOf())).id).toBe("4");
    expect(told.join()).toContain("was made by an earlier run");
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("is sent by the next run, which does not wait for the list again", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await lost(world, "before");
    world.cake.forgetRequests();
    const { session, clock } = world.run();
    expect((await create(session, inputsOf())).id).toBe("4");
    expect(clock.pauses).toEqual([]);
    expect(callsOf(world.cake)).toMatchObject({ create: 1, list: 1 });
  });

  it("is left to a person where several records came to be", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await lost(world, "after");
    world.cake.add(rowOf(9001));
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toContain("CAKE already has postback");
    expect(callsOf(world.cake).create).toBe(1);
  });
});

describe("a create that was interrupted before CAKE made anything", () => {
  it("is sent by the next run, once the whole list proves that it is not there", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    const { session, told } = world.run();
    expect((await create(session, inputsOf())).id).toBe("4");
    expect(callsOf(world.cake).create).toBe(2);
    expect(world.cake.postbacks()).toHaveLength(4);
    expect(told).toEqual([]);
  });

  it("is sent beside other postbacks of its pair that were there before", async () => {
    const world = await startCake({ postbacks: [rowOf(5, { postbackUrl: NEW_URL })] });
    await killedWhileCreating(world, "before");
    await create(world.run().session, inputsOf());
    expect(world.cake.postbacks()).toHaveLength(2);
  });

  it("is not sent while a new record of its pair may be what CAKE made of it", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    world.cake.add(rowOf(9001, { postbackUrl: "https://elsewhere.example/" }));
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toMatch(/^Outcome unknown/);
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("is not sent while the list proves nothing", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    world.cake.behave({ shortBy: 1 });
    expect((await failure(create(world.run().session, inputsOf()))).message).toMatch(/^Outcome unknown/);
    expect(callsOf(world.cake).create).toBe(1);
    world.cake.behave({ shortBy: 0 });
    await create(world.run().session, inputsOf());
    expect(world.cake.postbacks()).toHaveLength(4);
  });

  it("can be interrupted again and again, and still makes one record", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    await killedWhileCreating(world, "before").catch(() => undefined);
    await killedWhileCreating(world, "after").catch(() => undefined);
    await create(world.run().session, inputsOf()).catch(() => undefined);
    await create(world.run().session, inputsOf());
    expect(world.cake.postbacks().filter(({ affiliateId }) => affiliateId === 67890)).toHaveLength(1);
  });
});

describe("a create that was interrupted where CAKE cannot be looked at", () => {
  it.each<Moment>(["before", "after"])(
    "is not sent again until a person has settled it: %s",
    async (when) => {
      const world = await startCake();
      await killedBlind(world, when);
      const documented = { config: { endpoints: "documented" } };
      const { message } = await failure(create(world.run(documented).session, inputsOf()));
      expect(message).toMatch(/^Outcome unknown/);
      for (const words of ["affiliate 67890", "offer 12345", "api_logs.json", "CAKE_CONFIRM_MANUAL"]) {
        expect(message).toContain(words);
      }
      expect(callsOf(world.cake).create).toBe(1);

      const note = /remove (\S+) and run again/.exec(message)?.[1] ?? "";
      expect(note).toContain(world.notes);
      rmSync(note);
      await create(world.run(documented).session, inputsOf());
      expect(callsOf(world.cake).create).toBe(2);
    },
  );

  it("is not taken for evidence when CAKE can be looked at again", async () => {
    const world = await startCake();
    await killedBlind(world, "after");
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toContain("CAKE already has postback 8801");
    expect(callsOf(world.cake).create).toBe(1);
  });
});

describe("a create that ended, and of which the engine never learned", () => {
  it("is taken into the state by the next run without a further POST", async () => {
    const world = await startCake();
    const made = await create(world.run().session, inputsOf());
    expect(await create(world.run().session, inputsOf())).toEqual(made);
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("is taken in without a look, too: CAKE has confirmed it", async () => {
    const world = await startCake();
    const documented = { config: { endpoints: "documented" } };
    const made = await create(world.run(documented).session, inputsOf());
    expect(await create(world.run(documented).session, inputsOf())).toEqual(made);
    expect(callsOf(world.cake)).toMatchObject({ create: 1, list: 0, filtered: 0 });
  });

  it("is switched as it is declared by then", async () => {
    const world = await startCake();
    await create(world.run().session, inputsOf());
    await create(world.run().session, inputsOf({ postbackStatus: "inactive" }));
    expect(world.cake.postbacks()).toEqual([rowOf(8801, { postbackStatus: "inactive" })]);
  });

  it("is left to a person where the record was changed in CAKE since", async () => {
    const world = await startCake();
    await create(world.run().session, inputsOf());
    world.cake.edit(8801, { postbackUrl: NEW_URL });
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toContain("since then the record was changed in CAKE");
    expect(message).toContain("adopt: { postbackId: 8801 }");
    expect(message).toContain(world.notes);
    expect(callsOf(world.cake)).toMatchObject({ create: 1, update: 0 });
  });

  it("is left to a person where the record cannot be found, who may say that it is gone", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await create(world.run().session, inputsOf());
    world.cake.behave({ visible: ({ postbackId }) => postbackId !== 4 });
    const { message } = await failure(create(world.run().session, inputsOf()));
    expect(message).toContain("CAKE_ON_MISSING=forget:4");
    expect(callsOf(world.cake).create).toBe(1);
    const gone = world.run({ env: { CAKE_ON_MISSING: "forget:4" } });
    expect((await create(gone.session, inputsOf())).id).toBe("5");
  });
});

describe("the note about a create", () => {
  const documented = { config: { endpoints: "documented" } };

  it("is there when the request goes out", async () => {
    const { cake, run, notes } = await startCake();
    const held = cake.hold("create");
    const creating = create(run(documented).session, inputsOf());
    await held.arrived;
    expect(readdirSync(notes)).toHaveLength(1);
    held.release();
    await creating;
  });

  it("goes when CAKE refused, and when nothing was sent", async () => {
    const { cake, run, notes } = await startCake();
    cake.misbehave({ on: "create", fault: { kind: "refused", message: "No such offer" } });
    await failure(create(run(documented).session, inputsOf()));
    expect(readdirSync(notes)).toEqual([]);
  });

  it("goes with the first read, update or delete of the record", async () => {
    const { cake, run, notes } = await startCake();
    const nameOfNotes = () => readdirSync(notes);
    for (const offerId of [1, 2, 3])
      await create(run().session, inputsOf({ offerId, __origin: `origin-${offerId}` }));
    expect(nameOfNotes()).toHaveLength(3);
    const stateAt = (index: number) => {
      const row = cake.postbacks()[index];
      if (row === undefined) throw new Error("There is no such row.");
      return {
        ...row,
        postbackTypeId: 1 as const,
        domain: new globalThis.URL(cake.url).host,
        __origin: `origin-${row.offerId}`,
      };
    };
    await read(run().session, "8801", stateAt(0));
    expect(nameOfNotes()).toHaveLength(2);
    await update(
      run().session,
      "8802",
      stateAt(1),
      inputsOf({ offerId: 2, postbackUrl: NEW_URL, __origin: "origin-2" }),
    );
    expect(nameOfNotes()).toHaveLength(1);
    await remove(run().session, "8803", stateAt(2));
    expect(nameOfNotes()).toEqual([]);
  });

  it("stays through a diff, which does no I/O, until the run does some", async () => {
    const { cake, run, notes } = await startCake();
    const { outs } = await create(run().session, inputsOf({ offerId: 1 }));
    const { session } = run();
    diff(session, outs.postbackId.toString(), outs, inputsOf({ offerId: 1 }));
    expect(readdirSync(notes)).toHaveLength(1);
    await create(session, inputsOf({ offerId: 2 }));
    expect(readdirSync(notes)).toHaveLength(1);
    expect(cake.postbacks()).toHaveLength(2);
  });
});
