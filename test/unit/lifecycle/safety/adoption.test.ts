import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/lifecycle/check";
import { create } from "../../../../provider/lifecycle/create";
import { remove } from "../../../../provider/lifecycle/delete";
import { diff } from "../../../../provider/lifecycle/diff";
import {
  callsOf,
  DOCUMENTED,
  entriesIn,
  failure,
  inputsOf,
  journalFolder,
  leaveEntry,
  NEW_URL,
  OTHER_URN,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
  WITHOUT_LIST,
} from "../support";

const NOTHING_WRITTEN = { create: 0, update: 0 };
const BROKEN = "https://tracker.example/postback?cid={clickid}&payout=#price#&token=s3cr3t";
const adopting = (changes = {}) => inputsOf({ adopt: { postbackId: 5 }, ...changes });

describe("a record that the program names", () => {
  it("is adopted as it is", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(4, { offerId: 9 }), rowOf(5)] });
    const { id, outs } = await create(run().context, URN, adopting());
    expect(id).toBe("5");
    expect(outs).not.toHaveProperty("adopt");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("gets the declared status and spelling", async () => {
    const row = rowOf(5, { postbackStatus: "inactive", postbackUrl: URL.replaceAll("#", "%23") });
    const { cake, run } = await startCake({ postbacks: [row] });
    expect(await create(run().context, URN, adopting())).toMatchObject({
      outs: { postbackStatus: "active" },
    });
    expect(cake.postback(5)).toEqual(rowOf(5));
  });

  it("is not activated beside an equal active one", async () => {
    const { cake, run } = await startCake({
      postbacks: [rowOf(5, { postbackStatus: "inactive" }), rowOf(6)],
    });
    expect(await failure(create(run().context, URN, adopting()))).toMatchObject({
      code: "equal-postback-is-live",
    });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("is refused where it is another postback, with what differs and no value", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const changes = { affiliateId: 1, offerId: 0, postbackTypeId: 2, postbackUrl: NEW_URL };
    const { message } = await failure(create(run().context, URN, adopting(changes)));
    expect(message).toContain("[adopt-differs]");
    for (const part of ["affiliateId", "offerId", "postbackTypeId", "postbackUrl (path)"])
      expect(message).toContain(part);
    expect(message).not.toMatch(/s3cr3t|tracker\.example/);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("is refused where CAKE does not show it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(7)] });
    expect(await failure(create(run().context, URN, adopting()))).toMatchObject({ code: "adopt-not-found" });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("may have a type whose name no article tells: it becomes what is declared", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5, { postbackType: "iFrame" })] });
    const { outs } = await create(run().context, URN, adopting({ postbackTypeId: 2 }));
    expect(outs).toMatchObject({ postbackTypeId: 2, postbackType: "iFrame" });
  });
});

describe("a URL that breaks a rule", () => {
  it("is adopted where it is byte for byte the live one", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: BROKEN })] });
    expect((await create(run().context, URN, adopting({ postbackUrl: BROKEN }))).id).toBe("5");
  });

  it("is refused in another spelling than the live one: that is a new URL", async () => {
    const live = BROKEN.replaceAll("#", "%23");
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: live })] });
    const error = await failure(create(run().context, URN, adopting({ postbackUrl: BROKEN })));
    expect(error).toMatchObject({ code: "adopt-breaks-rules" });
    expect(error.message).not.toContain("s3cr3t");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("is refused at the edit that follows the adoption, while adopt stays in the program", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5)] });
    const first = run().context;
    check(first, URN, {}, { ...adopting() });
    await create(first, URN, adopting());
    const { failures } = check(
      run().context,
      URN,
      { ...adopting() },
      { ...adopting({ postbackUrl: BROKEN }) },
    );
    expect(failures).toHaveLength(1);
  });
});

describe("an adoption that stays in the program", () => {
  it("does not stand in the way of another type: the old record goes, and the new one is made", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const news = adopting({ postbackTypeId: 3 });
    const state = stateOf(rowOf(5), cake.domain);
    const { inputs: first } = check(context, URN, { ...adopting() }, { ...news });
    diff(context, URN, "5", state, first);
    const { inputs } = check(context, URN, {}, { ...news });
    await remove(context, "5", state);
    const { id } = await create(context, URN, inputs as unknown as ReturnType<typeof inputsOf>);
    expect(id).toBe("6");
    expect(cake.postbacks().map(({ postbackStatus }) => postbackStatus)).toEqual(["inactive", "active"]);
  });

  it("does not stand in the way of another affiliate", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const news = adopting({ affiliateId: 9 });
    const { inputs: first } = check(context, URN, { ...adopting() }, { ...news });
    diff(context, URN, "5", stateOf(rowOf(5), cake.domain), first);
    const { inputs } = check(context, URN, {}, { ...news });
    await create(context, URN, inputs as unknown as ReturnType<typeof inputsOf>);
    expect(cake.postbacks()).toHaveLength(2);
  });
});

describe("a record for two resources", () => {
  const unnamed = { postbackType: "Pixel" };

  it("is refused to the second", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5, unnamed)] });
    const { context } = run();
    await create(context, URN, adopting({ postbackTypeId: 3 }));
    expect(await failure(create(context, OTHER_URN, adopting({ postbackTypeId: 2 })))).toMatchObject({
      code: "already-owned",
    });
  });

  it("is refused to one of two that decide at the same time, also in two processes of one run", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, unnamed)] });
    const engine = "127.0.0.1:5001";
    for (const contexts of [[run().context], [run({ engine }).context, run({ engine }).context]]) {
      const list = cake.pause("list");
      const both = ([2, 3] as const).map((type, index) =>
        create(
          contexts[index % contexts.length] ?? run().context,
          `urn-${type}`,
          adopting({ postbackTypeId: type }),
        ),
      );
      await list.arrived;
      list.release();
      const results = await Promise.allSettled(both);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });

  it("is free again in the same run where adopting it failed, and is not deactivated for that", async () => {
    const row = rowOf(5, { postbackUrl: URL.replaceAll("#", "%23") });
    const { cake, run } = await startCake({ postbacks: [row] });
    const { context } = run();
    cake.injectFault({ on: "update", fault: { kind: "refused", message: "No" } });
    await failure(create(context, URN, adopting()));
    expect(context.ownership.isOwned(5)).toBe(false);
    expect(await failure(remove(context, "5", stateOf(row, cake.domain)))).toMatchObject({
      code: "delete-of-asked-for",
    });
  });
});

describe("a record that is imported", () => {
  const importing = (changes = {}) => inputsOf({ adopt: { postbackId: 5, exactly: true }, ...changes });

  it("goes into the state without a write where it is exactly as declared", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    expect((await create(run().context, URN, importing())).id).toBe("5");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it.each([
    ["postbackStatus", { postbackStatus: "inactive" as const }],
    ["postbackUrl (spelling)", { postbackUrl: URL.replaceAll("&", "&amp;") }],
    ["offerId", { offerId: 1 }],
  ])("is refused where its %s is another, and nothing is changed", async (field, changes) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const error = await failure(create(run().context, URN, importing(changes)));
    expect(error).toMatchObject({ code: "adopt-differs" });
    expect(error.message).toContain(field);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });
});

describe("where the settings say that there is no list", () => {
  const confirmed = () => {
    const file = join(journalFolder(), "ids");
    writeFileSync(file, "5\n");
    return { CAKE_CONFIRMED_IDS_FILE: file };
  };

  it.each([WITHOUT_LIST, DOCUMENTED])("a record is adopted on a person's word only: %j", async (settings) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const error = await failure(create(run(settings).context, URN, adopting()));
    expect(error).toMatchObject({ code: "adopt-unseen" });
    const { context } = run({ ...settings, env: confirmed() });
    expect(await create(context, URN, adopting())).toMatchObject({
      ...{ id: "5", outs: { postbackTypeId: 1, postbackType: "not seen" } },
    });
    expect(cake.requests).toEqual([]);
  });
});

it("an adoption of another affiliate's record does not settle what an interrupted create has left", async () => {
  const foreign = rowOf(50, { affiliateId: 5, offerId: 5 });
  const { cake, run, journal } = await startCake({ postbacks: [rowOf(49), foreign] });
  leaveEntry(journal, cake.domain, { phase: "sent" });
  const moved = inputsOf({ affiliateId: 5, offerId: 5 });
  await create(run().context, URN, { ...moved, adopt: { postbackId: 50 } });
  const { context } = run();
  check(context, URN, { ...moved }, { ...moved });
  diff(context, URN, "50", stateOf(foreign, cake.domain), moved);
  expect(entriesIn(journal)).toHaveLength(1);
  expect(await failure(create(run().context, OTHER_URN, inputsOf()))).toMatchObject({
    code: "interrupted-create-left",
  });
});
