import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { check } from "../../../provider/lifecycle/check";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { savedState } from "../../../provider/lifecycle/state";
import {
  callsOf,
  failure,
  inputsOf,
  killedWhileCreating,
  NEW_URL,
  OTHER_URN,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
  WITHOUT_LIST,
} from "./support";

const inputs = { ...inputsOf() };

describe("a delete", () => {
  it("deactivates the postback and says, once, that CAKE cannot do more", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    const { context, told, writes } = run();
    for (const id of [5, 6]) await remove(context, String(id), stateOf(rowOf(id), cake.domain));
    expect(cake.postbacks()).toEqual([5, 6].map((id) => rowOf(id, { postbackStatus: "inactive" })));
    expect(cake.requests.find(({ operation }) => operation === "update")?.fields).toEqual({
      ...{ postback_id: 5, postback_status: "inactive" },
    });
    expect(callsOf(cake)).toMatchObject({ create: 0, update: 2 });
    expect(told).toEqual([expect.stringContaining("CAKE cannot delete postbacks")]);
    expect(writes.asked).toBe(2);
  });

  it("of an inactive postback makes no write", async () => {
    const inactive = rowOf(5, { postbackStatus: "inactive" });
    const { cake, run } = await startCake({ postbacks: [inactive] });
    await remove(run().context, "5", stateOf(rowOf(5), cake.domain));
    expect(callsOf(cake)).toMatchObject({ create: 0, update: 0 });
  });

  it("of many runs one alone first", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(4) });
    const { context } = run();
    const pause = cake.pause("update");
    const deletes = cake
      .postbacks()
      .map((row) => remove(context, String(row.postbackId), stateOf(row, cake.domain)));
    await pause.arrived;
    expect(callsOf(cake).update).toBe(1);
    pause.release();
    await Promise.all(deletes);
    expect(callsOf(cake)).toMatchObject({ update: 4, filtered: 1 });
  });

  it("of a record that somebody changed in CAKE is refused", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: NEW_URL });
    const { message } = await failure(remove(run().context, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("[changed-in-cake]");
    expect(callsOf(cake).update).toBe(0);
    await remove(run({ env: { CAKE_ON_DRIFT: "overwrite" } }).context, "5", stateOf(rowOf(5), cake.domain));
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });

  it("of a postback of another instance is refused without a call: delete has no diff before it", async () => {
    const { cake, other, run } = await startCake({ postbacks: [rowOf(5)] });
    const { message } = await failure(remove(run().context, "5", stateOf(rowOf(5), other.domain)));
    expect(message).toContain(`lives on ${other.domain}`);
    expect(cake.requests).toEqual([]);
  });

  it("of a postback on an instance that was renamed goes on", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run({ config: { formerDomains: "old.example" } });
    await remove(context, "5", stateOf(rowOf(5), "old.example"));
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });

  it("that CAKE answers with Success and does not carry out fails", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.behave({ update: "ignore" });
    const { context } = run();
    expect(await failure(remove(context, "5", stateOf(rowOf(5), cake.domain)))).toMatchObject({
      name: "PartialFailure",
    });
    await failure(remove(context, "6", stateOf(rowOf(6), cake.domain)));
    expect(callsOf(cake).update).toBe(1);
  });
});

describe("a postback that is not at CAKE any more", () => {
  it("stops the delete, unless a person says that it is really gone", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const state = stateOf(rowOf(5), cake.domain);
    const { message } = await failure(remove(run().context, "5", state));
    expect(message).toContain("CAKE_ON_MISSING=forget:5");
    await remove(run({ env: { CAKE_ON_MISSING: "forget:5" } }).context, "5", state);
    expect(callsOf(cake).update).toBe(0);
  });
});

describe("a postback that a create of the same run has", () => {
  it("stays active, also where the engine deletes the old resource after it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context, told } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    await create(context, URN, inputsOf());
    await remove(context, "5", stateOf(rowOf(5), cake.domain));
    expect(cake.postbacks()).toEqual([rowOf(5)]);
    expect(callsOf(cake).update).toBe(0);
    expect(told.join()).toContain("another resource of this run has it now");
  });
});

it("the delete after an adoption that changed the record leaves it alone, and succeeds", async () => {
  const before = rowOf(5, { postbackUrl: URL.replaceAll("#", "%23") });
  const { cake, run } = await startCake({ postbacks: [before] });
  const { context } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
  await create(context, URN, inputsOf());
  await remove(context, "5", stateOf(before, cake.domain));
  expect(cake.postbacks()).toEqual([rowOf(5)]);
});

describe("where nothing can be updated", () => {
  const documented = { endpoints: "documented", apiKey: undefined };

  it("the work is named without a key and without a call", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run({ config: documented });
    const { message } = await failure(remove(context, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toMatch(/^Postback 5 .*in CAKE: set the status to inactive\./);
    expect(message).toContain("(or destroy)");
    expect(cake.requests).toEqual([]);
  });

  it("a postback that the state knows to be inactive needs none", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5, { postbackStatus: "inactive" }), cake.domain);
    await remove(run({ config: documented }).context, "5", state);
    expect(cake.requests).toEqual([]);
  });

  it.each([404, 405] as const)(
    "an answer of HTTP %i changed nothing and stops, and is no work list",
    async (missingAnswer) => {
      const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
      cake.behave({ update: "missing", missingAnswer });
      const { message } = await failure(remove(run().context, "5", stateOf(rowOf(5), cake.domain)));
      expect(message).toContain("[update-endpoint-missing]");
      expect(message).toContain("pulumi config set cake:endpoints documented");
      expect(cake.postbacks()).toEqual([rowOf(5)]);
    },
  );

  it("a person's word finishes it, for exactly the records that it names", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    const folder = mkdtempSync(join(tmpdir(), "cake-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "done.txt"), "5");
    const env = { CAKE_CONFIRMED_IDS_FILE: join(folder, "done.txt") };
    const { context } = run({ config: documented, env });
    await remove(context, "5", stateOf(rowOf(5), cake.domain));
    await failure(remove(context, "6", stateOf(rowOf(6), cake.domain)));
    expect(cake.requests).toEqual([]);
  });
});

describe("a postback that another resource of the run has", () => {
  it("stays active where a diff has seen that its resource keeps it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const state = stateOf(rowOf(5), cake.domain);
    check(context, OTHER_URN, inputs, { ...inputs });
    diff(context, OTHER_URN, "5", state, inputs);
    await remove(context, "5", state);
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("is not one that only a refresh has compared", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const state = stateOf(rowOf(5), cake.domain);
    diff(context, OTHER_URN, "5", state, inputs);
    await remove(context, "5", state);
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });

  it.each(["adopts first", "deactivates first"])(
    "in another process is taken or deactivated, and never both: one %s",
    async (order) => {
      const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
      const engine = "127.0.0.1:4001";
      const [adopting, removing] = [run({ engine }), run({ engine })];
      const state = stateOf(rowOf(5), cake.domain);
      const adopt = () => create(adopting.context, URN, inputsOf({ adopt: { postbackId: 5 } }));
      if (order === "adopts first") {
        await adopt();
        await remove(removing.context, "5", state);
        expect(removing.told.join()).toContain("another resource of this run has it now");
        expect(cake.postbacks()).toEqual([rowOf(5)]);
      } else {
        await remove(removing.context, "5", state);
        expect(await failure(adopt())).toMatchObject({ code: "being-deactivated" });
        expect(cake.postback(5)?.postbackStatus).toBe("inactive");
      }
    },
  );

  it("in a process of another run says nothing", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    await create(run().context, URN, inputsOf({ adopt: { postbackId: 5 } }));
    await remove(run().context, "5", stateOf(rowOf(5), cake.domain));
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });

  it("on another instance, with the same ID, says nothing", async () => {
    const { cake, other, run } = await startCake();
    const engine = "127.0.0.1:4002";
    const state = stateOf(cake.add(inputsOf()), cake.domain);
    const { postbackId } = other.add(inputsOf());
    expect(postbackId).toBe(state.postbackId);
    const there = run({ engine, config: { domain: other.url, apiKey: other.apiKey } });
    await create(there.context, URN, inputsOf({ adopt: { postbackId } }));
    await remove(run({ engine }).context, String(postbackId), state);
    expect(cake.postback(postbackId)?.postbackStatus).toBe("inactive");
  });

  it("by two declarations is named in the next full run, and nothing is deactivated", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5), cake.domain);
    const { context } = run();
    check(context, URN, inputs, { ...inputs });
    diff(context, URN, "5", state, inputs);
    check(context, OTHER_URN, inputs, { ...inputs });
    expect(await failure(() => diff(context, OTHER_URN, "5", state, inputs))).toMatchObject({
      code: "owned-twice",
    });
    await remove(context, "5", state);
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });
});

describe("a rename without an alias", () => {
  it("is refused at the create, and the delete that goes on all the same is, too: nobody has the postback", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    expect(await failure(create(context, OTHER_URN, inputsOf()))).toMatchObject({
      code: "equal-postback-is-live",
    });
    const state = stateOf(rowOf(5), cake.domain);
    expect(await failure(remove(context, "5", state))).toMatchObject({ code: "delete-of-asked-for" });
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("of a type that no article tells is refused also after a refresh in the same run", async () => {
    const row = rowOf(5, { postbackType: "iFrame" });
    const { cake, run } = await startCake({ postbacks: [row] });
    const { context } = run();
    const state = stateOf(row, cake.domain, { postbackTypeId: 2 });
    await read(context, "5", state);
    diff(context, URN, "5", state, inputsOf({ postbackTypeId: 2 }));
    expect(await failure(create(context, OTHER_URN, inputsOf({ postbackTypeId: 2 })))).toMatchObject({
      code: "equal-postback-is-live",
    });
    expect(cake.postbacks()).toEqual([row]);
  });

  it("ends well with CAKE_ON_EXISTING=adopt, also in a run that refreshes first", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    const state = stateOf(rowOf(5), cake.domain);
    await read(context, "5", state);
    diff(context, URN, "5", state, inputs);
    expect((await create(context, OTHER_URN, inputsOf())).id).toBe("5");
    await remove(context, "5", state);
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("across two providers of one instance is refused in both processes", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const engine = "127.0.0.1:4002";
    const [creating, removing] = [run({ engine }), run({ engine })];
    await failure(create(creating.context, OTHER_URN, inputsOf()));
    const state = stateOf(rowOf(5), cake.domain);
    expect(await failure(remove(removing.context, "5", state))).toMatchObject({
      code: "delete-of-asked-for",
    });
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });
});

describe("the delete of a replacement that deletes first", () => {
  const server = () => rowOf(5);
  const news = inputsOf({ postbackTypeId: 3 });

  async function replacing(postbacks = [server()]) {
    const world = await startCake({ postbacks });
    const { context } = world.run();
    const state = stateOf(server(), world.cake.domain);
    check(context, URN, inputs, { ...news });
    expect(diff(context, URN, "5", state, news)).toMatchObject({ deleteBeforeReplace: true });
    return { ...world, context, state };
  }

  it("goes on where the create can succeed", async () => {
    const { cake, context, state } = await replacing();
    await remove(context, "5", state);
    check(context, URN, {}, { ...news });
    const { outs } = await create(context, URN, news);
    expect(outs).toMatchObject({ postbackTypeId: 3 });
    expect(cake.postbacks().map(({ postbackStatus }) => postbackStatus)).toEqual(["inactive", "active"]);
  });

  it("is refused where the create would find an equal postback: the partner would have nothing", async () => {
    const { cake, context, state } = await replacing([server(), rowOf(6, { postbackType: "Image" })]);
    expect(await failure(remove(context, "5", state))).toMatchObject({ code: "equal-postback-is-live" });
    expect(cake.postback(5)?.postbackStatus).toBe("active");
  });

  it("is refused where creates of this run were stopped", async () => {
    const { cake, context, state } = await replacing();
    cake.injectFault({ on: "create", fault: { kind: "html" } });
    const pause = cake.pause("create");
    const unclear = failure(create(context, OTHER_URN, inputsOf({ affiliateId: 9 })));
    await pause.arrived;
    cake.behave({ totalRows: 9 });
    pause.release();
    expect(await unclear).toMatchObject({ code: "create-outcome-unknown" });
    cake.behave({ totalRows: true });
    expect(await failure(remove(context, "5", state))).toMatchObject({ code: "stopped-by-earlier-write" });
    expect(cake.postback(5)?.postbackStatus).toBe("active");
  });

  it("whose create fails once can be finished by the next run", async () => {
    const { cake, run, context, state } = await replacing([
      rowOf(5, { postbackType: "iFrame" }),
      ...otherRows(3, 10),
    ]);
    await remove(context, "5", { ...state, postbackType: "iFrame", postbackTypeId: 2 });
    cake.injectFault({ on: "create", fault: { kind: "refused", message: "Not today" } });
    expect((await failure(create(context, URN, inputs))).message).toContain("Not today");
    const { outs } = await create(run().context, URN, inputs);
    expect(outs.postbackTypeId).toBe(1);
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });
});

it("a postback whose adoption failed half-way is deactivated by a later destroy", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackStatus: "inactive" })] });
  cake.behave({ update: "blank" });
  const failed = await failure(create(run().context, URN, inputsOf({ adopt: { postbackId: 5 } })));
  expect(failed).toMatchObject({ name: "PartialFailure", id: "5" });
  cake.recover();
  cake.edit(5, { postbackUrl: URL, postbackStatus: "active" });
  const { context } = run();
  const { props } = await read(context, "5", stateOf(rowOf(5), cake.domain));
  await remove(context, "5", savedState("5", props));
  expect(cake.postback(5)?.postbackStatus).toBe("inactive");
});

it("a deactivation that CAKE answers and does not do is not believed", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
  cake.behave({ update: "ignore" });
  cake.injectFault({
    on: "update",
    fault: { kind: "altered", alter: (answer) => switchedOff(answer) },
    times: Infinity,
  });
  const { message } = await failure(remove(run().context, "5", stateOf(rowOf(5), cake.domain)));
  expect(message).toContain("[update-ignored]");
});

function switchedOff(answer: unknown): unknown {
  const { postback, ...rest } = answer as { postback: object };
  return { ...rest, postback: { ...postback, postback_status: "inactive" } };
}

describe("a replacement by the engine after a diff that replaces nothing", () => {
  async function kept() {
    const world = await startCake({ postbacks: [rowOf(5)] });
    const { context } = world.run();
    const state = stateOf(rowOf(5), world.cake.domain);
    check(context, URN, inputs, { ...inputs });
    expect(diff(context, URN, "5", state, inputs)).toMatchObject({ changes: false });
    check(context, URN, {}, { ...inputs });
    return { ...world, context, state };
  }

  it("stops at the create, beside the equal record that the resource keeps", async () => {
    const { cake, context } = await kept();
    expect(await failure(create(context, URN, inputsOf()))).toMatchObject({
      code: "equal-postback-is-live",
    });
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("deactivates the first record where the resource has another one now", async () => {
    const { cake, context, state } = await kept();
    await create(context, URN, inputsOf({ offerId: 7 }));
    await remove(context, "5", state);
    expect(cake.postbacks().map(({ postbackStatus }) => postbackStatus)).toEqual(["inactive", "active"]);
  });
});

describe("a delete that goes on after its run was refused the record", () => {
  it("by an adoption of another declaration is refused", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run();
    const adopting = create(context, OTHER_URN, inputsOf({ postbackUrl: NEW_URL, adopt: { postbackId: 5 } }));
    expect(await failure(adopting)).toMatchObject({ code: "adopt-differs" });
    expect(await failure(remove(context, "5", stateOf(rowOf(5), cake.domain)))).toMatchObject({
      code: "delete-of-asked-for",
    });
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("because another resource made it, where there is no list, is refused", async () => {
    const { cake, run } = await startCake();
    const { id, outs } = await create(run(WITHOUT_LIST).context, URN, inputsOf());
    const { context } = run(WITHOUT_LIST);
    expect(await failure(create(context, OTHER_URN, inputsOf()))).toMatchObject({ code: "made-before" });
    expect(await failure(remove(context, id, outs))).toMatchObject({ code: "delete-of-asked-for" });
    expect(cake.postbacks()).toEqual([rowOf(8801)]);
  });

  it("because an interrupted create has left it is refused", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after");
    const { context } = world.run();
    expect(await failure(create(context, OTHER_URN, inputsOf()))).toMatchObject({
      code: "interrupted-create-left",
    });
    const state = stateOf(rowOf(8801), world.cake.domain);
    expect(await failure(remove(context, "8801", state))).toMatchObject({ code: "delete-of-asked-for" });
    expect(world.cake.postbacks()).toEqual([rowOf(8801)]);
  });
});

describe("the delete that the program's own deleteBeforeReplace puts before the create", () => {
  const news = inputsOf({ offerId: 7 });

  async function replacing(others = [rowOf(6, { offerId: 8 })]) {
    const world = await startCake({ postbacks: [rowOf(5), ...others] });
    const { context } = world.run();
    const state = stateOf(rowOf(5), world.cake.domain);
    check(context, URN, inputs, { ...news });
    expect(diff(context, URN, "5", state, news)).toMatchObject({ deleteBeforeReplace: false });
    return { ...world, context, state };
  }

  it("is refused where the create would find an equal postback: the partner would have nothing", async () => {
    const { cake, context, state } = await replacing([rowOf(6, { offerId: 7 })]);
    expect(await failure(remove(context, "5", state))).toMatchObject({ code: "equal-postback-is-live" });
    expect(cake.postback(5)?.postbackStatus).toBe("active");
  });

  it("goes on where the create can succeed", async () => {
    const { cake, context, state } = await replacing();
    await remove(context, "5", state);
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });
});
