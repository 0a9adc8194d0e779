import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/lifecycle/check";
import { create } from "../../../../provider/lifecycle/create";
import { remove } from "../../../../provider/lifecycle/delete";
import { diff } from "../../../../provider/lifecycle/diff";
import { read } from "../../../../provider/lifecycle/read";
import { savedState } from "../../../../provider/lifecycle/state";
import { update } from "../../../../provider/lifecycle/update";
import type { FaultPoint } from "../../../../provider/sandbox/faults";
import {
  bury,
  callsOf,
  DOCUMENTED,
  entriesIn,
  failure,
  inputsOf,
  killedWhileCreating,
  leaveEntry,
  NEW_URL,
  OTHER_URN,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
  WITHOUT_LIST,
  type World,
} from "../support";

const WINDOW_MS = 37_000;
const codeOf = async (promise: Promise<unknown>) =>
  failure(promise).then((error) => (error as { code?: string }).code ?? error.message);
const ofPair = ({ cake }: World) => cake.postbacks().filter(({ affiliateId }) => affiliateId === 67890);
/** The word with which a person decides, as the message gives it. */
const wordIn = (message: string) => /CAKE_ON_UNKNOWN=(create:[0-9a-f-]+)/.exec(message)?.[1];

describe("a create that was killed after CAKE had made the record", () => {
  it("goes into the state of the next run unchanged, which says so and sends nothing", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "after");
    const { context, told, clock } = world.run();
    expect((await create(context, URN, inputsOf())).id).toBe("4");
    expect(callsOf(world.cake)).toMatchObject({ create: 1, update: 0 });
    expect(told).toEqual([
      expect.stringContaining("interrupted created postback 4 (affiliate 67890, offer 12345)."),
    ]);
    expect(told[0]).toContain("nothing is created again");
    expect(told[0]).not.toContain("s3cr3t");
    expect(clock.now(), "the maker is provably gone").toBe(0);
  });

  it("is found also where CAKE's list is late", async () => {
    const world = await startCake();
    world.cake.behave({ listLag: 2 });
    await killedWhileCreating(world, "after");
    const { context, clock } = world.run();
    expect((await create(context, URN, inputsOf())).id).toBe("8801");
    expect(clock.pauses).toEqual([0, 2_100, 4_900]);
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("ends its entry when a state shows the record, and not before", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after");
    const { id, outs } = await create(world.run().context, URN, inputsOf());
    expect(entriesIn(world.journal)).toHaveLength(1);
    await read(world.run().context, id, outs);
    expect(entriesIn(world.journal)).toEqual([]);
  });

  it("is taken a second time where the run that took it was killed, too", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after");
    await create(world.run().context, URN, inputsOf());
    expect((await create(world.run().context, URN, inputsOf())).id).toBe("8801");
    expect(callsOf(world.cake).create).toBe(1);
  });

  it.each([
    ["inactive, as it is declared now", { postbackStatus: "inactive" }],
    ["with reasons that reviewers read", { suppress: { P12: "no TLS" } }],
  ] as const)(
    "is taken as it is where it is declared %s: the next preview shows the rest",
    async (_, changes) => {
      const world = await startCake();
      await killedWhileCreating(world, "after");
      const { outs } = await create(world.run().context, URN, inputsOf(changes));
      expect(outs).toMatchObject({ postbackId: 8801, postbackStatus: "active" });
      expect(callsOf(world.cake)).toMatchObject({ create: 1, update: 0 });
    },
  );

  it.each<[string, { urn?: string; inputs?: ReturnType<typeof inputsOf> }]>([
    ["the stack or the resource was renamed", { urn: OTHER_URN }],
    ["the URL was edited", { inputs: inputsOf({ postbackUrl: NEW_URL }) }],
    ["the type was edited", { inputs: inputsOf({ postbackTypeId: 3 }) }],
    [
      "the resource was renamed and the URL edited",
      { urn: OTHER_URN, inputs: inputsOf({ postbackUrl: NEW_URL }) },
    ],
    ["the affiliate was edited", { inputs: inputsOf({ affiliateId: 9 }) }],
    ["the offer was edited", { inputs: inputsOf({ offerId: 9 }) }],
  ])(
    "stops where %s: nothing is changed, and the record is named",
    async (_, { urn = URN, inputs = inputsOf() }) => {
      const world = await startCake({ postbacks: otherRows(3) });
      await killedWhileCreating(world, "after");
      const error = await failure(create(world.run().context, urn, inputs));
      expect(error).toMatchObject({ code: "interrupted-create-left" });
      for (const words of [
        "postback 4",
        "set adopt.postbackId to 4",
        "deactivate it in CAKE",
        "CAKE_ON_UNKNOWN=",
      ])
        expect(error.message).toContain(words);
      expect(callsOf(world.cake)).toMatchObject({ create: 1, update: 0 });
    },
  );

  it.each(["without-list", "documented"])(
    "stops where it was renamed and there is no list: %s",
    async (endpoints) => {
      const world = await startCake();
      const config = { endpoints };
      await killedWhileCreating(world, "after", { config });
      expect(await codeOf(create(world.run({ config }).context, OTHER_URN, inputsOf()))).toBe(
        "interrupted-create-unknown",
      );
      const amended = inputsOf({ postbackUrl: NEW_URL });
      expect(await codeOf(create(world.run({ config }).context, OTHER_URN, amended))).toBe(
        "interrupted-create-unknown",
      );
      expect(world.cake.postbacks()).toHaveLength(1);
    },
  );

  describe("and was edited since can be gone on with", () => {
    async function edited() {
      const world = await startCake({ postbacks: otherRows(3) });
      await killedWhileCreating(world, "after");
      const inputs = inputsOf({ postbackUrl: NEW_URL });
      const { message } = await failure(create(world.run().context, URN, inputs));
      return { ...world, world, inputs, message };
    }

    it("by adopting it as it is", async () => {
      const { world, cake } = await edited();
      const { id, outs } = await create(world.run().context, URN, inputsOf({ adopt: { postbackId: 4 } }));
      await update(world.run().context, URN, id, outs, inputsOf({ postbackUrl: NEW_URL }));
      expect(ofPair(world)).toEqual([rowOf(4, { postbackUrl: NEW_URL })]);
      expect(callsOf(cake).create).toBe(1);
      expect(entriesIn(world.journal)).toEqual([]);
    });

    it("by deactivating it in CAKE", async () => {
      const { world, cake, inputs } = await edited();
      cake.edit(4, { postbackStatus: "inactive" });
      expect((await create(world.run().context, URN, inputs)).id).toBe("5");
      expect(ofPair(world).filter(({ postbackStatus }) => postbackStatus === "active")).toHaveLength(1);
    });

    it("by a person's word, where it fires for other conversions", async () => {
      const { world, message } = await edited();
      const env = { CAKE_ON_UNKNOWN: wordIn(message) };
      const inputs = inputsOf({ postbackUrl: NEW_URL, suppress: { P20: "two systems" } });
      expect((await create(world.run({ env }).context, URN, inputs)).id).toBe("5");
    });

    it("by a person's word only as far as it does not fire twice", async () => {
      const { world, message } = await edited();
      const env = { CAKE_ON_UNKNOWN: wordIn(message) };
      const again = create(world.run({ env }).context, URN, inputsOf({ postbackUrl: `${URL}&x=1` }));
      expect(await codeOf(again)).toBe("fires-twice");
    });
  });

  it("is another resource's where another resource has adopted it", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "after");
    const { context } = world.run();
    await create(context, OTHER_URN, inputsOf({ adopt: { postbackId: 4 } }));
    const inputs = inputsOf({ suppress: { P20: "two systems" } });
    expect((await create(context, URN, inputs)).id).toBe("5");
  });

  it("stops where several records could be it", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "after");
    world.cake.add(rowOf(9_001));
    const error = await failure(create(world.run().context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "interrupted-create-left" });
    expect(error.message).toContain("postbacks 4, 9001");
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("stops where CAKE spells it so that it is not known again", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    world.cake.behave({ storeUrl: (url) => url.slice(0, 20) });
    await killedWhileCreating(world, "after");
    expect(await codeOf(create(world.run().context, URN, inputsOf()))).toBe("interrupted-create-left");
  });

  it("is known again in a spelling of CAKE's own", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    world.cake.behave({ storeUrl: (url) => url.replaceAll("&", "&amp;") });
    await killedWhileCreating(world, "after");
    expect(await create(world.run().context, URN, inputsOf())).toMatchObject({
      ...{ id: "4", outs: { postbackUrl: URL, __echo: expect.any(String) } },
    });
  });

  it("is known again with a type whose name no article tells", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    const inputs = inputsOf({ postbackTypeId: 2 });
    await killedWhileCreating(world, "after", { inputs });
    expect((await create(world.run().context, URN, inputs)).id).toBe("4");
  });

  it("is known again under the new name of its instance", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    leaveEntry(world.journal, "old.example", { phase: "sent" });
    world.cake.add(rowOf(4));
    const config = { formerDomains: "old.example" };
    expect((await create(world.run({ config }).context, URN, inputsOf())).id).toBe("4");
  });
});

describe("a create that was killed before CAKE had made anything", () => {
  it("is sent by the next run, once the complete list proves that it is not there", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    const { context, told } = world.run();
    expect((await create(context, URN, inputsOf())).id).toBe("4");
    expect(callsOf(world.cake).create).toBe(2);
    expect(told).toEqual([]);
  });

  it("is sent beside other postbacks of its pair that were there before", async () => {
    const before = rowOf(5, { postbackUrl: "https://elsewhere.example/?cid=#s2#" });
    const world = await startCake({ postbacks: [before] });
    await killedWhileCreating(world, "before");
    await create(world.run().context, URN, inputsOf());
    expect(world.cake.postbacks()).toHaveLength(2);
  });

  it("is not sent while a new record of its pair may be what CAKE made of it", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    world.cake.add(rowOf(9_001, { postbackUrl: "https://elsewhere.example/" }));
    expect(await codeOf(create(world.run().context, URN, inputsOf()))).toBe("interrupted-create-left");
    expect(callsOf(world.cake).create).toBe(1);
  });

  it.each([
    ["lacks rows", { shortBy: 1 }],
    ["is empty", { list: "empty" }],
    ["is missing", { list: "missing" }],
  ] as const)("is not sent while the list %s", async (_, behaviour) => {
    const world = await startCake({ postbacks: otherRows(3) });
    await killedWhileCreating(world, "before");
    world.cake.behave(behaviour);
    expect(await codeOf(create(world.run().context, URN, inputsOf()))).toBe("interrupted-create-unknown");
    expect(callsOf(world.cake).create).toBe(1);
    world.cake.recover();
    await create(world.run().context, URN, inputsOf());
    expect(world.cake.postbacks()).toHaveLength(4);
  });

  it("can be killed again and again, and still makes one record", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    for (const when of ["before", "before", "after", "after"] as const)
      await killedWhileCreating(world, when);
    await create(world.run().context, URN, inputsOf());
    expect(ofPair(world)).toHaveLength(1);
  });
});

describe("a create that was killed where there is no list", () => {
  it.each<FaultPoint>(["before", "after"])("is not sent again until a person decides: %s", async (when) => {
    const world = await startCake();
    await killedWhileCreating(world, when, WITHOUT_LIST);
    const error = await failure(create(world.run(WITHOUT_LIST).context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "interrupted-create-unknown" });
    expect(error.message).toContain("(affiliate 67890, offer 12345)");
    expect(callsOf(world.cake).create).toBe(1);
    const env = { CAKE_ON_UNKNOWN: wordIn(error.message) };
    await create(world.run({ ...WITHOUT_LIST, env }).context, URN, inputsOf());
    expect(callsOf(world.cake).create).toBe(2);
  });

  it("is not decided by a word about another entry", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "before", WITHOUT_LIST);
    const hash = "0".repeat(32);
    const env = { CAKE_ON_UNKNOWN: `create:${hash}-${hash}-0` };
    expect(await codeOf(create(world.run({ ...WITHOUT_LIST, env }).context, URN, inputsOf()))).toBe(
      "interrupted-create-unknown",
    );
  });

  it("is decided by the list as soon as there is one", async () => {
    const world = await startCake();
    await killedWhileCreating(world, "after", DOCUMENTED);
    // Nobody knows which postbacks there were before, so what is new is not known, either; this one is equal.
    expect((await create(world.run().context, URN, inputsOf())).id).toBe("8801");
    expect(callsOf(world.cake).create).toBe(1);
  });
});

describe("a create that was killed between two of its steps", () => {
  it("taken: nothing was sent, so it is sent now, also where there is no list", async () => {
    for (const settings of [{}, WITHOUT_LIST]) {
      const world = await startCake();
      leaveEntry(world.journal, world.cake.domain, { phase: "taken" });
      const { context, clock } = world.run(settings);
      expect((await create(context, URN, inputsOf())).id).toBe("8801");
      expect(clock.now()).toBe(0);
      expect(entriesIn(world.journal)).toHaveLength(1);
    }
  });

  it("taken by another machine: it may go on there, so its window is waited for", async () => {
    const world = await startCake();
    leaveEntry(world.journal, world.cake.domain, { phase: "taken", process: { machine: "another" } });
    const { context, clock, told } = world.run(WITHOUT_LIST);
    expect(await codeOf(create(context, URN, inputsOf()))).toBe("interrupted-create-unknown");
    expect(clock.now()).toBe(WINDOW_MS);
    expect(told.join()).toContain("Waiting for it");
  });

  it("sent: the list decides", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    leaveEntry(world.journal, world.cake.domain, { phase: "sent" });
    expect((await create(world.run().context, URN, inputsOf())).id).toBe("4");
  });

  it.each([{}, WITHOUT_LIST])(
    "made: CAKE has confirmed it, so it is taken without a POST: %j",
    async (settings) => {
      const world = await startCake();
      const made = await create(world.run(settings).context, URN, inputsOf());
      expect(await create(world.run(settings).context, URN, inputsOf())).toEqual(made);
      expect(callsOf(world.cake).create).toBe(1);
    },
  );

  it("made, and edited in the program since, where there is no list: it stops", async () => {
    const world = await startCake();
    await create(world.run(WITHOUT_LIST).context, URN, inputsOf());
    const edited = inputsOf({ postbackUrl: NEW_URL });
    expect(await codeOf(create(world.run(WITHOUT_LIST).context, URN, edited))).toBe(
      "interrupted-create-unknown",
    );
    expect(callsOf(world.cake).create).toBe(1);
  });

  it("made, and changed in CAKE since: it stops and names the record", async () => {
    const world = await startCake();
    await create(world.run().context, URN, inputsOf());
    world.cake.edit(8801, { postbackUrl: "https://by.hand.example/" });
    const error = await failure(create(world.run().context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "interrupted-create-left" });
    expect(error.message).toContain("postback 8801");
    expect(callsOf(world.cake)).toMatchObject({ create: 1, update: 0 });
  });

  it("made, and provably gone since: it is made again", async () => {
    const world = await startCake({ postbacks: otherRows(3) });
    await create(world.run().context, URN, inputsOf());
    world.cake.remove(4);
    expect((await create(world.run().context, URN, inputsOf())).id).toBe("5");
    expect(ofPair(world)).toHaveLength(1);
  });

  it("made in an instance that is empty since, as a sandbox that starts anew: a person decides", async () => {
    const world = await startCake();
    await create(world.run().context, URN, inputsOf());
    world.cake.remove(8801);
    const error = await failure(create(world.run().context, URN, inputsOf()));
    expect(error).toMatchObject({ code: "interrupted-create-unknown" });
    const env = { CAKE_ON_UNKNOWN: wordIn(error.message) };
    await create(world.run({ env }).context, URN, inputsOf());
    expect(ofPair(world)).toHaveLength(1);
  });
});

describe("a made entry is no proof that the engine never learned of the record", () => {
  it("where a state shows it with other values: another machine has changed it", async () => {
    const world = await startCake();
    const { outs } = await create(world.run().context, URN, inputsOf());
    world.cake.edit(8801, { postbackUrl: NEW_URL });
    const { context } = world.run();
    const state = { ...outs, postbackUrl: NEW_URL };
    const news = inputsOf({ affiliateId: 9 });
    check(context, URN, { ...inputsOf({ postbackUrl: NEW_URL }) }, { ...news });
    diff(context, URN, "8801", state, news);
    expect(entriesIn(world.journal)).toEqual([]);
    expect((await create(context, URN, news)).id).toBe("8802");
  });

  it("where the resource is replaced without a diff", async () => {
    const world = await startCake();
    await create(world.run().context, URN, inputsOf());
    const { context } = world.run();
    check(context, URN, { ...inputsOf() }, { ...inputsOf() });
    check(context, URN, {}, { ...inputsOf() });
    // The engine deletes the old one after that, or never: as with the option deletedWith.
    expect(await failure(create(context, URN, inputsOf()))).toMatchObject({ code: "equal-postback-is-live" });
  });

  it("for another resource of the same affiliate and offer", async () => {
    const world = await startCake();
    await create(world.run().context, URN, inputsOf());
    const inputs = inputsOf({ postbackUrl: "https://elsewhere.example/?cid=#s2#" });
    expect((await create(world.run().context, OTHER_URN, inputs)).id).toBe("8802");
  });

  it.each(["read", "update", "remove", "diff"] as const)("after a %s of any run", async (verb) => {
    const world = await startCake();
    const { id, outs } = await create(world.run().context, URN, inputsOf());
    const { context } = world.run();
    if (verb === "read") await read(context, id, outs);
    if (verb === "update") await update(context, URN, id, outs, inputsOf({ postbackUrl: NEW_URL }));
    if (verb === "remove") await remove(context, id, outs);
    if (verb === "diff") diff(context, URN, id, savedState(id, { ...outs }), inputsOf());
    expect(entriesIn(world.journal)).toEqual([]);
  });
});

describe("where there is no list, an equal postback of another resource that no state has shown", () => {
  it("is not made again", async () => {
    const world = await startCake();
    await create(world.run(WITHOUT_LIST).context, URN, inputsOf());
    const error = await failure(create(world.run(WITHOUT_LIST).context, OTHER_URN, inputsOf()));
    expect(error).toMatchObject({ code: "made-before" });
    const env = { CAKE_ON_UNKNOWN: wordIn(error.message) };
    await create(world.run({ ...WITHOUT_LIST, env }).context, OTHER_URN, inputsOf());
    expect(world.cake.postbacks()).toHaveLength(2);
  });

  it("is made again where its state was shown since: then the state's own resource has it", async () => {
    const world = await startCake();
    const { id, outs } = await create(world.run(WITHOUT_LIST).context, URN, inputsOf());
    await read(world.run(WITHOUT_LIST).context, id, outs);
    await create(world.run(WITHOUT_LIST).context, OTHER_URN, inputsOf());
    expect(world.cake.postbacks()).toHaveLength(2);
  });
});

describe.each([
  ["of one run, as two providers for one instance", "127.0.0.1:6001"],
  ["of two runs", undefined],
])("two processes %s that declare an equal postback at the same time", (_, engine) => {
  const started = async (settings = {}) => {
    const world = await startCake({ postbacks: otherRows(3) });
    const opening = engine === undefined ? settings : { ...settings, engine };
    return { world, one: world.run(opening), other: world.run(opening) };
  };

  it.each(["before", "after"] as const)(
    "make one: the other waits for it, and is refused: %s",
    async (when) => {
      const { world, one, other } = await started();
      const pause = world.cake.pause("create", { when });
      const first = create(one.context, URN, inputsOf());
      await pause.arrived;
      const sleep = other.clock.sleep.bind(other.clock);
      other.clock.sleep = async (ms) => {
        pause.release();
        await first;
        await sleep(ms);
      };
      const error = await failure(create(other.context, OTHER_URN, inputsOf()));
      expect(error).toMatchObject({ code: "equal-postback-is-live" });
      expect(error.message).toContain("postback 4");
      expect(ofPair(world)).toHaveLength(1);
      expect(other.told.join()).toContain("Waiting for it");
    },
  );

  it("make one where both are sent off at once", async () => {
    const { world, one, other } = await started();
    const creates = [create(one.context, URN, inputsOf()), create(other.context, OTHER_URN, inputsOf())];
    // The two clocks know nothing of each other: whoever waits for the other one waits until that is done.
    [one, other].forEach(({ clock }, index) => {
      const sleep = clock.sleep.bind(clock);
      clock.sleep = async (ms) => {
        if (ms === 250) await creates[1 - index]?.catch(() => undefined);
        await sleep(ms);
      };
    });
    const both = await Promise.allSettled(creates);
    expect(ofPair(world)).toHaveLength(1);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
  });

  it("make one where there is no list", async () => {
    const { world, one, other } = await started(WITHOUT_LIST);
    const pause = world.cake.pause("create");
    const first = create(one.context, URN, inputsOf());
    await pause.arrived;
    const sleep = other.clock.sleep.bind(other.clock);
    other.clock.sleep = async (ms) => {
      pause.release();
      await first;
      await sleep(ms);
    };
    expect(await codeOf(create(other.context, OTHER_URN, inputsOf()))).toBe("made-before");
    expect(ofPair(world)).toHaveLength(1);
  });

  it("make one where the first is killed meanwhile", async () => {
    const { world, one, other } = await started();
    world.cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" } });
    one.clock.sleep = () => Promise.reject(new Error("killed"));
    await failure(create(one.context, URN, inputsOf()));
    const sleep = other.clock.sleep.bind(other.clock);
    other.clock.sleep = async (ms) => {
      bury(world.journal);
      await sleep(ms);
    };
    expect(await codeOf(create(other.context, OTHER_URN, inputsOf()))).toBe("interrupted-create-left");
    expect(ofPair(world)).toHaveLength(1);
  });

  it("do not wait for one another for longer than a window: then the list decides", async () => {
    const { world, one, other } = await started();
    const pause = world.cake.pause("create");
    const first = create(one.context, URN, inputsOf());
    await pause.arrived;
    expect(await codeOf(create(other.context, OTHER_URN, inputsOf({ suppress: { P20: "x" } })))).toBe(
      "It did not fail.",
    );
    expect(other.clock.now()).toBeGreaterThanOrEqual(WINDOW_MS);
    pause.release();
    await first;
  });

  it("may both make theirs where they differ and are meant to fire beside one another", async () => {
    const { world, one, other } = await started();
    const meant = { overlapUntil: "2031-01-01" };
    const pause = world.cake.pause("create");
    const first = create(one.context, URN, inputsOf(meant));
    await pause.arrived;
    const sleep = other.clock.sleep.bind(other.clock);
    other.clock.sleep = async (ms) => {
      pause.release();
      await first;
      await sleep(ms);
    };
    const inputs = inputsOf({ ...meant, postbackUrl: "https://elsewhere.example/?cid=#s2#" });
    await create(other.context, OTHER_URN, inputs);
    expect(ofPair(world)).toHaveLength(2);
  });
});

it("a postback that two stacks have is not settled with the record of a resource of this run", async () => {
  const world = await startCake({ postbacks: [rowOf(5), ...otherRows(3, 10)] });
  const { context } = world.run();
  const state = stateOf(rowOf(5), world.cake.domain);
  check(context, OTHER_URN, { ...inputsOf() }, { ...inputsOf() });
  diff(context, OTHER_URN, "5", state, inputsOf());
  leaveEntry(world.journal, world.cake.domain, { phase: "sent" });
  expect(await codeOf(create(context, URN, inputsOf()))).toBe("equal-postback-is-live");
});

it("a made record that the whole list lacks and a read by its ID shows stops: nothing is posted again", async () => {
  const { cake, run, journal } = await startCake({ postbacks: [...otherRows(3), rowOf(60)] });
  const made = { postbackId: 60, postbackStatus: "active", postbackType: "Server" };
  leaveEntry(journal, cake.domain, { phase: "made", made });
  cake.injectFault({
    on: "list",
    fault: { kind: "altered", alter: withoutLastOfMany },
    times: Infinity,
  });
  expect(await codeOf(create(run().context, URN, inputsOf()))).toBe("interrupted-create-unknown");
  expect(callsOf(cake).create).toBe(0);
  expect(entriesIn(journal)).toHaveLength(1);
});

it("an interrupted create whose record has a status that no article names stops: it may fire", async () => {
  const world = await startCake({ postbacks: [...otherRows(3), rowOf(60, { postbackStatus: "pending" })] });
  leaveEntry(world.journal, world.cake.domain, { phase: "sent" });
  const { context } = world.run();
  const amended = inputsOf({ postbackUrl: NEW_URL });
  expect(await codeOf(create(context, URN, amended))).toBe("interrupted-create-left");
  expect(callsOf(world.cake).create).toBe(0);
});

/** A list that leaves its last row out, and says that it is whole. A list of one row is as it was. */
function withoutLastOfMany(answer: unknown): unknown {
  const { postbacks, ...rest } = answer as { postbacks: object[] };
  if (postbacks.length < 2) return answer;
  return { ...rest, postbacks: postbacks.slice(0, -1), total_rows: postbacks.length - 1 };
}
