import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { read } from "../../../provider/lifecycle/read";
import { update } from "../../../provider/lifecycle/update";
import { urlParts } from "../../../provider/postback/url";
import {
  callsOf,
  failure,
  inputsOf,
  NEW_URL,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
  WITHOUT_LIST,
  type World,
} from "./support";

const changed = inputsOf({ postbackUrl: NEW_URL });
const inactive = inputsOf({ postbackStatus: "inactive" });

/** The fields of the first update. */
const sentBy = (cake: World["cake"]) => cake.requests.find(({ operation }) => operation === "update")?.fields;

describe("an update", () => {
  it("reads the record, sends what changed and nothing else, and reads the first of a run back", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context, writes } = run();
    const { outs } = await update(context, URN, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs).toEqual({
      ...stateOf(rowOf(5, { postbackUrl: NEW_URL }), cake.domain),
      urlParts: urlParts(NEW_URL),
    });
    const operations = cake.requests.map(({ operation }) => operation);
    expect(operations[0]).toBe("list");
    expect(operations.slice(operations.indexOf("update"))).toEqual(["update", "list"]);
    expect(sentBy(cake)).toEqual({ postback_id: 5, postback_url: NEW_URL });
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
    await update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), inputsOf(changes));
    expect(sentBy(cake)).toEqual({ postback_id: 5, ...fields });
  });

  it("is done without a write where the live record is as declared already", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: NEW_URL })] });
    const { outs } = await update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs).toMatchObject({ postbackUrl: NEW_URL });
    expect(callsOf(cake)).toMatchObject({ create: 0, update: 0 });
  });

  it("is sent again after a lost answer: it sets values", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.injectFault({ on: "update", fault: { kind: "reset", when: "after" } });
    const { outs } = await update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs.postbackUrl).toBe(NEW_URL);
    expect(callsOf(cake).update).toBe(2);
  });

  it("of many runs one alone first, then the others", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(6) });
    const { context } = run();
    const pause = cake.pause("update");
    const updates = cake.postbacks().map((row) =>
      update(context, URN, String(row.postbackId), stateOf(row, cake.domain), {
        ...inputsOf(),
        ...{ affiliateId: row.affiliateId, offerId: row.offerId, postbackUrl: `${row.postbackUrl}&v=2` },
      }),
    );
    await pause.arrived;
    expect(callsOf(cake)).toMatchObject({ update: 1 });
    pause.release();
    await Promise.all(updates);
    expect(callsOf(cake)).toMatchObject({ create: 0, update: 6 });
    expect(cake.postbacks().every(({ postbackUrl }) => postbackUrl.endsWith("&v=2"))).toBe(true);
  });

  it("where the settings say that there is no list trusts the state", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run(WITHOUT_LIST);
    const { outs } = await update(context, URN, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(outs.postbackUrl).toBe(NEW_URL);
    expect(callsOf(cake)).toEqual({ create: 0, update: 1, list: 0, filtered: 0 });
  });

  it("of a postback of another instance is refused without a call", async () => {
    const { cake, other, run } = await startCake({ postbacks: [rowOf(5)] });
    const error = await failure(update(run().context, URN, "5", stateOf(rowOf(5), other.domain), changed));
    expect(error.message).toContain(`lives on ${other.domain}`);
    expect(cake.requests).toEqual([]);
  });

  it("of a postback that CAKE no longer shows is refused", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(2, 10) });
    const state = stateOf(rowOf(5), cake.domain);
    expect((await failure(update(run().context, URN, "5", state, changed))).message).toContain(
      "no longer shows",
    );
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(update(context, URN, "5", state, changed))).message).toContain("pulumi refresh");
    expect(callsOf(cake)).toMatchObject({ update: 0 });
  });
});

describe("a record that somebody changed in CAKE since Pulumi last saw it", () => {
  const elsewhere = "https://elsewhere.example/postback?cid=#s2#&payout=#price#&token=0th3r";

  it.each([
    [{ postbackUrl: elsewhere }, 'postbackUrl (host), postbackUrl (parameter "token")'],
    [{ postbackStatus: "paused" }, "postbackStatus"],
    [{ affiliateId: 1, offerId: 0 }, "affiliateId, offerId"],
    [{ postbackType: "iFrame" }, "postbackType"],
  ])("is not overwritten: %j", async (edit, parts) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, edit);
    const { message } = await failure(
      update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), changed),
    );
    expect(message).toContain("Postback 5 (affiliate 67890, offer 12345) was changed in CAKE");
    expect(message).toContain(`: ${parts}. Nothing was written`);
    expect(message).toContain("CAKE_ON_DRIFT=overwrite");
    expect(message).not.toMatch(/s3cr3t|0th3r|elsewhere/);
    expect(callsOf(cake).update).toBe(0);
  });

  it("is overwritten with CAKE_ON_DRIFT=overwrite", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: elsewhere, postbackStatus: "inactive" });
    const { context } = run({ env: { CAKE_ON_DRIFT: "overwrite" } });
    await update(context, URN, "5", stateOf(rowOf(5), cake.domain), changed);
    expect(cake.postbacks()).toEqual([rowOf(5, { postbackUrl: NEW_URL })]);
  });

  it("is another's where affiliate and URL differ, and is not overwritten whatever a person says", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { affiliateId: 1, postbackUrl: elsewhere });
    const { context } = run({ env: { CAKE_ON_DRIFT: "overwrite" } });
    const { message } = await failure(update(context, URN, "5", stateOf(rowOf(5), cake.domain), changed));
    expect(message).toContain("another postback under the ID of postback 5");
    expect(callsOf(cake).update).toBe(0);
  });

  it("in the way that is declared now is no conflict", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: NEW_URL });
    const wanted = inputsOf({ postbackUrl: NEW_URL, postbackStatus: "inactive" });
    await update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), wanted);
    expect(sentBy(cake)).toEqual({ postback_id: 5, postback_status: "inactive" });
  });
});

describe("a CAKE whose update does something other than requested", () => {
  it("is stopped at the first record: the others are not sent", async () => {
    // One more, which is no duplicate of the others.
    const unlike = rowOf(8, { offerId: 8 });
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6), rowOf(7), unlike] });
    cake.behave({ update: "blank" });
    const { context } = run();
    const errors = await Promise.all(
      [5, 6, 7].map((id) =>
        failure(update(context, URN, String(id), stateOf(rowOf(id), cake.domain), inactive)),
      ),
    );
    // Which one goes first is not settled.
    const [first, ...others] = errors.sort((one, two) => one.name.localeCompare(two.name));
    expect(first).toMatchObject({ name: "PartialFailure", properties: { postbackUrl: "" } });
    expect(first?.message).toContain("its URL. Conversions may be lost");
    expect(others).toMatchObject(Array(2).fill({ code: "stopped-by-earlier-write" }));
    expect(callsOf(cake).update).toBe(1);
    // What else writes in this run is stopped with it.
    const news = { ...changed, offerId: 8 };
    await failure(update(context, URN, "8", stateOf(unlike, cake.domain), news));
    await failure(remove(context, "7", stateOf(rowOf(7), cake.domain)));
    expect(callsOf(cake).update).toBe(1);
    expect(cake.postbacks().filter(({ postbackUrl }) => postbackUrl === URL)).toHaveLength(3);
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
    const { context } = run();
    const error = await failure(update(context, URN, "5", stateOf(rowOf(5), cake.domain), inactive));
    expect(error).toMatchObject({ name: "PartialFailure", properties: { postbackUrl: "" } });
    await failure(update(context, URN, "6", stateOf(rowOf(6), cake.domain), inactive));
    expect(callsOf(cake).update).toBe(1);
  });

  it.each([{}, WITHOUT_LIST])("that says Success and changes nothing is noticed: %j", async (settings) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ update: "ignore" });
    const error = await failure(
      update(run(settings).context, URN, "5", stateOf(rowOf(5), cake.domain), inactive),
    );
    expect(error).toMatchObject({ name: "PartialFailure", properties: { postbackStatus: "active" } });
    expect(error.message).toContain("its status");
  });

  it("that echoes the request and changes nothing is noticed at the first, and gets no further one", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6, { offerId: 6 })] });
    cake.behave({ update: "echo" });
    const { context } = run();
    const errors = await Promise.all(
      [rowOf(5), rowOf(6, { offerId: 6 })].map((row) =>
        failure(
          update(context, URN, String(row.postbackId), stateOf(row, cake.domain), {
            ...inactive,
            offerId: row.offerId,
          }),
        ),
      ),
    );
    const codes = errors.map((error) => (error as { code?: string }).code).sort();
    expect(codes).toEqual(["stopped-by-earlier-write", "update-ignored"]);
    expect(callsOf(cake).update).toBe(1);
  });

  it.each([
    ["answers 503", { kind: "status", status: 503 }],
    ["breaks off", { kind: "reset" }],
    ["is a web page", { kind: "html" }],
    ["is a refusal", { kind: "refused", message: "Not today" }],
  ] as const)("is not believed where the read that is to prove the first %s", async (_, fault) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6, { offerId: 6 })] });
    cake.behave({ update: "echo" });
    const { context } = run();
    const pause = cake.pause("update", { when: "after" });
    const first = failure(update(context, URN, "5", stateOf(rowOf(5), cake.domain), inactive));
    await pause.arrived;
    cake.injectFault({ on: "list", fault, times: Infinity });
    pause.release();
    const error = await first;
    expect(error).toMatchObject({ code: "update-not-confirmed" });
    expect(error.message).toContain("The state is unchanged");
    cake.recover();
    const state = stateOf(rowOf(6, { offerId: 6 }), cake.domain);
    expect(await failure(remove(context, "6", state))).toMatchObject({ code: "stopped-by-earlier-write" });
    expect(callsOf(cake).update).toBe(1);
  });

  it.each(["ignored", "refused"] as const)(
    "is noticed in a list of more than a page whose filters are %s",
    async (filters) => {
      const { cake, run } = await startCake({ postbacks: [...otherRows(700), rowOf(9_000)] });
      cake.behave({ update: "echo", filters });
      const state = stateOf(rowOf(9_000), cake.domain);
      expect(await failure(update(run().context, URN, "9000", state, changed))).toMatchObject({
        code: "update-ignored",
      });
    },
  );
});

describe("a list that cannot be read stops an update", () => {
  it.each([
    ["one 404 of a load balancer", { kind: "status", status: 404, body: "default backend - 404" }],
    ["a web page", { kind: "html" }],
    [
      "words of CAKE",
      { kind: "refused", message: "An unknown error occurred while performing the requested action" },
    ],
  ] as const)("%s: what somebody changed is not overwritten, and not deactivated", async (_, fault) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: "https://by.hand.example/" });
    cake.injectFault({ on: "list", fault, times: Infinity });
    await failure(update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), changed));
    await failure(remove(run().context, "5", stateOf(rowOf(5), cake.domain)));
    expect(callsOf(cake).update).toBe(0);
    expect(cake.postback(5)?.postbackUrl).toBe("https://by.hand.example/");
  });
});

describe("a URL that CAKE spells otherwise", () => {
  const escaping = (url: string) => url.replaceAll("&", "&amp;");

  it("is told, kept as declared, and not sent again", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: escaping });
    const { outs: made } = await create(run().context, URN, inputsOf());
    const { context, told } = run();
    const { outs } = await update(context, URN, "8801", made, changed);
    expect(outs).toMatchObject({ postbackUrl: NEW_URL, __echo: expect.any(String) });
    expect(told.join()).toContain("in another spelling than it was sent");
    expect(told.join()).not.toMatch(/s3cr3t|%23/);
    const next = run();
    const { props } = await read(next.context, "8801", outs);
    expect(props).toEqual(outs);
    await update(next.context, URN, "8801", outs, changed);
    expect(callsOf(cake).update).toBe(1);
  });

  it("does not count as blanked when only the status changes", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: escaping });
    const { outs: made } = await create(run().context, URN, inputsOf());
    const { outs } = await update(run().context, URN, "8801", made, inactive);
    expect(outs).toEqual({ ...made, postbackStatus: "inactive" });
  });
});

describe("where nothing can be updated", () => {
  const both = inputsOf({ postbackUrl: NEW_URL, postbackStatus: "inactive" });

  it("by setting, the work is named without a key and without a call", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run({ config: { endpoints: "documented", apiKey: undefined } });
    const { message } = await failure(update(context, URN, "5", stateOf(rowOf(5), cake.domain), both));
    expect(message).toMatch(
      /^Postback 5 .*in CAKE: change the URL \(path\) and set the status to inactive\./,
    );
    expect(message).toContain("CAKE_CONFIRMED_IDS_FILE=<file>");
    expect(message).not.toMatch(/s3cr3t|tracker\.example/);
    expect(cake.requests).toEqual([]);
  });

  it.each([404, 405] as const)(
    "an answer of HTTP %i changed nothing and stops, and is no work list",
    async (missingAnswer) => {
      const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
      cake.behave({ update: "missing", missingAnswer });
      const { message } = await failure(
        update(run().context, URN, "5", stateOf(rowOf(5), cake.domain), both),
      );
      expect(message).toContain("[update-endpoint-missing]");
      expect(message).toContain(`was not changed: HTTP ${missingAnswer}`);
      expect(message.match(/not changed|[Nn]othing was changed/g)).toHaveLength(1);
      expect(message).toContain("cake:paths update=its/path");
      expect(message).not.toContain("CAKE_CONFIRMED_IDS_FILE");
      expect(cake.postbacks()).toEqual([rowOf(5)]);
    },
  );

  it("an edit by hand is recorded where a person vouches for it, for exactly that record", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    const { context } = run({
      config: { endpoints: "documented", apiKey: undefined },
      env: { CAKE_CONFIRMED_IDS_FILE: fileOf("5\n") },
    });
    const { outs } = await update(context, URN, "5", stateOf(rowOf(5), cake.domain), both);
    expect(outs).toEqual(
      stateOf(rowOf(5, { postbackUrl: NEW_URL, postbackStatus: "inactive" }), cake.domain),
    );
    await failure(update(context, URN, "6", stateOf(rowOf(6), cake.domain), both));
    expect(cake.requests).toEqual([]);
  });

  it("an edit by hand that CAKE shows needs nobody's word, and a word against the list counts for nothing", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.edit(5, { postbackUrl: NEW_URL, postbackStatus: "inactive" });
    const { context } = run({ env: { CAKE_CONFIRMED_IDS_FILE: fileOf("6") } });
    const { outs } = await update(context, URN, "5", stateOf(rowOf(5), cake.domain), both);
    expect(outs).toMatchObject({ postbackUrl: NEW_URL, postbackStatus: "inactive" });
    await update(context, URN, "6", stateOf(rowOf(6), cake.domain), both);
    expect(callsOf(cake).update).toBe(1);
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
  const { context } = run();
  const failed = await failure(
    update(context, URN, "5", stateOf(rowOf(5), cake.domain), inputsOf({ postbackUrl: NEW_URL })),
  );
  expect(failed).toMatchObject({ name: "PartialFailure", properties: { postbackUrl: URL } });
  expect(failed.message).toContain("[update-went-wrong]");
});

describe("a postback whose type nobody has seen", () => {
  it("is updated without a false alarm", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5, { postbackType: "not seen" }), cake.domain);
    for (const settings of [{}, WITHOUT_LIST]) {
      cake.edit(5, { postbackUrl: URL });
      const { outs } = await update(run(settings).context, URN, "5", state, changed);
      expect(outs).toMatchObject({ postbackUrl: NEW_URL, postbackType: "Server" });
    }
  });
});
