import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { read } from "../../../provider/lifecycle/read";
import { update } from "../../../provider/lifecycle/update";
import { urlParts } from "../../../provider/postback/url";
import { callsOf, failure, inputsOf, NEW_URL, otherRows, rowOf, startCake, stateOf, URL } from "./support";

const changed = inputsOf({ postbackUrl: NEW_URL });

describe("an update", () => {
  it("looks, sends what changed and nothing else, and reads the first of a run back", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session, writes } = run();
    const { outs } = await update(session, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs).toEqual({
      ...stateOf(rowOf(5, { postbackUrl: NEW_URL }), cake.domain),
      ...{ urlParts: urlParts(NEW_URL), __origin: "origin-1" },
    });
    expect(cake.requests.map(({ operation }) => operation)).toEqual(["list", "update", "list"]);
    expect(cake.requests[1]?.fields).toEqual({ postback_id: 5, postback_url: NEW_URL });
    expect(cake.postbacks()).toEqual([rowOf(5, { postbackUrl: NEW_URL })]);
    expect(writes.asked).toBe(1);
  });

  it.each([
    [{ postbackStatus: "inactive" }, { postback_status: "inactive" }],
    [
      { postbackUrl: NEW_URL, postbackStatus: "inactive" },
      { postback_url: NEW_URL, postback_status: "inactive" },
    ],
  ] as const)("of %j sends %j", async (changes, fields) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    await update(run().session, "5", stateOf(rowOf(5), cake.domain), inputsOf(changes));
    expect(cake.requests[1]?.fields).toEqual({ postback_id: 5, ...fields });
  });

  it("is done without a write where the live record is as declared already", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: NEW_URL })] });
    const { outs } = await update(run().session, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs).toMatchObject({ postbackUrl: NEW_URL, __origin: "origin-1" });
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 1, filtered: 0 });
  });

  it("is sent again after a lost answer: it sets values", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.injectFault({ on: "update", fault: { kind: "reset", when: "after" } });
    const { outs } = await update(run().session, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs.postbackUrl).toBe(NEW_URL);
    expect(callsOf(cake).update).toBe(2);
  });

  it("of many runs one alone first, then the others", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(6) });
    const { session } = run();
    const pause = cake.pause("update");
    const updates = cake.postbacks().map((row) =>
      update(session, String(row.postbackId), stateOf(row, cake.domain), {
        ...inputsOf(),
        ...{ affiliateId: row.affiliateId, offerId: row.offerId, postbackUrl: `${row.postbackUrl}&v=2` },
      }),
    );
    await pause.arrived;
    expect(callsOf(cake)).toMatchObject({ update: 1, list: 1 });
    pause.release();
    await Promise.all(updates);
    expect(callsOf(cake)).toEqual({ create: 0, update: 6, list: 1, filtered: 1 });
    expect(cake.postbacks().every(({ postbackUrl }) => postbackUrl.endsWith("&v=2"))).toBe(true);
  });

  it("without a list trusts the state", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ list: "missing" });
    const { outs } = await update(run().session, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs.postbackUrl).toBe(NEW_URL);
  });

  it("of a postback of another instance is refused without a call", async () => {
    const { cake, other, run } = await startCake({ postbacks: [rowOf(5)] });
    const error = await failure(update(run().session, "5", stateOf(rowOf(5), other.domain), changed));
    expect(error.message).toContain(`lives on ${other.domain}`);
    expect(cake.requests).toEqual([]);
  });

  it("of a postback that CAKE no longer shows is refused", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(2, 10) });
    const state = stateOf(rowOf(5), cake.domain);
    expect((await failure(update(run().session, "5", state, changed))).message).toContain("no longer shows");
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(update(session, "5", state, changed))).message).toContain("pulumi refresh");
    expect(callsOf(cake)).toMatchObject({ update: 0 });
  });
});

describe("a record that somebody changed in CAKE since Pulumi last saw it", () => {
  const elsewhere = "https://elsewhere.example/postback?cid=#s2#&payout=#price#&token=0th3r";

  it.each([
    [{ postbackUrl: elsewhere }, 'postbackUrl (host), postbackUrl (parameter "token")'],
    [{ postbackStatus: "paused" }, "postbackStatus"],
    [{ affiliateId: 1, offerId: 0 }, "affiliateId, offerId"],
  ])("is not overwritten: %j", async (edit, parts) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, edit);
    const { message } = await failure(update(run().session, "5", stateOf(rowOf(5), cake.domain), changed));
    expect(message).toContain(`Somebody changed postback 5 (affiliate 67890, offer 12345) in CAKE`);
    expect(message).toContain(`: ${parts}. Nothing was written`);
    expect(message).toContain("CAKE_ON_DRIFT=overwrite");
    expect(message).not.toMatch(/s3cr3t|0th3r|elsewhere/);
    expect(callsOf(cake).update).toBe(0);
  });

  it("is overwritten with CAKE_ON_DRIFT=overwrite", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: elsewhere, postbackStatus: "inactive" });
    const { session } = run({ env: { CAKE_ON_DRIFT: "overwrite" } });
    await update(session, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(cake.postbacks()).toEqual([rowOf(5, { postbackUrl: NEW_URL })]);
  });

  it("is another's where affiliate and URL differ, and is not overwritten whatever a person says", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { affiliateId: 1, postbackUrl: elsewhere });
    const { session } = run({ env: { CAKE_ON_DRIFT: "overwrite" } });
    const { message } = await failure(update(session, "5", stateOf(rowOf(5), cake.domain), changed));
    expect(message).toContain("another postback under the id of postback 5");
    expect(callsOf(cake).update).toBe(0);
  });

  it("in the way that is declared now is no conflict", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: NEW_URL });
    const wanted = inputsOf({ postbackUrl: NEW_URL, postbackStatus: "inactive" });
    await update(run().session, "5", stateOf(rowOf(5), cake.domain), wanted);
    expect(cake.requests[1]?.fields).toEqual({ postback_id: 5, postback_status: "inactive" });
  });
});

describe("a CAKE whose update does more or less than it was asked to", () => {
  it("is stopped at the first record: the others are not sent", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6), rowOf(7)] });
    cake.behave({ update: "blank" });
    const { session } = run();
    const inactive = inputsOf({ postbackStatus: "inactive" });
    const errors = await Promise.all(
      [5, 6, 7].map((id) => failure(update(session, String(id), stateOf(rowOf(id), cake.domain), inactive))),
    );
    expect(errors[0]).toMatchObject({ name: "PartialFailure", id: "5", properties: { postbackUrl: "" } });
    expect(errors[0]?.message).toContain("its URL is not as it should be");
    expect(errors.map(({ message }) => message)).toEqual(Array(3).fill(errors[0]?.message));
    expect(callsOf(cake).update).toBe(1);
    // What else writes in this run is stopped with it.
    await failure(update(session, "6", stateOf(rowOf(6), cake.domain), changed));
    await failure(remove(session, "7", stateOf(rowOf(7), cake.domain)));
    expect(callsOf(cake).update).toBe(1);
    expect(cake.postbacks().slice(1)).toEqual([rowOf(6), rowOf(7)]);
  });

  it("that blanks the URL is noticed also where the answer only repeats the request", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.behave({ update: "blank" });
    cake.injectFault({
      on: "update",
      times: 9,
      fault: {
        kind: "altered",
        alter: (answer) => {
          const { postback, ...rest } = answer as { postback: object };
          return { ...rest, postback: { ...postback, postback_url: URL } };
        },
      },
    });
    const { session } = run();
    const inactive = inputsOf({ postbackStatus: "inactive" });
    const error = await failure(update(session, "5", stateOf(rowOf(5), cake.domain), inactive));
    expect(error).toMatchObject({ name: "PartialFailure", properties: { postbackUrl: "" } });
    await failure(update(session, "6", stateOf(rowOf(6), cake.domain), inactive));
    expect(callsOf(cake).update).toBe(1);
  });

  it.each(["ok", "missing"] as const)(
    "that says Success and changes nothing is noticed, list %s",
    async (list) => {
      const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
      cake.behave({ update: "ignore", list });
      const inactive = inputsOf({ postbackStatus: "inactive" });
      const error = await failure(update(run().session, "5", stateOf(rowOf(5), cake.domain), inactive));
      expect(error).toMatchObject({ name: "PartialFailure", properties: { postbackStatus: "active" } });
      expect(error.message).toContain("its status is not as it should be");
    },
  );
});

describe("a URL that CAKE spells otherwise", () => {
  const escaping = (url: string) => url.replaceAll("&", "&amp;");

  it("is told, kept as declared, and not sent again", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: escaping });
    const { outs: made } = await create(run().session, inputsOf());
    const { session, told } = run();
    const { outs } = await update(session, "8801", made, changed);
    expect(outs).toMatchObject({ postbackUrl: NEW_URL, __echo: expect.any(String) });
    expect(told.join()).toContain("in another spelling than it was sent");
    expect(told.join()).not.toMatch(/s3cr3t|%23/);
    const next = run();
    const { props } = await read(next.session, "8801", outs);
    expect(props).toEqual(outs);
    await update(next.session, "8801", outs, changed);
    expect(callsOf(cake).update).toBe(1);
  });

  it("does not count as blanked when only the status changes", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: escaping });
    const { outs: made } = await create(run().session, inputsOf());
    const inactive = inputsOf({ postbackStatus: "inactive" });
    const { outs } = await update(run().session, "8801", made, inactive);
    expect(outs).toEqual({ ...made, postbackStatus: "inactive" });
  });
});

describe("where nothing can be updated", () => {
  const both = inputsOf({ postbackUrl: NEW_URL, postbackStatus: "inactive" });

  it("by setting, the work is named without a key and without a call", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session } = run({ config: { endpoints: "documented", apiKey: undefined } });
    const { message } = await failure(update(session, "5", stateOf(rowOf(5), cake.domain), both));
    expect(message).toContain("postback 5: change the URL (path) and set the status to inactive");
    expect(message).toContain("CAKE_CONFIRM_MANUAL=<file>");
    expect(message).not.toMatch(/s3cr3t|tracker\.example/);
    expect(cake.requests).toEqual([]);
  });

  it("because the endpoint is missing, the work is named, too, with what CAKE answered", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ update: "missing" });
    const { message } = await failure(update(run().session, "5", stateOf(rowOf(5), cake.domain), both));
    expect(message).toContain("postback 5: change the URL (path) and set the status to inactive");
    expect(message).toContain("HTTP 404");
    expect(cake.postbacks()).toEqual([rowOf(5)]);
  });

  it("an edit by hand is recorded where a person vouches for it, for exactly that record", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    const { session } = run({
      config: { endpoints: "documented", apiKey: undefined },
      env: { CAKE_CONFIRM_MANUAL: fileOf("5\n") },
    });
    const { outs } = await update(session, "5", stateOf(rowOf(5), cake.domain), both);
    expect(outs).toEqual({
      ...stateOf(rowOf(5, { postbackUrl: NEW_URL, postbackStatus: "inactive" }), cake.domain),
      __origin: "origin-1",
    });
    await failure(update(session, "6", stateOf(rowOf(6), cake.domain), both));
    expect(cake.requests).toEqual([]);
  });

  it("an edit by hand that CAKE shows needs nobody's word, and a word against the list counts for nothing", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.behave({ update: "missing" });
    cake.edit(5, { postbackUrl: NEW_URL, postbackStatus: "inactive" });
    const { session } = run({ env: { CAKE_CONFIRM_MANUAL: fileOf("6") } });
    const { outs } = await update(session, "5", stateOf(rowOf(5), cake.domain), both);
    expect(outs).toMatchObject({ postbackUrl: NEW_URL, postbackStatus: "inactive" });
    const { message } = await failure(update(session, "6", stateOf(rowOf(6), cake.domain), both));
    expect(message).toContain("CAKE's list still shows the old values");
  });
});

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "done.txt"), text);
  return join(folder, "done.txt");
}

it("an update that CAKE ignores is not recorded as done", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
  cake.behave({ update: "ignore" });
  const { session } = run();
  const failed = await failure(
    update(session, "5", stateOf(rowOf(5), cake.domain), inputsOf({ postbackUrl: NEW_URL })),
  );
  expect(failed).toMatchObject({ name: "PartialFailure", properties: { postbackUrl: URL } });
  expect(failed.message).toContain("its URL is not as it should be");
});

it("a URL that another active postback has is told, because both will fire", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6, { postbackUrl: NEW_URL })] });
  const { session, told } = run();
  await update(session, "5", stateOf(rowOf(5), cake.domain), inputsOf({ postbackUrl: NEW_URL }));
  expect(told.join()).toContain("gets the URL of postback 6, which is active");
});
