import { describe, expect, it } from "vitest";
import { isTwin, LivePostbacks } from "../../../provider/cake/live";
import type { Postback } from "../../../provider/postback/postback";
import { FakeList } from "./fakeList";
import { clientAt, declaration, errorOf, startCake } from "./support";

const row = (postbackId: number, changes: Partial<Postback> = {}): Postback => ({
  ...{ postbackId, affiliateId: 67890, offerId: 12345, postbackUrl: declaration.postbackUrl },
  ...{ postbackStatus: "active", postbackType: "Server" },
  ...changes,
});

async function live(...postbacks: Postback[]) {
  const cake = await startCake({ postbacks });
  return { cake, live: new LivePostbacks(clientAt(cake.url).client, undefined) };
}

describe("a look", () => {
  it("is read once, however many ask for it at once and later", async () => {
    const { cake, live: postbacks } = await live(row(1));
    const looks = await Promise.all([1, 2, 3].map(() => postbacks.look()));
    expect(await postbacks.look()).toBe(looks[0]);
    expect(new Set(looks).size).toBe(1);
    expect(cake.calls("list")).toBe(1);
  });

  it("at some rows is a new one each time, newer than the shared one", async () => {
    const { cake, live: postbacks } = await live(row(1), row(2, { affiliateId: 5 }));
    await postbacks.look();
    cake.edit(2, { postbackStatus: "inactive" });
    const look = await postbacks.lookAt({ affiliateId: 5 });
    expect(look.kind === "seen" && [...look.listing.rows.values()]).toEqual([
      row(2, { affiliateId: 5, postbackStatus: "inactive" }),
    ]);
    expect(cake.calls("list")).toBe(2);
  });

  it("that fails is told to all who ask, after one try", async () => {
    const { cake, live: postbacks } = await live(row(1));
    cake.injectFault({ on: "list", fault: { kind: "refused", message: "Not today" }, times: 9 });
    const errors = await Promise.all([1, 2].map(() => errorOf(postbacks.look())));
    expect(errors[0]?.message).toContain("Not today");
    expect(errors[1]).toBe(errors[0]);
    expect(cake.calls("list")).toBe(1);
  });

  it("at a CAKE without a list says so, once found out without another call", async () => {
    const { cake, live: postbacks } = await live(row(1));
    cake.behave({ list: "missing" });
    expect(await postbacks.look()).toMatchObject({
      kind: "impossible",
      why: expect.stringContaining("No CAKE article documents it"),
    });
    expect(await postbacks.lookAt({ postbackId: 1 })).toMatchObject({ kind: "impossible" });
    expect(await postbacks.twinsOf(declaration)).toEqual([]);
    expect(await postbacks.peek(1)).toBe("unclear");
    expect(cake.calls("list")).toBe(1);
  });

  it("that is not allowed costs no call", async () => {
    const { cake } = await live(row(1));
    const postbacks = new LivePostbacks(clientAt(cake.url).client, "documented only");
    expect(await postbacks.look()).toEqual({ kind: "impossible", why: "documented only" });
    expect(await postbacks.lookAt({})).toEqual({ kind: "impossible", why: "documented only" });
    expect(cake.requests).toEqual([]);
  });
});

describe("a list that has answered once", () => {
  const many = Array.from({ length: 1_200 }, (_, index) => row(1 + index, { affiliateId: 1 + index }));
  const GONE = { kind: "status", status: 404, body: "Not Found" } as const;

  it("is not taken for missing when a single read is told so: the whole list is read instead", async () => {
    const { cake, live: postbacks } = await live(...many);
    await postbacks.find(1);
    cake.injectFault({ on: "list", fault: GONE });
    expect(await postbacks.find(900, many[899])).toEqual({ kind: "live", row: many[899] });
    expect(await postbacks.look()).toMatchObject({ kind: "seen", listing: { answered: 1_200, flaws: [] } });
  });

  it("ends the look with an error when one of its pages is told so, and never makes creates go out blind", async () => {
    const { cake, live: postbacks } = await live(...many);
    await postbacks.find(1);
    cake.injectFault({ on: "list", fault: GONE, times: 9 });
    expect((await errorOf(postbacks.look())).message).toContain("HTTP 404");
    expect((await errorOf(postbacks.look())).message).toContain("HTTP 404");
  });
});

describe("a pair whose filtered read left out a row", () => {
  const target = row(700, { affiliateId: 7, offerId: 7 });
  const twin = row(900, { affiliateId: 7, offerId: 7 });
  const others = Array.from({ length: 1_200 }, (_, index) => row(1 + index, { affiliateId: 1_000 + index }));
  const rows = others.map((one) => [target, twin].find((same) => same.postbackId === one.postbackId) ?? one);

  it("is looked at in the whole list, so that its twin is not missed", async () => {
    const list = new FakeList(rows, { cap: 500, hidden: ({ affiliateId }) => affiliateId === 7 });
    const postbacks = new LivePostbacks(list.client, undefined);
    expect(await postbacks.find(700, target)).toEqual({ kind: "live", row: target });
    expect(await postbacks.twinsBeside({ ...declaration, affiliateId: 7, offerId: 7 })).toEqual([
      target,
      twin,
    ]);
  });
});

describe("a peek", () => {
  it("shows one record as it is now", async () => {
    const { cake, live: postbacks } = await live(row(1), row(2));
    await postbacks.look();
    cake.edit(2, { postbackUrl: "https://new.example/" });
    expect(await postbacks.peek(2)).toEqual(row(2, { postbackUrl: "https://new.example/" }));
  });

  it("finds the record also where the list ignores the filter", async () => {
    const { cake, live: postbacks } = await live(row(1), row(2));
    cake.behave({ filters: "ignored" });
    expect(await postbacks.peek(2)).toEqual(row(2));
  });

  it("tells a record that is not there from a look that says nothing", async () => {
    const { cake, live: postbacks } = await live(row(1));
    expect(await postbacks.peek(7)).toBe("absent");
    cake.injectFault({ on: "list", fault: { kind: "refused", message: "Not today" } });
    expect(await postbacks.peek(1)).toBe("unclear");
    cake.behave({ filters: "ignored" });
    expect(await postbacks.peek(7)).toBe("unclear");
  });
});

describe("what this process wrote", () => {
  const changed = row(1, { postbackStatus: "inactive" });
  const added = row(9, { affiliateId: 4 });
  const seen = async (postbacks: LivePostbacks) => {
    const look = await postbacks.look();
    return look.kind === "seen" ? [...look.listing.rows.values()] : [];
  };

  it("shows in a look that was taken before", async () => {
    const { live: postbacks } = await live(row(1));
    await postbacks.look();
    postbacks.record(changed);
    postbacks.record(added);
    expect(await seen(postbacks)).toEqual([changed, added]);
  });

  it("shows in a look that comes after, also where CAKE's list still shows the old", async () => {
    const { live: postbacks } = await live(row(1));
    postbacks.record(changed);
    postbacks.record(added);
    expect(await seen(postbacks)).toEqual([changed, added]);
  });

  it("is not undone by a look that was under way", async () => {
    const { cake, live: postbacks } = await live(row(1));
    const pause = cake.pause("list", { when: "after" });
    const look = seen(postbacks);
    await pause.arrived;
    postbacks.record(changed);
    postbacks.record(added);
    pause.release();
    expect(await look).toEqual([changed, added]);
  });

  it("keeps the latest of several writes", async () => {
    const { live: postbacks } = await live(row(1));
    postbacks.record(changed);
    await postbacks.look();
    postbacks.record(row(1, { postbackStatus: "active" }));
    expect(await seen(postbacks)).toEqual([row(1)]);
  });

  it("is among the twins", async () => {
    const { live: postbacks } = await live();
    await postbacks.look();
    postbacks.record(row(3));
    expect(await postbacks.twinsOf(declaration)).toEqual([row(3)]);
  });

  it("does no harm where there can be no look", async () => {
    const { cake, live: postbacks } = await live();
    cake.injectFault({ on: "list", fault: { kind: "refused", message: "No" } });
    await errorOf(postbacks.look());
    postbacks.record(row(3));
    await errorOf(postbacks.look());
  });
});

describe("the twins of a declaration", () => {
  it("are found by affiliate, offer, type and URL, whatever their status", async () => {
    const twins = [row(1), row(2, { postbackStatus: "inactive" }), row(3, { postbackStatus: "odd" })];
    const others = [
      row(4, { affiliateId: 1 }),
      row(5, { offerId: 0 }),
      row(6, { postbackUrl: `${declaration.postbackUrl}&x` }),
    ];
    const { live: postbacks } = await live(...twins, ...others);
    expect(await postbacks.twinsOf(declaration)).toEqual(twins);
    expect(await postbacks.twinsOf({ ...declaration, offerId: 7 })).toEqual([]);
  });

  it("stop being twins when this process changes them", async () => {
    const { live: postbacks } = await live(row(1));
    await postbacks.look();
    postbacks.record(row(1, { postbackUrl: "https://new.example/" }));
    expect(await postbacks.twinsOf(declaration)).toEqual([]);
  });

  it.each([
    ["Server", 1, true],
    ["Server", 2, false],
    // Not even by its name is a type known that no article names: it may be any.
    ["iFrame", 2, true],
    ["iFrame", 1, true],
  ] as const)("of type %s and declared type %i: %s", (postbackType, postbackTypeId, twin) => {
    expect(isTwin(row(1, { postbackType }), { ...declaration, postbackTypeId })).toBe(twin);
  });
});
