import { describe, expect, it } from "vitest";
import { LivePostbacks } from "../../../provider/cake/livePostbacks";
import type { Postback } from "../../../provider/postback/postback";
import { clientAt, declaration, errorOf, startCake } from "./support";

const row = (postbackId: number, changes: Partial<Postback> = {}): Postback => ({
  ...{ postbackId, affiliateId: 67890, offerId: 12345, postbackUrl: declaration.postbackUrl },
  ...{ postbackStatus: "active", postbackType: "Server" },
  ...changes,
});
/** 2,400 postbacks of 800 affiliates: so many that to read one affiliate saves calls. */
const many = Array.from({ length: 2_400 }, (_, index) => row(1 + index, { affiliateId: 1 + (index % 800) }));
const PAGES = 5;

async function live(postbacks: readonly Postback[], isAlone = true) {
  const cake = await startCake({ postbacks: [...postbacks] });
  return { cake, live: new LivePostbacks(clientAt(cake.url).client, () => isAlone) };
}

describe("the first postback that a process needs", () => {
  it("is read by its id, in one call", async () => {
    const { cake, live: postbacks } = await live(many);
    expect(await postbacks.find(900)).toEqual({ kind: "live", row: many[899] });
    expect(cake.requests.map(({ fields }) => fields.postback_id)).toEqual(["900"]);
  });

  it("that is to be changed is read by its id, if the list has more than its first page", async () => {
    const { cake, live: postbacks } = await live(many);
    expect(await postbacks.findToChange(900)).toEqual({ kind: "live", row: many[899] });
    expect(cake.requests.map(({ fields }) => fields.postback_id)).toEqual([undefined, "900"]);
  });

  it("that is to be changed is read with its affiliate, which also serves whoever needs the others of the affiliate", async () => {
    const { cake, live: postbacks } = await live(many);
    expect(await postbacks.findToChange(900, 100)).toEqual({ kind: "live", row: many[899] });
    const { rows } = await postbacks.ofAffiliate(100);
    expect([...rows.keys()]).toEqual([100, 900, 1_700]);
    expect(cake.requests.map(({ fields }) => fields.affiliate_id)).toEqual([undefined, "100", "100"]);
  });

  it("opens the list at once where its first page is all of it", async () => {
    const { cake, live: postbacks } = await live(many.slice(0, 100));
    expect(await postbacks.findToChange(90, 90)).toEqual({ kind: "live", row: many[89] });
    expect((await postbacks.ofAffiliate(90)).rows.size).toBe(1);
    expect(cake.calls("list")).toBe(2);
  });

  it("may be an affiliate's, and its pages are not asked for twice when the list is opened after it", async () => {
    const { cake, live: postbacks } = await live(many);
    expect([...(await postbacks.ofAffiliate(100)).rows.keys()]).toEqual([100, 900, 1_700]);
    expect(cake.calls("list")).toBe(1 + 2);
    await postbacks.all();
    expect(cake.calls("list")).toBe(2 + PAGES);
  });

  it("opens the list if it does not come alone", async () => {
    const { cake, live: postbacks } = await live(many, false);
    await Promise.all(many.slice(0, 50).map(({ postbackId }) => postbacks.find(postbackId)));
    expect(cake.calls("list")).toBe(PAGES);
  });
});

describe("the second postback that a process needs", () => {
  it("opens the list, from which all others are answered", async () => {
    const { cake, live: postbacks } = await live(many);
    for (const { postbackId } of many.slice(0, 50)) await postbacks.find(postbackId);
    expect(await postbacks.ofAffiliate(100)).toMatchObject({ answered: 2_400, completenessIssues: [] });
    expect(cake.calls("list")).toBe(1 + PAGES);
  });

  it("opens the list also where it is an affiliate's", async () => {
    const { cake, live: postbacks } = await live(many);
    await postbacks.find(1);
    expect([...(await postbacks.ofAffiliate(100)).rows.keys()]).toEqual([100, 900, 1_700]);
    expect((await postbacks.ofAffiliate(9_999)).rows.size).toBe(0);
    expect(cake.calls("list")).toBe(1 + PAGES);
  });
});

describe("a filter that cannot be relied on", () => {
  it("is not followed where it is ignored: after one page, the list decides", async () => {
    const { cake, live: postbacks } = await live(many);
    cake.behave({ filters: "ignored" });
    expect([...(await postbacks.ofAffiliate(100)).rows.keys()]).toEqual([100, 900, 1_700]);
    expect(cake.calls("list")).toBe(1 + PAGES);
  });

  it("is not followed where it is refused", async () => {
    for (const need of [
      (postbacks: LivePostbacks) => postbacks.find(900),
      (postbacks: LivePostbacks) => postbacks.findToChange(900, 100),
    ]) {
      const { cake, live: postbacks } = await live(many);
      cake.behave({ filters: "refused" });
      expect(await need(postbacks)).toEqual({ kind: "live", row: many[899] });
    }
  });

  it("is not believed where it shows nothing", async () => {
    const { cake, live: postbacks } = await live(many);
    cake.injectFault({
      ...{ on: "list", after: 1, times: 2 },
      fault: { kind: "behaviour", behaviour: { list: "empty" } },
    });
    expect([...(await postbacks.ofAffiliate(100)).rows.keys()]).toEqual([100, 900, 1_700]);
  });

  it("is believed where it shows nothing, if it finds another affiliate's postback", async () => {
    const { cake, live: postbacks } = await live(many);
    expect(await postbacks.ofAffiliate(9_999)).toMatchObject({ completenessIssues: [], rows: new Map() });
    expect(cake.calls("list")).toBe(3);
  });

  it("is not believed where it leaves out a row", async () => {
    const { cake, live: postbacks } = await live(many);
    cake.behave({ visible: ({ postbackId }) => postbackId !== 900 });
    await postbacks.ofAffiliate(100);
    cake.behave({ visible: () => true });
    expect(await postbacks.findToChange(900, 100)).toEqual({ kind: "live", row: many[899] });
    expect(new Set((await postbacks.ofAffiliate(100)).rows.keys())).toEqual(new Set([100, 900, 1_700]));
  });
});

describe("a postback that is not there", () => {
  it("is never said to be missing before the whole list was read", async () => {
    for (const affiliateId of [undefined, 100]) {
      const { live: postbacks } = await live(many);
      const found = await postbacks.findToChange(7_000, affiliateId);
      expect(found).toMatchObject({ kind: "notShown", read: { answered: 2_400, completenessIssues: [] } });
    }
  });
});

describe("the whole list", () => {
  it("is read once, however many ask for it at once and later", async () => {
    const { cake, live: postbacks } = await live(many);
    const reads = await Promise.all([1, 2, 3].map(() => postbacks.all()));
    expect(new Set([...reads, await postbacks.all()]).size).toBe(1);
    expect(cake.calls("list")).toBe(PAGES);
  });

  it("that cannot be read is the same error for all who ask, after one try", async () => {
    for (const fault of [
      { kind: "refused", message: "Not today" },
      { kind: "status", status: 404, body: "Not Found" },
    ] as const) {
      const { cake, live: postbacks } = await live(many, false);
      cake.injectFault({ on: "list", fault, times: 9 });
      const errors = await Promise.all([1, 2].map((id) => errorOf(postbacks.find(id))));
      expect(errors[0]).toMatchObject({ kind: fault.kind === "status" ? "missing" : "refused" });
      expect(errors[1]).toBe(errors[0]);
      expect(await errorOf(postbacks.all())).toBe(errors[0]);
      expect(cake.calls("list")).toBe(1);
    }
  });

  it("is not what a fresh read answers", async () => {
    const { cake, live: postbacks } = await live(many);
    await postbacks.all();
    cake.edit(900, { postbackStatus: "inactive" });
    const { rows } = await postbacks.readFresh({ affiliateId: 100 });
    expect(rows.get(900)).toEqual({ ...many[899], postbackStatus: "inactive" });
    expect(await postbacks.readOne(900)).toEqual(rows.get(900));
  });
});

describe("what this process wrote", () => {
  const changed = row(1, { postbackStatus: "inactive" });
  const added = row(9, { affiliateId: 4 });
  const seen = async (postbacks: LivePostbacks) => [...(await postbacks.all()).rows.values()];

  it("shows in a list that was read before", async () => {
    const { live: postbacks } = await live([row(1)]);
    await postbacks.all();
    postbacks.record(changed);
    postbacks.record(added);
    expect(await seen(postbacks)).toEqual([changed, added]);
    expect([...(await postbacks.ofAffiliate(4)).rows.values()]).toEqual([added]);
    expect(await postbacks.find(1)).toEqual({ kind: "live", row: changed });
  });

  it("shows in a list that is read afterwards, also where CAKE still shows the old", async () => {
    const { live: postbacks } = await live([row(1)]);
    postbacks.record(changed);
    postbacks.record(added);
    expect(await seen(postbacks)).toEqual([changed, added]);
    expect([...(await postbacks.ofAffiliate(67890)).rows.values()]).toEqual([changed]);
  });

  it("is not undone by a read that was under way", async () => {
    const { cake, live: postbacks } = await live([row(1)]);
    const hold = cake.pause("list", { when: "after" });
    const reading = seen(postbacks);
    await hold.arrived;
    postbacks.record(changed);
    postbacks.record(added);
    hold.release();
    expect(await reading).toEqual([changed, added]);
  });

  it("shows in a read by affiliate", async () => {
    const { live: postbacks } = await live([row(1), row(2)]);
    await postbacks.ofAffiliate(67890);
    postbacks.record(changed);
    postbacks.record(row(3));
    expect([...(await postbacks.ofAffiliate(67890)).rows.values()]).toEqual([changed, row(2), row(3)]);
  });

  it("does not prove that the list showed anything", async () => {
    const { live: postbacks } = await live([]);
    postbacks.record(added);
    expect(await postbacks.all()).toMatchObject({ answered: 0 });
  });
});
