import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { callsOf, failure, inputsOf, NEW_URL, otherRows, rowOf, startCake, stateOf } from "./support";

describe("a delete", () => {
  it("switches the postback off and says, once, that CAKE cannot do more", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    const { session, told, writes } = run();
    for (const id of [5, 6]) await remove(session, String(id), stateOf(rowOf(id), cake.domain));
    expect(cake.postbacks()).toEqual([5, 6].map((id) => rowOf(id, { postbackStatus: "inactive" })));
    expect(cake.requests[1]?.fields).toEqual({ postback_id: 5, postback_status: "inactive" });
    expect(callsOf(cake)).toEqual({ create: 0, update: 2, list: 1, filtered: 1 });
    expect(told).toEqual([expect.stringContaining("CAKE cannot delete postbacks")]);
    expect(writes.asked).toBe(2);
  });

  it("of an inactive postback makes no write", async () => {
    const inactive = rowOf(5, { postbackStatus: "inactive" });
    const { cake, run } = await startCake({ postbacks: [inactive] });
    await remove(run().session, "5", stateOf(rowOf(5), cake.domain));
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 1, filtered: 0 });
  });

  it("of many runs one alone first", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(4) });
    const { session } = run();
    const pause = cake.pause("update");
    const deletes = cake
      .postbacks()
      .map((row) => remove(session, String(row.postbackId), stateOf(row, cake.domain)));
    await pause.arrived;
    expect(callsOf(cake).update).toBe(1);
    pause.release();
    await Promise.all(deletes);
    expect(callsOf(cake)).toMatchObject({ update: 4, list: 1, filtered: 1 });
  });

  it("of a record that somebody changed in CAKE is refused", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: NEW_URL });
    const { message } = await failure(remove(run().session, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("Somebody changed postback 5");
    expect(callsOf(cake).update).toBe(0);
    await remove(run({ env: { CAKE_ON_DRIFT: "overwrite" } }).session, "5", stateOf(rowOf(5), cake.domain));
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });

  it("of a postback of another instance is refused without a call: delete has no diff before it", async () => {
    const { cake, other, run } = await startCake({ postbacks: [rowOf(5)] });
    const { message } = await failure(remove(run().session, "5", stateOf(rowOf(5), other.domain)));
    expect(message).toContain(`lives on ${other.domain}`);
    expect(cake.requests).toEqual([]);
  });

  it("of a postback on an instance that was renamed goes on", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session } = run({ config: { formerDomains: "old.example" } });
    await remove(session, "5", stateOf(rowOf(5), "old.example"));
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
  });

  it("that CAKE answers with Success and does not carry out fails", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.behave({ update: "ignore" });
    const { session } = run();
    expect(await failure(remove(session, "5", stateOf(rowOf(5), cake.domain)))).toMatchObject({
      name: "PartialFailure",
    });
    await failure(remove(session, "6", stateOf(rowOf(6), cake.domain)));
    expect(callsOf(cake).update).toBe(1);
  });
});

describe("a postback that is not at CAKE any more", () => {
  it("stops the delete, unless a person says that it is really gone", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const state = stateOf(rowOf(5), cake.domain);
    const { message } = await failure(remove(run().session, "5", state));
    expect(message).toContain("CAKE_ON_MISSING=forget:5");
    await remove(run({ env: { CAKE_ON_MISSING: "forget:5" } }).session, "5", state);
    expect(callsOf(cake).update).toBe(0);
  });
});

describe("a postback that a create of the same run has", () => {
  it("stays active, also where the engine deletes the old resource after it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session, told } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    await create(session, inputsOf());
    await remove(session, "5", stateOf(rowOf(5), cake.domain));
    expect(cake.postbacks()).toEqual([rowOf(5)]);
    expect(callsOf(cake).update).toBe(0);
    expect(told.join()).toContain("stays as it is: another resource of the stack has it now");
  });
});

describe("where nothing can be updated", () => {
  const documented = { endpoints: "documented", apiKey: undefined };

  it("the work is named without a key and without a call", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session } = run({ config: documented });
    const { message } = await failure(remove(session, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("postback 5: set the status to inactive");
    expect(message).toContain("(or destroy)");
    expect(cake.requests).toEqual([]);
  });

  it("a postback that the state knows to be inactive needs none", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5, { postbackStatus: "inactive" }), cake.domain);
    await remove(run({ config: documented }).session, "5", state);
    expect(cake.requests).toEqual([]);
  });

  it("because the endpoint is missing, the work is named, too", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ update: "missing", missingAnswer: "refusal" });
    const { message } = await failure(remove(run().session, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("postback 5: set the status to inactive");
    expect(message).toContain("Unknown method");
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("a person's word finishes it, for exactly the records that it names", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    const folder = mkdtempSync(join(tmpdir(), "cake-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "done.txt"), "5");
    const env = { CAKE_CONFIRM_MANUAL: join(folder, "done.txt") };
    const { session } = run({ config: documented, env });
    await remove(session, "5", stateOf(rowOf(5), cake.domain));
    await failure(remove(session, "6", stateOf(rowOf(6), cake.domain)));
    expect(cake.requests).toEqual([]);
  });
});

it("a postback that another resource keeps stays active in the run after an interrupted rename", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
  const { session } = run();
  const state = stateOf(rowOf(5), cake.domain, { __origin: "new name" });
  diff(session, "5", state, { ...inputsOf(), __origin: "new name" });
  await remove(session, "5", { ...state, __origin: "old name" });
  expect(cake.postbacks()).toEqual([rowOf(5)]);
});

it("a switching off that CAKE answers and does not do is not believed", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
  cake.behave({ update: "ignore" });
  cake.injectFault({
    on: "update",
    fault: { kind: "altered", alter: (answer) => switchedOff(answer) },
    times: Infinity,
  });
  const { message } = await failure(remove(run().session, "5", stateOf(rowOf(5), cake.domain)));
  expect(message).toContain("its list still shows the old values");
});

function switchedOff(answer: unknown): unknown {
  const { postback, ...rest } = answer as { postback: object };
  return { ...rest, postback: { ...postback, postback_status: "inactive" } };
}
