import { describe, expect, it } from "vitest";
import { check } from "../../../provider/lifecycle/check";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { urlParts } from "../../../provider/postback/url";
import { failingDisk } from "./failingDisk";
import {
  callsOf,
  DOCUMENTED,
  entriesIn,
  failure,
  inputsOf,
  leaveEntry,
  NEW_URL,
  OTHER_URN,
  opened,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
  WITHOUT_LIST,
} from "./support";

const NOTHING_WRITTEN = { create: 0, update: 0 };

describe("a create", () => {
  it("reads the list, posts once, and reads the first record of a run back", async () => {
    const { cake, run } = await startCake();
    const { context, writes } = run();
    expect(await create(context, URN, inputsOf())).toEqual({
      id: "8801",
      outs: {
        ...inputsOf(),
        ...{ postbackId: 8801, postbackType: "Server", domain: cake.domain, urlParts: urlParts(URL) },
      },
    });
    expect(cake.postbacks()).toEqual([rowOf(8801)]);
    const operations = cake.requests.map(({ operation }) => operation);
    expect(operations.slice(0, operations.indexOf("create"))).not.toEqual([]);
    expect(operations.slice(operations.indexOf("create"))).toEqual(["create", "list"]);
    expect(writes.asked).toBe(1);
  });

  it("sends every field, defaults too", async () => {
    const { cake, run } = await startCake();
    await create(run().context, URN, inputsOf());
    expect(cake.requests.find(({ operation }) => operation === "create")?.fields).toEqual({
      ...{ affiliate_id: 67890, offer_id: 12345, postback_url: URL },
      ...{ postback_status: "active", postback_type_id: 1 },
    });
  });

  it("of many shares one list, and all wait until the first has succeeded", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(1_200) });
    const { context } = run();
    const pause = cake.pause("create");
    const creates = Array.from({ length: 10 }, (_, index) =>
      create(context, `urn-${index}`, inputsOf({ offerId: 1 + index })),
    );
    await pause.arrived;
    expect(callsOf(cake)).toMatchObject({ create: 1, list: 3 });
    pause.release();
    expect(new Set((await Promise.all(creates)).map(({ id }) => id)).size).toBe(10);
    expect(callsOf(cake)).toMatchObject({ create: 10, list: 3, filtered: 1 });
  });

  it.each([DOCUMENTED, WITHOUT_LIST])(
    "where the settings say that there is no list neither reads nor reads back, and says so once: %j",
    async (settings) => {
      const { cake, run } = await startCake();
      const { context, told } = run(settings);
      await create(context, URN, inputsOf());
      await create(context, OTHER_URN, inputsOf({ offerId: 1 }));
      expect(callsOf(cake)).toEqual({ create: 2, update: 0, list: 0, filtered: 0 });
      expect(told).toEqual([expect.stringContaining("[created-unchecked]")]);
    },
  );

  it("without domain and key says how to set both, at the first call", async () => {
    const { message, name } = await failure(create(opened().context, URN, inputsOf()));
    expect(name).toBe("SettingsError");
    for (const words of [
      "cake:domain",
      "CAKE_DOMAIN",
      "--secret cake:apiKey",
      "CAKE_API_KEY",
      "--run-program",
    ])
      expect(message).toContain(words);
  });

  it("that CAKE refuses leaves no entry, and can be made in the same run once it is corrected", async () => {
    const { cake, run, journal } = await startCake();
    const { context } = run();
    cake.injectFault({ on: "create", fault: { kind: "refused", message: "Invalid offer_id" } });
    expect((await failure(create(context, URN, inputsOf()))).message).toContain('"Invalid offer_id"');
    expect(entriesIn(journal)).toEqual([]);
    expect((await create(context, URN, inputsOf())).id).toBe("8801");
    expect(cake.postbacks()).toHaveLength(1);
  });

  it("goes after another one of its affiliate and offer, whose record it could not tell from its own", async () => {
    const { cake, run } = await startCake();
    const { context } = run();
    await create(context, "urn-0", inputsOf({ offerId: 1 }));
    const pause = cake.pause("create", { when: "after" });
    const first = create(context, URN, inputsOf());
    await pause.arrived;
    const second = create(context, OTHER_URN, inputsOf({ postbackUrl: NEW_URL, suppress: { P20: "both" } }));
    // It comes later, and is done while the second one waits.
    await create(context, "urn-3", inputsOf({ offerId: 3 }));
    expect(callsOf(cake).create).toBe(3);
    pause.release();
    await Promise.all([first, second]);
    expect(callsOf(cake).create).toBe(4);
  });

  it("whose engine is gone sends nothing and leaves no entry", async () => {
    const { cake, run, journal } = await startCake();
    const { context } = run();
    context.requireEngine = () => Promise.reject(new Error("gone"));
    expect((await failure(create(context, URN, inputsOf()))).message).toBe("gone");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
    expect(entriesIn(journal)).toEqual([]);
  });

  it("writes statuses as CAKE does not, and is content with a CAKE that writes Active", async () => {
    const { cake, run } = await startCake();
    cake.behave({ statusNames: { active: "Active", inactive: "Inactive" } });
    const { id, outs } = await create(run().context, URN, inputsOf());
    const next = run().context;
    const { props } = await read(next, id, outs);
    expect(diff(next, URN, id, props, inputsOf()).changes).toBe(false);
    await remove(next, id, { ...outs, ...props });
    expect(cake.postback(8801)?.postbackStatus).toBe("inactive");
  });
});

describe("a list that cannot be read stops a create, and its message holds the command to paste", () => {
  const command = "pulumi config set cake:endpoints without-list";

  it.each([404, 405] as const)("HTTP %i", async (missingAnswer) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ list: "missing", missingAnswer });
    expect((await failure(create(run().context, URN, inputsOf()))).message).toContain(command);
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it.each<[string, Parameters<Awaited<ReturnType<typeof startCake>>["cake"]["injectFault"]>[0]["fault"]]>([
    [
      "one 404 of a load balancer that restarts",
      { kind: "status", status: 404, body: "default backend - 404" },
    ],
    ["a web page", { kind: "html" }],
    [
      "words of CAKE that sound like no such method",
      { kind: "refused", message: "An unknown error occurred while performing the requested action" },
    ],
    ["words of CAKE that name an unknown method", { kind: "refused", message: "Unknown method" }],
    ["an empty answer", { kind: "empty" }],
    ["a refusal", { kind: "refused", message: "Not today" }],
    ["a firewall's 403", { kind: "status", status: 403, body: "error code: 1015" }],
    ["another API's JSON", { kind: "status", status: 200, body: { ok: true } }],
  ])("%s: nothing is taken for a CAKE without a list, and the record is not doubled", async (_, fault) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.injectFault({ on: "list", fault, times: Infinity });
    expect((await failure(create(run().context, URN, inputsOf()))).message).not.toBe("It did not fail.");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
    cake.recover();
    expect(await failure(create(run().context, URN, inputsOf()))).toMatchObject({
      code: "equal-postback-is-live",
    });
    expect(cake.postbacks()).toHaveLength(1);
  });

  it("one that is not provably complete", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3) });
    cake.behave({ totalRows: 7 });
    expect(await failure(create(run().context, URN, inputsOf()))).toMatchObject({ code: "list-incomplete" });
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });

  it("one with a row that cannot be read, which is named", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3) });
    cake.behave({ answerRow: (row) => (row.postback_id === 2 ? { ...row, affiliate_id: "?" } : row) });
    const error = await failure(create(run().context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "list-incomplete" });
    expect(error.message).toContain("2");
    expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
  });
});

describe("a total that counts only its page", () => {
  it.each([50, 200, 250, 400])("does not hide an equal record behind a cap of %i rows", async (maxRows) => {
    const { cake, run } = await startCake({ postbacks: [...otherRows(600), rowOf(9_000)] });
    cake.behave({ totalRows: "page", maxRows });
    const { context } = run();
    const others = [1, 2, 3].map((offerId) =>
      failure(create(context, `urn-${offerId}`, inputsOf({ affiliateId: 5, offerId }))),
    );
    const error = await failure(create(context, URN, inputsOf()));
    await Promise.all(others);
    expect(error).toMatchObject({ code: "equal-postback-is-live" });
    expect(cake.postbacks().filter(({ affiliateId }) => affiliateId === 67890)).toHaveLength(1);
  });
});

describe("a CAKE that writes over another postback instead of adding one", () => {
  it("is noticed at the first create, and gets no further one", async () => {
    const { cake, run, journal } = await startCake({
      postbacks: [
        rowOf(5, { postbackUrl: "https://elsewhere.example/?cid=#s2#", postbackStatus: "inactive" }),
      ],
    });
    cake.behave({ create: "overwrite" });
    const { context } = run();
    const errors = await Promise.all(
      [0, 1, 2].map((n) =>
        failure(
          create(context, `urn-${n}`, inputsOf({ postbackUrl: `${URL}&n=${n}`, suppress: { P20: "x" } })),
        ),
      ),
    );
    expect(errors[0]).toMatchObject({ code: "create-overwrote" });
    expect(errors[0]?.message).toContain("postback 5");
    expect(errors.slice(1)).toMatchObject(Array(2).fill({ code: "stopped-by-earlier-write" }));
    expect(callsOf(cake).create).toBe(1);
    expect(entriesIn(journal)).toEqual([]);
  });

  it.each([{}, WITHOUT_LIST])("is noticed between two creates of one run: %j", async (settings) => {
    const { cake, run } = await startCake();
    cake.behave({ create: "overwrite" });
    const { context } = run(settings);
    await create(context, URN, inputsOf());
    const second = create(context, OTHER_URN, inputsOf({ postbackUrl: NEW_URL, suppress: { P20: "x" } }));
    expect(await failure(second)).toMatchObject({ code: "create-overwrote" });
    expect(await failure(create(context, "urn-3", inputsOf({ offerId: 1 })))).toMatchObject({
      code: "stopped-by-earlier-write",
    });
    expect(callsOf(cake).create).toBe(2);
  });

  it("is noticed without a list where another resource of the run has the record", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ create: "overwrite" });
    const { context } = run(WITHOUT_LIST);
    check(context, URN, { ...inputsOf() }, { ...inputsOf() });
    diff(context, URN, "5", stateOf(rowOf(5), cake.domain), inputsOf());
    const second = create(context, OTHER_URN, inputsOf({ postbackUrl: NEW_URL }));
    expect(await failure(second)).toMatchObject({ code: "create-overwrote" });
  });

  it.each([{}, WITHOUT_LIST])(
    "is noticed between creates of two processes that both have read before: %j",
    async (settings) => {
      const { cake, run } = await startCake();
      cake.behave({ create: "overwrite" });
      const [one, other] = [run(settings), run(settings)];
      await create(other.context, "urn-0", inputsOf({ offerId: 1 }));
      await create(one.context, URN, inputsOf());
      const second = create(
        other.context,
        OTHER_URN,
        inputsOf({ postbackUrl: NEW_URL, suppress: { P20: "x" } }),
      );
      expect(await failure(second)).toMatchObject({ code: "create-overwrote" });
    },
  );
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

  it.each(unclear)("is settled by the list, and never sent again: $kind", async (fault) => {
    const { cake, run } = await startCake();
    cake.injectFault({ on: "create", fault });
    expect((await create(run().context, URN, inputsOf())).id).toBe("8801");
    expect(cake.postbacks()).toEqual([rowOf(8801)]);
    expect(callsOf(cake).create).toBe(1);
  });

  it("is settled also where the list is late", async () => {
    const { cake, run } = await startCake();
    const { context, clock } = run();
    cake.behave({ listLag: 2 });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    expect((await create(context, URN, inputsOf())).id).toBe("8801");
    expect(clock.pauses).toEqual([0, 2_100, 4_900]);
    expect(callsOf(cake).create).toBe(1);
  });

  it("did nothing where the complete list proves it: the message says so, and the next run may try", async () => {
    const { cake, run, journal } = await startCake({ postbacks: otherRows(3) });
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    const { context } = run();
    const error = await failure(create(context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "create-not-found" });
    expect(entriesIn(journal)).toEqual([]);
    expect((await create(run().context, URN, inputsOf())).id).toBe("4");
    expect(callsOf(cake).create).toBe(2);
  });

  it.each([
    ["the list is empty", {}, {}],
    ["the list becomes incomplete", {}, { totalRows: 9 }],
    ["the list can no longer be read", {}, { list: "missing" }],
    ["the settings say that there is no list", WITHOUT_LIST, {}],
  ] as const)("stays unknown where %s: the entry stays and is named", async (_, settings, behaviour) => {
    const { cake, run, journal } = await startCake();
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    const pause = cake.pause("create");
    const { context } = run(settings);
    const pending = failure(create(context, URN, inputsOf()));
    await pause.arrived;
    cake.behave(behaviour);
    pause.release();
    const error = await pending;
    expect(error).toMatchObject({ code: "create-outcome-unknown" });
    const [entry = "none"] = entriesIn(journal);
    for (const words of ["It is not sent again", "set adopt.postbackId to its ID", entry])
      expect(error.message).toContain(words);
    expect(callsOf(cake).create).toBe(1);
    expect(await failure(create(context, OTHER_URN, inputsOf({ offerId: 1 })))).toMatchObject({
      code: "stopped-by-earlier-write",
    });
    expect(callsOf(cake).create).toBe(1);
  });

  it("in a CAKE that has no postback yet can be decided by a person", async () => {
    const { cake, run, journal } = await startCake();
    cake.injectFault({ on: "create", fault: { kind: "reset" } });
    await failure(create(run().context, URN, inputsOf()));
    const again = await failure(create(run().context, URN, inputsOf()));
    expect(again).toMatchObject({ code: "interrupted-create-unknown" });
    const word = /CAKE_ON_UNKNOWN=(create:[0-9a-f-]+)/.exec(again.message)?.[1];
    const { context } = run({ env: { CAKE_ON_UNKNOWN: word } });
    expect((await create(context, URN, inputsOf())).id).toBe("8801");
    expect(callsOf(cake).create).toBe(2);
    await read(run().context, "8801", stateOf(rowOf(8801), cake.domain));
    expect(entriesIn(journal)).toEqual([]);
  });

  it("is left to a person where several new records could be it", async () => {
    const { cake, run } = await startCake();
    const pause = cake.pause("create", { when: "after" });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    const pending = failure(create(run().context, URN, inputsOf()));
    await pause.arrived;
    cake.add({ affiliateId: 67890, offerId: 12345, postbackUrl: URL });
    pause.release();
    const error = await pending;
    expect(error).toMatchObject({ code: "create-outcome-unknown" });
    expect(error.message).toContain("8801, 8802");
  });

  it("is not proven absent by a new record that is spelled otherwise", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(1, { offerId: 1 })] });
    cake.behave({ storeUrl: (url) => url.slice(0, 20) });
    cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    expect(await failure(create(run().context, URN, inputsOf()))).toMatchObject({
      code: "create-outcome-unknown",
    });
  });
});

describe("what CAKE made of a create", () => {
  it.each([
    ["URL", { storeUrl: (url: string) => url.slice(0, 20) }],
    ["URL", { storeUrl: (url: string) => url.replaceAll("#", "%23") }],
    ["status", { answerRow: (row: Record<string, unknown>) => ({ ...row, postback_status: "inactive" }) }],
    ["affiliate", { answerRow: (row: Record<string, unknown>) => ({ ...row, affiliate_id: 1 }) }],
    ["type", { typeNames: { 1: "Server", 2: "Server", 3: "Server", 4: "Server" } }],
  ])("is kept in the state, and stops the others, where its %s is wrong", async (field, behaviour) => {
    const { cake, run } = await startCake();
    cake.behave(behaviour);
    const { context } = run();
    const made = await Promise.all(
      [1, 2, 3].map((offerId) =>
        failure(create(context, `urn-${offerId}`, inputsOf({ offerId, postbackTypeId: 2 }))),
      ),
    );
    // Which one goes first is not settled.
    const [first, ...others] = made.sort((one, two) => one.name.localeCompare(two.name));
    expect(first).toMatchObject({ name: "PartialFailure", id: "8801", properties: { postbackId: 8801 } });
    expect(first?.message).toContain(`its ${field} differ`);
    expect(others).toMatchObject(Array(2).fill({ code: "stopped-by-earlier-write" }));
    expect(callsOf(cake).create).toBe(1);
  });

  it("is kept in the state, and stops the others, where the list does not show it", async () => {
    const { cake, run } = await startCake();
    cake.behave({ visible: () => false });
    const { context } = run();
    const error = await failure(create(context, URN, inputsOf()));
    expect(error).toMatchObject({ name: "PartialFailure", id: "8801", properties: { postbackId: 8801 } });
    expect(error.message).toContain("[create-not-confirmed]");
    expect(await failure(create(context, OTHER_URN, inputsOf({ offerId: 1 })))).toMatchObject({
      code: "stopped-by-earlier-write",
    });
    expect(callsOf(cake).create).toBe(1);
  });

  it("may have a type whose name no article tells", async () => {
    const { run } = await startCake();
    const { outs } = await create(run().context, URN, inputsOf({ postbackTypeId: 2 }));
    expect(outs).toMatchObject({ postbackTypeId: 2, postbackType: "iFrame" });
  });
});

describe("a URL that CAKE spells otherwise", () => {
  it("is told once for the record, by parts and without values, and kept as declared", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: (url) => url.replaceAll("&", "&amp;") });
    const { context, told } = run();
    const { outs } = await create(context, URN, inputsOf());
    expect(outs).toMatchObject({ postbackUrl: URL, __echo: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('than it was sent: parameter "payout"');
    expect(told[0]).not.toMatch(/s3cr3t|amp|tracker\.example/);
  });

  it("in its list only is seen at the first create, and then every record is read back", async () => {
    const { cake, run } = await startCake();
    cake.behave({
      answerRow: (row) => ({ ...row, postback_url: String(row.postback_url).replaceAll("&", "&amp;") }),
    });
    const { context } = run();
    const made = await Promise.all(
      [1, 2, 3].map((offerId) => create(context, `urn-${offerId}`, inputsOf({ offerId }))),
    );
    expect(callsOf(cake)).toMatchObject({ create: 3, filtered: 3 });
    const next = run().context;
    for (const { id, outs } of made) expect((await read(next, id, outs)).props).toEqual(outs);
  });
});

describe("a journal that cannot be used", () => {
  it.each(["/proc/none/journal", "/dev/null/journal"])(
    "stops a create before it is sent: %s",
    async (place) => {
      const { cake, run } = await startCake();
      const { context } = run({ env: { CAKE_JOURNAL_DIR: place } });
      const { name, message } = await failure(create(context, URN, inputsOf()));
      expect(name).toBe("SettingsError");
      expect(message).toContain("[journal-unusable]");
      expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
    },
  );

  it.each([
    ["write", 0],
    ["write", 1],
    ["sync", 0],
    ["syncNames", 0],
  ] as const)(
    "because the disk fails stops a create and leaves no entry, so that the next run can make it: %s, after %i",
    async (call, after) => {
      const { cake, run, journal } = await startCake();
      const disk = failingDisk(call, "ENOSPC", after);
      const { name, message } = await failure(create(run(WITHOUT_LIST).context, URN, inputsOf()));
      disk.recover();
      expect(name).toBe("SettingsError");
      expect(message).toMatch(/ENOSPC.*\[journal-unusable\]/s);
      expect(callsOf(cake)).toMatchObject(NOTHING_WRITTEN);
      expect(entriesIn(journal)).toEqual([]);
      await create(run(WITHOUT_LIST).context, URN, inputsOf());
    },
  );
});

describe("a create that CAKE throttles for longer than others wait for it", () => {
  it("is not sent again where another process has made the postback meanwhile", async () => {
    const { cake, run, journal } = await startCake({ postbacks: otherRows(3) });
    const [throttled, other] = [run(), run()];
    cake.injectFault({ on: "create", fault: { kind: "rateLimited", retryAfter: 60 } });
    const sleep = throttled.clock.sleep.bind(throttled.clock);
    let made = "nothing";
    throttled.clock.sleep = async (ms) => {
      if (ms >= 60_000) made = (await create(other.context, OTHER_URN, inputsOf())).id;
      return sleep(ms);
    };
    expect(await failure(create(throttled.context, URN, inputsOf()))).toMatchObject({
      code: "equal-postback-is-live",
    });
    expect(made).toBe("4");
    expect(cake.postbacks()).toHaveLength(4);
    expect(callsOf(cake).create, "the throttled one, and the other's").toBe(2);
    expect(entriesIn(journal), "the other's, which no state has shown").toHaveLength(1);
  });
});

describe("a create that is answered with a record of another partner", () => {
  it("is unknown: the record is in no state, whose delete would deactivate it, and the entry stays", async () => {
    const foreign = rowOf(50, { affiliateId: 5, offerId: 5, postbackUrl: "https://other.example/?c=#s2#" });
    const { cake, run, journal } = await startCake({ postbacks: [foreign] });
    const answered = { postback_id: 50, affiliate_id: 5, offer_id: 5, postback_url: foreign.postbackUrl };
    cake.injectFault({
      on: "create",
      fault: { kind: "altered", alter: (answer) => withPostback(answer, answered) },
    });
    const { context } = run(WITHOUT_LIST);
    const error = await failure(create(context, URN, inputsOf()));
    expect(error).toMatchObject({ name: "UnsafeOperationError", code: "create-outcome-unknown" });
    expect(error.message).toContain("postback 50 of affiliate 5, offer 5");
    expect(entriesIn(journal)).toHaveLength(1);
    expect(context.ownership.isOwned(50)).toBe(false);
  });
});

describe("a CAKE that keeps one postback of an affiliate, and overwrites that of another offer", () => {
  it.each([
    ["whole", 2],
    ["by affiliate", 2_600],
  ])("is noticed at the first create, where the list was read %s", async (_, others) => {
    const before = rowOf(9_000, { offerId: 9, postbackUrl: "https://elsewhere.example/?c=#s2#" });
    const { cake, run } = await startCake({ postbacks: [...otherRows(others), before] });
    const alter = (answer: unknown) => {
      cake.remove(cake.lastId);
      cake.edit(9_000, { offerId: 12345, postbackUrl: URL });
      return withPostback(answer, { postback_id: 9_000 });
    };
    cake.injectFault({ on: "create", fault: { kind: "altered", alter } });
    const { context } = run();
    const error = await failure(create(context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "create-overwrote" });
    expect(error.message).toContain("postback 9000");
    expect(await failure(create(context, OTHER_URN, inputsOf({ offerId: 1 })))).toMatchObject({
      code: "stopped-by-earlier-write",
    });
  });
});

it.each([
  ["of its affiliate and offer", 12345],
  ["of another offer", 9],
])("a record is new where only an entry of a resource that is gone has its ID: %s", async (_, offerId) => {
  const { cake, run, journal } = await startCake({ postbacks: otherRows(3) });
  const made = { postbackId: 4, postbackStatus: "active", postbackType: "Server" };
  leaveEntry(journal, cake.domain, { phase: "made", made, urn: "urn-gone", inputs: inputsOf({ offerId }) });
  expect((await create(run().context, URN, inputsOf())).id).toBe("4");
});

function withPostback(answer: unknown, changes: object): unknown {
  const { postback, ...rest } = answer as { postback: object };
  return { ...rest, postback: { ...postback, ...changes } };
}
