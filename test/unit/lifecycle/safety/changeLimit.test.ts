import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/lifecycle/check";
import type { ProviderContext } from "../../../../provider/lifecycle/context";
import { create } from "../../../../provider/lifecycle/create";
import { remove } from "../../../../provider/lifecycle/delete";
import { diff } from "../../../../provider/lifecycle/diff";
import { update } from "../../../../provider/lifecycle/update";
import type { Postback } from "../../../../provider/postback/postback";
import { callsOf, failure, inputsOf, NEW_URL, rowOf, startCake, stateOf } from "../support";

const LIMITS = { maxDeactivations: "2", maxChanges: "3" };
const idsTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function withRows(count: number, limits: Record<string, string> = LIMITS) {
  const world = await startCake({ postbacks: idsTo(count).map((id) => rowOf(id, { offerId: id })) });
  const run = (env: Record<string, string> = {}) => world.run({ config: limits, env }).context;
  const row = (id: number): Postback => world.cake.postback(id) ?? rowOf(id);
  const state = (id: number) => stateOf(row(id), world.cake.domain);
  const off = (context: ProviderContext, id: number) => remove(context, String(id), state(id));
  const change = (context: ProviderContext, id: number) =>
    update(context, `urn-${id}`, String(id), state(id), inputsOf({ offerId: id, postbackUrl: NEW_URL }));
  const moved = (id: number) => inputsOf({ offerId: 1_000 + id });
  const replace = (context: ProviderContext, id: number) => {
    check(context, `urn-${id}`, { ...inputsOf({ offerId: id }) }, { ...moved(id) });
    return diff(context, `urn-${id}`, String(id), state(id), moved(id));
  };
  return { ...world, run, off, change, replace, moved };
}

describe("a run that deactivates more postbacks than it may", () => {
  it("stops, names the postback, the limit and what to do, and writes nothing more", async () => {
    const { cake, run, off } = await withRows(4);
    const context = run();
    await off(context, 1);
    await off(context, 2);
    const error = await failure(off(context, 3));
    expect(error).toMatchObject({ code: "too-many-changes" });
    expect(error.message).toContain("Postback 3 (affiliate 67890, offer 3) was not changed");
    expect(error.message).toContain("2 deactivations (cake:maxDeactivations)");
    expect(error.message).toContain("CAKE_ALLOW_CHANGES=<number>; at least 3");
    expect(callsOf(cake).update).toBe(2);
    expect(cake.postback(3)?.postbackStatus).toBe("active");
  });

  it("may still change others, up to their own limit", async () => {
    const { run, off, change } = await withRows(5);
    const context = run();
    await off(context, 1);
    await off(context, 2);
    await change(context, 3);
    expect((await failure(change(context, 4))).message).toContain("3 changes (cake:maxChanges)");
  });

  it("admits no more of those that come at once", async () => {
    const { cake, run, off } = await withRows(6);
    const context = run();
    const all = await Promise.allSettled(idsTo(6).map((id) => off(context, id)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(callsOf(cake).update).toBe(2);
  });

  it("may do so many as a person allows, instead of both limits", async () => {
    const { run, off, change } = await withRows(6);
    const context = run({ CAKE_ALLOW_CHANGES: "4" });
    for (const id of [1, 2, 3]) await off(context, id);
    await change(context, 4);
    expect((await failure(off(context, 5))).message).toContain("4 changes (CAKE_ALLOW_CHANGES)");
  });

  it("stops for itself only: nothing is remembered for the next one", async () => {
    const { run, off } = await withRows(6);
    const first = run();
    await Promise.allSettled([1, 2, 3].map((id) => off(first, id)));
    const next = run();
    await off(next, 3);
    await off(next, 4);
    expect(await failure(off(next, 5))).toMatchObject({ code: "too-many-changes" });
  });

  it("does not count a postback that is already as declared", async () => {
    const { run, off, cake } = await withRows(4);
    cake.edit(1, { postbackStatus: "inactive" });
    const context = run();
    for (const id of [1, 1, 1, 2, 3]) await off(context, id);
    expect(await failure(off(context, 4))).toMatchObject({ code: "too-many-changes" });
  });
});

describe("planned replacements", () => {
  it("stop the preview at the limit, so that nothing is made or deactivated", async () => {
    const { cake, run, replace } = await withRows(30, { maxDeactivations: "25" });
    const preview = run();
    for (const id of idsTo(25)) expect(replace(preview, id).replaces).toEqual(["offerId"]);
    const error = await failure(() => replace(preview, 26));
    expect(error).toMatchObject({ code: "too-many-replacements" });
    expect(error.message).toContain("25 deactivations (cake:maxDeactivations)");
    expect(cake.requests).toEqual([]);
  });

  it("that are within the limit pay for their deletes, which are never refused", async () => {
    const { cake, run, replace, off, moved } = await withRows(6, { maxDeactivations: "3" });
    const context = run();
    for (const id of [1, 2, 3]) replace(context, id);
    await Promise.all([1, 2, 3].map((id) => create(context, `urn-${id}`, moved(id))));
    expect(await failure(off(context, 4)), "a removal beside them").toMatchObject({
      code: "too-many-changes",
    });
    for (const id of [1, 2, 3]) await off(context, id);
    const active = cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
    const offers = active.map(({ offerId }) => offerId).sort((one, other) => one - other);
    expect(offers).toEqual([4, 5, 6, 1_001, 1_002, 1_003]);
  });

  it("are counted once, however often a run compares them", async () => {
    const { run, replace } = await withRows(3, { maxDeactivations: "2" });
    const context = run();
    for (const id of [1, 1, 1, 2]) replace(context, id);
    expect(await failure(() => replace(context, 3))).toMatchObject({ code: "too-many-replacements" });
  });

  it("are not counted where a refresh compares without a check", async () => {
    const { run, moved, cake } = await withRows(4, { maxDeactivations: "1" });
    const context = run();
    for (const id of idsTo(4))
      diff(context, `urn-${id}`, String(id), stateOf(rowOf(id, { offerId: id }), cake.domain), moved(id));
    expect(cake.requests).toEqual([]);
  });

  it("are allowed by CAKE_ALLOW_CHANGES, so that a preview of a review always renders", async () => {
    const { run, replace } = await withRows(30, { maxDeactivations: "1" });
    const context = run({ CAKE_ALLOW_CHANGES: "100000" });
    for (const id of idsTo(30)) expect(replace(context, id).changes).toBe(true);
  });
});

describe("replacements that come without a diff", () => {
  const forced = (context: ProviderContext, id: number) => {
    check(context, `urn-${id}`, { ...inputsOf({ offerId: id }) }, { ...inputsOf({ offerId: id + 100 }) });
    return check(context, `urn-${id}`, {}, { ...inputsOf({ offerId: id + 100 }) });
  };

  it("count before anything is made: 30 of them stop at the limit", async () => {
    const { cake, run } = await withRows(30, { maxDeactivations: "25" });
    const context = run();
    for (const id of idsTo(25)) expect(forced(context, id).failures).toEqual([]);
    for (const id of idsTo(25)) forced(context, id);
    expect(await failure(() => forced(context, 26))).toMatchObject({ code: "too-many-replacements" });
    expect(cake.requests).toEqual([]);
  });

  it("that are within the limit pay for their deletes, which are never refused", async () => {
    const { cake, run, off } = await withRows(4, { maxDeactivations: "3" });
    const context = run();
    for (const id of [1, 2, 3]) forced(context, id);
    for (const id of [1, 2, 3]) await create(context, `urn-${id}`, inputsOf({ offerId: id + 100 }));
    expect(await failure(off(context, 4)), "a removal beside them").toMatchObject({
      code: "too-many-changes",
    });
    for (const id of [1, 2, 3]) await off(context, id);
    const active = cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "active");
    expect(active.map(({ postbackId, offerId }) => [postbackId, offerId])).toEqual([
      [4, 4],
      [5, 101],
      [6, 102],
      [7, 103],
    ]);
  });
});

it("adoptions that deactivate count as the deactivations that they are", async () => {
  const { cake, run } = await withRows(3, { maxDeactivations: "2" });
  const context = run();
  const adopting = (id: number) =>
    create(
      context,
      `urn-${id}`,
      inputsOf({ offerId: id, postbackStatus: "inactive", adopt: { postbackId: id } }),
    );
  for (const id of [1, 2]) await adopting(id);
  expect(await failure(adopting(3))).toMatchObject({ code: "too-many-changes" });
  expect(cake.postback(3)?.postbackStatus).toBe("active");
});
