import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { remove } from "../../../../provider/lifecycle/delete";
import { update } from "../../../../provider/lifecycle/update";
import type { Postback } from "../../../../provider/postback/postback";
import { callsOf, failure, inputsOf, NEW_URL, rowOf, startCake, stateOf } from "../support";

const LIMITS = { maxDeactivations: "2", maxChanges: "3" };

async function withRows(count: number) {
  const rows = Array.from({ length: count }, (_, index) => rowOf(index + 1, { offerId: index + 1 }));
  const world = await startCake({ postbacks: rows });
  const run = (env: Record<string, string> = {}) => world.run({ config: LIMITS, env }).session;
  const state = (row: Postback) => stateOf(row, new globalThis.URL(world.cake.url).host);
  const off = (session: ReturnType<typeof run>, id: number) =>
    remove(session, String(id), state(world.cake.postback(id) ?? rowOf(id)));
  const change = (session: ReturnType<typeof run>, id: number) =>
    update(
      session,
      String(id),
      state(world.cake.postback(id) ?? rowOf(id)),
      inputsOf({ offerId: id, postbackUrl: NEW_URL }),
    );
  const open = (config: Record<string, string>) => world.run({ config }).session;
  return { ...world, run, open, off, change };
}

describe("a run that switches off more postbacks than it may", () => {
  it("stops, names the postback, what was done and the way on, and writes nothing more", async () => {
    const { cake, run, off } = await withRows(4);
    const session = run();
    await off(session, 1);
    await off(session, 2);
    const { message } = await failure(off(session, 3));
    expect(message).toContain("Nothing was done to postback 3 (affiliate 67890, offer 3)");
    expect(message).toContain("switched off 2 postbacks");
    expect(message).toContain("CAKE_ALLOW_CHANGES=<how many>; at least 3 are planned");
    expect(callsOf(cake).update).toBe(2);
    expect(cake.postback(3)?.postbackStatus).toBe("active");
  });

  it("may still change others, up to their own limit", async () => {
    const { run, off, change } = await withRows(5);
    const session = run();
    await off(session, 1);
    await off(session, 2);
    await change(session, 3);
    expect((await failure(change(session, 4))).message).toContain("changed 3 postbacks (cake:maxChanges)");
  });

  it("admits no more of those that come at once", async () => {
    const { cake, run, off } = await withRows(6);
    const session = run();
    const all = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((id) => off(session, id)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(callsOf(cake).update).toBe(2);
  });
});

describe("a stop", () => {
  it("holds for later runs until a person says how many changes are wanted", async () => {
    const { cake, run, off } = await withRows(5);
    const first = run();
    await Promise.allSettled([1, 2, 3].map((id) => off(first, id)));
    const { message } = await failure(off(run(), 3));
    expect(message).toContain("an earlier run of this project was stopped when it had switched off 2");
    expect(callsOf(cake).update).toBe(2);

    const allowed = run({ CAKE_ALLOW_CHANGES: "3" });
    for (const id of [3, 4, 5]) await off(allowed, id);
    expect(callsOf(cake).update).toBe(5);
  });

  it("is lifted by the run that was allowed more, and not by one that changes nothing", async () => {
    const { run, off } = await withRows(6);
    const first = run();
    await Promise.allSettled([1, 2, 3].map((id) => off(first, id)));
    await off(run(), 1);
    expect((await failure(off(run(), 3))).message).toContain("the stop holds");
    await off(run({ CAKE_ALLOW_CHANGES: "1" }), 3);
    await off(run(), 4);
  });

  it("comes again when more is changed than was allowed", async () => {
    const { run, off, change } = await withRows(6);
    const session = run({ CAKE_ALLOW_CHANGES: "2" });
    await off(session, 1);
    await change(session, 2);
    expect((await failure(off(session, 3))).message).toContain("as many as CAKE_ALLOW_CHANGES allows");
    expect((await failure(off(run(), 3))).message).toContain("the stop holds");
  });

  it("holds on its own instance only", async () => {
    const { run, off, other, open } = await withRows(3);
    const first = run();
    await Promise.allSettled([1, 2, 3].map((id) => off(first, id)));
    other.add(rowOf(1));
    const elsewhere = open({ ...LIMITS, domain: other.url, apiKey: other.apiKey });
    await remove(elsewhere, "1", stateOf(rowOf(1), new globalThis.URL(other.url).host));
    expect(other.postback(1)?.postbackStatus).toBe("inactive");
  });

  it("holds for the rest of the run also where nothing can be marked", async () => {
    const { run, off, cake } = await withRows(4);
    const session = run({ CAKE_INTENTS_DIR: join(__filename, "no folder") });
    const all = await Promise.allSettled([1, 2, 3, 4].map((id) => off(session, id)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(callsOf(cake).update).toBe(2);
  });
});

describe("what does not count", () => {
  it("is a postback that is already as declared", async () => {
    const { run, off, cake } = await withRows(4);
    cake.edit(1, { postbackStatus: "inactive" });
    const session = run();
    for (const id of [1, 1, 1, 2, 3]) await off(session, id);
    expect((await failure(off(session, 4))).message).toContain("switched off 2 postbacks");
  });
});
