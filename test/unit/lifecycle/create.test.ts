import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { PartialFailure } from "../../../provider/lifecycle/errors";
import { read } from "../../../provider/lifecycle/read";
import { urlParts } from "../../../provider/postback/url";
import {
  callsOf,
  failure,
  inputsOf,
  NEW_URL,
  opened,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
} from "./support";

const NOTHING_WRITTEN = { create: 0, update: 0 };

describe("a create", () => {
  it("looks, posts once, and reads the first record of a run back", async () => {
    const { cake, run } = await startCake();
    const { session, writes } = run();
    expect(await create(session, inputsOf())).toEqual({
      id: "8801",
      outs: {
        ...inputsOf(),
        ...{ postbackId: 8801, postbackType: "Server", domain: cake.domain, urlParts: urlParts(URL) },
      },
    });
    expect(cake.postbacks()).toEqual([rowOf(8801)]);
    expect(callsOf(cake)).toEqual({ create: 1, update: 0, list: 1, filtered: 1 });
    expect(cake.requests.map(({ operation }) => operation)).toEqual(["list", "create", "list"]);
    expect(writes.asked).toBe(1);
  });

  it("sends every field, defaults too", async () => {
    const { cake, run } = await startCake();
    await create(run().session, inputsOf());
    expect(cake.requests.find(({ operation }) => operation === "create")?.fields).toEqual({
      ...{ affiliate_id: 67890, offer_id: 12345, postback_url: URL },
      ...{ postback_status: "active", postback_type_id: 1 },
    });
  });

  it("of many shares one look, and all wait until the first has succeeded", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(1_200) });
    const { session } = run();
    const pause = cake.pause("create");
    const creates = Array.from({ length: 10 }, (_, index) => create(session, inputsOf({ offerId: index })));
    await pause.arrived;
    expect(callsOf(cake)).toMatchObject({ create: 1, list: 3 });
    pause.release();
    expect(new Set((await Promise.all(creates)).map(({ id }) => id)).size).toBe(10);
    expect(callsOf(cake)).toMatchObject({ create: 10, list: 3, filtered: 1 });
  });

  it("in documented mode neither looks nor reads back", async () => {
    const { cake, run } = await startCake();
    await create(run({ config: { endpoints: "documented" } }).session, inputsOf());
    expect(callsOf(cake)).toEqual({ create: 1, update: 0, list: 0, filtered: 0 });
  });

  it("where there is no list goes on without a look", async () => {
    const { cake, run } = await startCake();
    cake.behave({ list: "missing" });
    await create(run().session, inputsOf());
    expect(cake.postbacks()).toHaveLength(1);
  });

  it("that cannot look posts nothing", async () => {
    const { cake, run } = await startCake();
    cake.injectFault({ on: "list", fault: { kind: "refused", message: "Not today" } });
    expect((await failure(create(run().session, inputsOf()))).message).toContain("Not today");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("without domain and key says how to set both, at the first call", async () => {
    const { message, name } = await failure(create(opened().session, inputsOf()));
    expect(name).toBe("SettingsError");
    for (const words of [
      "cake:domain",
      "CAKE_DOMAIN",
      "--secret cake:apiKey",
      "CAKE_API_KEY",
      "--run-program",
    ]) {
      expect(message).toContain(words);
    }
  });

  it("that CAKE refuses can be made in the same run once it is corrected", async () => {
    const { cake, run } = await startCake();
    const { session } = run();
    cake.injectFault({ on: "create", fault: { kind: "refused", message: "Invalid offer_id" } });
    expect((await failure(create(session, inputsOf()))).message).toContain('"Invalid offer_id"');
    expect((await create(session, inputsOf())).id).toBe("8801");
    expect(cake.postbacks()).toHaveLength(1);
  });
});

describe("an equal record that CAKE already has", () => {
  const twin = rowOf(5);

  it("is not taken over: the create fails, names it, and gives three ways on", async () => {
    const { cake, run } = await startCake({ postbacks: [twin] });
    const { message, name } = await failure(create(run().session, inputsOf()));
    expect(name).toBe("RefusedByGuard");
    expect(message).toContain("postback 5 (affiliate 67890, offer 12345) with the same URL, status and");
    for (const way of ['"aliases"', "adopt: { postbackId: 5 }", "CAKE_ON_EXISTING=adopt"]) {
      expect(message).toContain(way);
    }
    expect(message).not.toContain("tracker.example");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("is taken over with CAKE_ON_EXISTING=adopt, without a write", async () => {
    const { cake, run } = await startCake({ postbacks: [twin] });
    const { session } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    expect(await create(session, inputsOf())).toMatchObject({ id: "5", outs: { postbackId: 5 } });
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 1, filtered: 0 });
  });

  it.each([
    ["inactive", "active"],
    ["active", "inactive"],
    ["Pending Review", "active"],
  ] as const)("but %s where %s is declared is offered instead of a further record", async (has, wants) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackStatus: has })] });
    const inputs = inputsOf({ postbackStatus: wants });
    const { message } = await failure(create(run().session, inputs));
    expect(message).toContain(`its status is "${has}"`);
    expect(message).toContain("adopt: { postbackId: 5 }");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);

    const { session } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    expect(await create(session, inputs)).toMatchObject({ id: "5", outs: { postbackStatus: wants } });
    expect(cake.postbacks()).toEqual([rowOf(5, { postbackStatus: wants })]);
    expect(cake.requests.find(({ operation }) => operation === "update")?.fields).toEqual({
      ...{ postback_id: 5, postback_status: wants },
    });
  });

  it("with the declared status is preferred to one with another", async () => {
    const { run } = await startCake({ postbacks: [rowOf(4, { postbackStatus: "inactive" }), twin] });
    const { session } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    expect((await create(session, inputsOf())).id).toBe("5");
  });

  it("is none with another affiliate, offer, type or URL", async () => {
    const { cake, run } = await startCake({
      postbacks: [rowOf(1, { affiliateId: 1 }), rowOf(2, { offerId: 0 }), rowOf(3, { postbackUrl: NEW_URL })],
    });
    expect((await create(run().session, inputsOf())).id).toBe("4");
    expect(callsOf(cake).create).toBe(1);
  });

  it("that this run itself switched off is switched on again without asking", async () => {
    const { cake, run } = await startCake({ postbacks: [twin] });
    const { session } = run();
    await remove(session, "5", stateOf(twin, cake.domain));
    expect(cake.postback(5)?.postbackStatus).toBe("inactive");
    expect((await create(session, inputsOf())).id).toBe("5");
    expect(cake.postbacks()).toEqual([twin]);
    expect(callsOf(cake)).toMatchObject({ create: 0, update: 2 });
  });
});

describe("a list that is not whole", () => {
  it("does not stop a create whose own affiliate and offer can be listed whole", async () => {
    const { cake, run } = await startCake({
      postbacks: [...otherRows(3), rowOf(50, { postbackUrl: NEW_URL })],
    });
    cake.behave({ answerRow: (row) => (row.postback_id === 1 ? { ...row, postback_id: "?" } : row) });
    expect((await create(run().session, inputsOf())).id).toBe("51");
  });

  it("still shows a twin in the rows of the pair", async () => {
    const { cake, run } = await startCake({ postbacks: [...otherRows(30), rowOf(50)] });
    let lists = 0;
    cake.behave({
      visible: (row) => row.postbackId !== 50 || cake.calls("list") > 1,
      totalRows: 31,
      afterPage: () => {
        lists += 1;
        cake.behave({ totalRows: true });
      },
    });
    expect((await failure(create(run().session, inputsOf()))).message).toContain("already has postback 50");
    expect(lists).toBe(2);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("stops a create whose own affiliate and offer cannot be listed whole, either", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3) });
    cake.behave({ totalRows: 7 });
    const { message } = await failure(create(run().session, inputsOf()));
    expect(message).toContain("not whole: the list says that it has 7 rows, and 3 different ones came");
    expect(callsOf(cake)).toMatchObject({ ...NOTHING_WRITTEN, filtered: 1 });
  });
});

describe("a record that the program names", () => {
  const adopting = (changes = {}) => inputsOf({ adopt: { postbackId: 5 }, ...changes });

  it("is taken over as it is", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(4), rowOf(5)] });
    const { id, outs } = await create(run().session, adopting());
    expect(id).toBe("5");
    expect(outs).not.toHaveProperty("adopt");
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 1, filtered: 0 });
  });

  it("gets the declared status", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackStatus: "inactive" })] });
    expect(await create(run().session, adopting())).toMatchObject({ outs: { postbackStatus: "active" } });
    expect(cake.postback(5)?.postbackStatus).toBe("active");
  });

  it("is refused where it is another postback, with what differs and no value", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session } = run();
    const changes = { affiliateId: 1, offerId: 0, postbackTypeId: 2 as const, postbackUrl: NEW_URL };
    const { message } = await failure(create(session, adopting(changes)));
    expect(message).toContain("differs from the declared one in");
    for (const part of ["affiliateId", "offerId", "postbackTypeId", "postbackUrl (path)"]) {
      expect(message).toContain(part);
    }
    expect(message).not.toMatch(/s3cr3t|tracker\.example/);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("is refused where CAKE does not show it, or cannot be looked at", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(7)] });
    expect((await failure(create(run().session, adopting()))).message).toContain("is not in CAKE's list");
    const documented = run({ config: { endpoints: "documented" } });
    expect((await failure(create(documented.session, adopting()))).message).toContain("cannot be seen");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("is refused to a second resource", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5, { postbackType: "Pixel" })] });
    const { session } = run();
    await create(session, adopting({ postbackTypeId: 3 }));
    const { message } = await failure(create(session, adopting({ postbackTypeId: 2 })));
    expect(message).toContain("Two resources of this program would take over postback 5");
  });

  it("is refused to a second resource that decided at the same time", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackType: "Pixel" })] });
    const { session } = run();
    const list = cake.pause("list");
    const both = ([2, 3] as const).map((type) => create(session, adopting({ postbackTypeId: type })));
    await list.arrived;
    list.release();
    const results = await Promise.allSettled(both);
    const ids = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.id] : []));
    expect(ids.filter((id) => id === "5")).toHaveLength(1);
  });

  it("may be switched off again in the same run where taking it over failed", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackStatus: "inactive" })] });
    const { session } = run();
    cake.injectFault({ on: "update", fault: { kind: "refused", message: "No" } });
    await failure(create(session, adopting()));
    expect(session.claims.holds(5)).toBe(false);
  });
});

describe("two resources that declare one postback", () => {
  it("make one: the second is refused, whether it comes at once or later", async () => {
    const { cake, run } = await startCake();
    const { session } = run();
    const first = create(session, inputsOf());
    const { message } = await failure(create(session, inputsOf({ __origin: "origin-2" })));
    expect(message).toContain("Two resources declare the same postback");
    await first;
    expect((await failure(create(session, inputsOf()))).message).toContain("Two resources declare");
    expect(callsOf(cake).create).toBe(1);
  });
});

describe("a record that is imported", () => {
  const importing = (changes = {}) => inputsOf({ adopt: { postbackId: 5, exactly: true }, ...changes });

  it("is taken into the state without a write where it is exactly as declared", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    expect((await create(run().session, importing())).id).toBe("5");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it.each([
    ["postbackStatus", { postbackStatus: "inactive" as const }],
    ["postbackUrl (spelling)", { postbackUrl: URL.replaceAll("&", "&amp;") }],
    ["offerId", { offerId: 1 }],
  ])("is refused where its %s is another, and nothing is changed", async (field, changes) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { message } = await failure(create(run().session, importing(changes)));
    expect(message).toContain("Postback 5 cannot be adopted");
    expect(message).toContain(field);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });
});

describe("a CAKE that writes over another postback instead of adding one", () => {
  it("is noticed at the first create, and gets no further one", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: NEW_URL })] });
    cake.behave({ create: "overwrite" });
    const { session } = run();
    const urls = [0, 1, 2, 3].map((index) => `${URL}&n=${index}`);
    const creates = urls.map((postbackUrl) => create(session, inputsOf({ postbackUrl })));
    const errors = await Promise.all(creates.map(failure));
    expect(errors[0]?.message).toContain("wrote affiliate 67890, offer 12345 over postback 5");
    expect(errors.map(({ message }) => message)).toEqual(Array(4).fill(errors[0]?.message));
    expect(callsOf(cake).create).toBe(1);
    expect((await failure(create(session, inputsOf({ offerId: 1 })))).message).toBe(errors[0]?.message);
    expect(callsOf(cake).create).toBe(1);
  });

  it("is noticed also between two creates of one run", async () => {
    const { cake, run } = await startCake();
    cake.behave({ create: "overwrite" });
    const { session } = run();
    await create(session, inputsOf());
    const { message } = await failure(create(session, inputsOf({ postbackUrl: NEW_URL })));
    expect(message).toContain("over postback 8801, which was live before");
    expect((await failure(create(session, inputsOf({ offerId: 1 })))).message).toBe(message);
    expect(callsOf(cake).create).toBe(2);
  });

  it("is noticed without a list, too, between two creates of one run", async () => {
    const { cake, run } = await startCake();
    cake.behave({ create: "overwrite" });
    const { session } = run({ config: { endpoints: "documented" } });
    await create(session, inputsOf());
    const { message } = await failure(create(session, inputsOf({ postbackUrl: NEW_URL })));
    expect(message).toContain("over postback 8801");
  });
});

describe("a create whose outcome is unclear", () => {
  const unclear = [
    { kind: "reset", when: "after" },
    { kind: "brokenOff" },
    { kind: "truncated" },
    { kind: "empty", when: "after" },
    { kind: "html", when: "after" },
    { kind: "status", status: 502, when: "after" },
    { kind: "redirect", status: 302, location: "/", when: "after" },
  ] as const;

  it.each(unclear)("is settled by a look, and never sent again: $kind", async (fault) => {
    const { cake, run } = await startCake();
    cake.injectFault({ on: "create", fault });
    expect((await create(run().session, inputsOf())).id).toBe("8801");
    expect(cake.postbacks()).toEqual([rowOf(8801)]);
    expect(callsOf(cake).create).toBe(1);
  });

  it("is settled also where the list is late", async () => {
    const { cake, run } = await startCake();
    const { session, clock } = run();
    cake.behave({ listLag: 2 });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    expect((await create(session, inputsOf())).id).toBe("8801");
    expect(clock.pauses).toEqual([0, 2_100, 4_900]);
    expect(callsOf(cake).create).toBe(1);
  });

  it("did nothing where the whole list proves it: the message says so, and the next run may try", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3) });
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    const { message } = await failure(create(run().session, inputsOf()));
    expect(message).toContain("did not reach CAKE");
    expect(message).toContain("run again");
    expect(callsOf(cake)).toMatchObject({ create: 1, list: 2 });
    expect((await create(run().session, inputsOf())).id).toBe("4");
  });

  const saysWhatToCheck = (message: string) => {
    expect(message).toMatch(/^Outcome unknown/);
    for (const words of ["It is not sent again", "api_logs.json", "adopt: { postbackId: <its id> }"]) {
      expect(message).toContain(words);
    }
  };

  it.each([
    ["there is no list", { list: "missing" }],
    ["the list is empty", {}],
  ] as const)("stays unknown where %s, and the message says what to check", async (_, behaviour) => {
    const { cake, run } = await startCake();
    cake.behave(behaviour);
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    saysWhatToCheck((await failure(create(run().session, inputsOf()))).message);
    expect(callsOf(cake).create).toBe(1);
  });

  it.each([
    ["is no longer whole", { totalRows: 9 }],
    ["can no longer be read", { list: "missing" }],
  ] as const)("stays unknown where the list %s after it", async (_, behaviour) => {
    const { cake, run } = await startCake({ postbacks: otherRows(3) });
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    const pause = cake.pause("create");
    const pending = failure(create(run().session, inputsOf()));
    await pause.arrived;
    cake.behave(behaviour);
    pause.release();
    saysWhatToCheck((await pending).message);
    expect(callsOf(cake).create).toBe(1);
  });

  it("is not settled with a record that another resource of the run holds", async () => {
    const { cake, run } = await startCake({
      postbacks: [...otherRows(2), rowOf(5, { postbackType: "Pixel" })],
    });
    const { session } = run({ env: { CAKE_ON_EXISTING: "adopt" } });
    await create(session, inputsOf({ postbackTypeId: 2 }));
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    saysWhatToCheck((await failure(create(session, inputsOf({ postbackTypeId: 3 })))).message);
    expect(callsOf(cake).create).toBe(1);
  });

  it("is left to a person where several new records could be it", async () => {
    const { cake, run } = await startCake();
    const pause = cake.pause("create", { when: "after" });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    const pending = failure(create(run().session, inputsOf()));
    await pause.arrived;
    cake.add({ affiliateId: 67890, offerId: 12345, postbackUrl: URL });
    pause.release();
    const { message } = await pending;
    expect(message).toContain("postbacks 8801, 8802");
    expect(message).toContain("Switch all but one off");
  });

  it("that wrote over another postback is noticed, too", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: NEW_URL })] });
    cake.behave({ create: "overwrite" });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    expect((await failure(create(run().session, inputsOf()))).message).toContain("over postback 5");
  });
});

describe("a record that CAKE made otherwise than declared", () => {
  it.each([
    ["status", { postback_status: "inactive" }],
    ["affiliate", { affiliate_id: 1 }],
    ["offer", { offer_id: 1 }],
  ])("is kept in the state with what is wrong: %s", async (field, wrong) => {
    const { cake, run } = await startCake();
    cake.behave({ list: "missing" });
    cake.injectFault({
      on: "create",
      fault: {
        kind: "altered",
        alter: (answer) => {
          const { postback, ...rest } = answer as { postback: object };
          return { ...rest, postback: { ...postback, ...wrong } };
        },
      },
    });
    const error = await failure(create(run().session, inputsOf()));
    expect(error).toMatchObject({ name: "PartialFailure", id: "8801", properties: { postbackId: 8801 } });
    expect(error.message).toContain(`its ${field} differ`);
  });

  it("of another type is kept so, too", async () => {
    const { run } = await startCake();
    const { cake, run: runOther } = await startCake();
    cake.behave({ typeNames: { 1: "Server", 2: "Server", 3: "Image", 4: "JavaScript" } });
    const error = await failure(create(runOther().session, inputsOf({ postbackTypeId: 2 })));
    expect(error).toMatchObject({ name: "PartialFailure", id: "8801" });
    expect((await create(run().session, inputsOf({ postbackTypeId: 2 }))).outs.postbackTypeId).toBe(2);
  });
});

describe("a URL that CAKE spells otherwise", () => {
  it("is told once for the record, by parts and without values, and kept as declared", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: (url) => url.replaceAll("&", "&amp;") });
    const { session, told } = run();
    const { outs } = await create(session, inputsOf());
    expect(outs).toMatchObject({ postbackUrl: URL, __echo: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('different: parameter "payout"');
    expect(told[0]).not.toMatch(/s3cr3t|amp|tracker\.example/);
  });

  it("in its list only is seen at the first create, and then every record is read back", async () => {
    const { cake, run } = await startCake();
    const escaped = (row: Record<string, unknown>) => ({
      ...row,
      postback_url: String(row.postback_url).replaceAll("&", "&amp;"),
    });
    cake.behave({ answerRow: escaped });
    const { session } = run();
    const made = await Promise.all([0, 1, 2].map((offerId) => create(session, inputsOf({ offerId }))));
    expect(callsOf(cake)).toMatchObject({ create: 3, list: 1, filtered: 3 });
    const next = run().session;
    for (const { id, outs } of made) expect((await read(next, id, outs)).props).toEqual(outs);
  });
});

it("a create whose outcome is unknown keeps an equal one of the same run from being sent", async () => {
  const { cake, run } = await startCake();
  cake.behave({ list: "missing" });
  cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
  const { session } = run();
  expect((await failure(create(session, inputsOf()))).message).toContain("Outcome unknown");
  expect((await failure(create(session, inputsOf()))).message).toContain(
    "Two resources declare the same postback",
  );
  expect(cake.postbacks()).toHaveLength(1);
});

it("a web page in place of the list stops a create before it is sent", async () => {
  const { cake, run } = await startCake();
  cake.injectFault({ on: "list", fault: { kind: "html" } });
  expect((await failure(create(run().session, inputsOf()))).message).toContain("web page instead of data");
  expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
});

describe("what CAKE made of a create", () => {
  it.each([
    ["URL", { storeUrl: (url: string) => url.slice(0, 20) }],
    ["URL", { storeUrl: (url: string) => url.replaceAll("#", "%23") }],
    ["status", { answerRow: (row: Record<string, unknown>) => ({ ...row, postback_status: "inactive" }) }],
  ])("is kept in the state, and stops the others, where its %s is wrong", async (field, behaviour) => {
    const { cake, run } = await startCake();
    cake.behave(behaviour);
    const { session } = run();
    const made = await Promise.allSettled([1, 2, 3].map((offerId) => create(session, inputsOf({ offerId }))));
    expect(made.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    // Which one goes first is not settled.
    const first = made.find((one) => one.status === "rejected" && one.reason instanceof PartialFailure);
    expect(first).toMatchObject({ reason: { name: "PartialFailure", id: "8801" } });
    expect(String(first?.status === "rejected" && first.reason)).toContain(`its ${field} differ`);
    expect(callsOf(cake).create).toBe(1);
  });

  it("stops the others where the list does not show it", async () => {
    const { cake, run } = await startCake();
    cake.behave({ visible: () => false });
    const { session, told } = run();
    await create(session, inputsOf());
    expect(told.join()).toContain("does not show postback 8801");
    expect((await failure(create(session, inputsOf({ offerId: 1 })))).message).toContain("Nothing was sent");
    expect(callsOf(cake).create).toBe(1);
  });

  it("is not taken for proof of absence where it is spelt otherwise and its answer is lost", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(1, { offerId: 1 })] });
    cake.behave({ storeUrl: (url) => url.slice(0, 20) });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    expect((await failure(create(run().session, inputsOf()))).message).toContain("Outcome unknown");
  });
});

it("a record with the URL in another spelling is refused like an equal one, and corrected when it is taken over", async () => {
  const { cake, run } = await startCake({
    postbacks: [rowOf(5, { postbackUrl: URL.replaceAll("#", "%23") })],
  });
  expect((await failure(create(run().session, inputsOf()))).message).toContain("CAKE already has postback 5");
  await create(run({ env: { CAKE_ON_EXISTING: "adopt" } }).session, inputsOf());
  expect(cake.postbacks()).toEqual([rowOf(5)]);
});

it("a record of another type that this run switched off is not switched on for the new type", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackType: "iFrame" })] });
  const { session } = run();
  await remove(
    session,
    "5",
    stateOf(rowOf(5, { postbackType: "iFrame" }), cake.domain, { postbackTypeId: 2 }),
  );
  const { id } = await create(session, inputsOf({ postbackTypeId: 3 }));
  expect(id).not.toBe("5");
  expect(cake.postback(5)?.postbackStatus).toBe("inactive");
});

describe("a CAKE that cannot be looked at", () => {
  it("is told once, and an unclear create stops the others", async () => {
    const { cake, run } = await startCake();
    cake.behave({ list: "missing" });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    const { session, told } = run();
    const made = await Promise.all(
      [1, 2, 3].map((offerId) => failure(create(session, inputsOf({ offerId })))),
    );
    // Which one goes first is not settled.
    expect(made.map(({ message }) => message.split(":")[0]).sort()).toEqual([
      ...Array(2).fill("Nothing was sent for this postback"),
      "Outcome unknown",
    ]);
    expect(callsOf(cake).create).toBe(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("created without a look");
  });

  it("lets a person vouch for a record that is to be adopted", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ list: "missing" });
    const file = join(mkdtempSync(join(tmpdir(), "pulumi-cake-")), "ids");
    writeFileSync(file, "5\n");
    const { session } = run({ env: { CAKE_CONFIRM_MANUAL: file } });
    const adopting = inputsOf({ adopt: { postbackId: 5 } });
    expect(await create(session, adopting)).toMatchObject({ id: "5", outs: { postbackTypeId: 1 } });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("stops where the user said that the list is there", async () => {
    const { cake, run } = await startCake();
    const { session } = run({ config: { paths: '{"list":"/api/2/mistyped.json"}' } });
    expect((await failure(create(session, inputsOf()))).message).toContain("has no such endpoint");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });
});
