import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CreateSubject, JournalEntry } from "../../../../provider/lifecycle/journal/entry";
import { JournalFolder } from "../../../../provider/lifecycle/journal/folder";
import { Journal } from "../../../../provider/lifecycle/journal/journal";
import { type ProcessIdentity, thisProcess } from "../../../../provider/lifecycle/journal/processIdentity";
import { FakeClock } from "../../http/fakeClock";
import { failingDisk } from "../failingDisk";
import { bury, DEAD, failure, journalFolder, rowOf } from "../support";

const WINDOW_MS = 37_000;
const MADE = { postbackId: 8801, postbackStatus: "active", postbackType: "Server" };
const SECRET_URL = "https://t.example/?token=s3cr3t";

type Changes = Partial<CreateSubject["declaration"]> & { domain?: string; urn?: string | undefined };

function subjectOf(changes: Changes = {}): CreateSubject {
  const { domain = "cake.example", ...declaration } = changes;
  const { urn: _, ...values } = declaration;
  return {
    domain,
    urn: "urn" in changes ? changes.urn : "urn-1",
    declaration: { affiliateId: 1, offerId: 2, postbackUrl: SECRET_URL, postbackTypeId: 1, ...values },
  };
}

/** Processes of one machine, as far as their journal goes. */
function machine(folder = journalFolder()) {
  const clock = new FakeClock();
  const process = (identity: Partial<ProcessIdentity> = {}, domains = ["cake.example"], engine = "1:1") =>
    new Journal({
      folder: new JournalFolder(() => folder),
      self: { ...thisProcess(), ...identity },
      ...{ clock, engine, domains, windowMs: WINDOW_MS },
    });
  /** A create that ended between two of its steps. */
  const interrupted = async (subject = subjectOf(), made?: typeof MADE, identity = DEAD) => {
    const lock = process(identity).lock(subject, [5]);
    await lock.take();
    if (made) lock.made(made);
    else lock.leave();
    return lock.name;
  };
  return { folder, clock, process, interrupted };
}

const names = (entries: readonly JournalEntry[]) => entries.map(({ name }) => name);
const open = (journal: Journal, subject = subjectOf()) => journal.concerning(subject).unfinished;

describe("an entry", () => {
  it("is there before anything is sent, and names what its maker knew", async () => {
    const { folder, process, interrupted } = machine();
    const name = await interrupted();
    expect(readdirSync(folder)).toEqual([name]);
    expect(open(process())).toMatchObject([
      {
        ...{ name, phase: "sent", domain: "cake.example", affiliateId: 1, offerId: 2, urn: "urn-1" },
        ...{ engine: "1:1", before: [5], process: DEAD },
      },
    ]);
  });

  it("says where CAKE could not be asked before", async () => {
    const { process } = machine();
    await process(DEAD).lock(subjectOf(), undefined).take();
    expect(open(process())[0]?.before).toBeUndefined();
  });

  it("holds no URL, no domain and no URN in its name, and no URL at all", async () => {
    const { folder, interrupted } = machine();
    const name = await interrupted(subjectOf(), MADE);
    expect(name).toMatch(/^[0-9a-f]{32}-[0-9a-f]{32}-[0-9a-f]{16}$/);
    expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/s3cr3t|t\.example/);
  });

  it("begins with a hash of the instance, affiliate and offer, and no two have one name", async () => {
    const { process } = machine();
    const nameOf = async (subject: CreateSubject) => {
      const lock = process().lock(subject, []);
      await lock.take();
      const { name } = lock;
      lock.end();
      return name;
    };
    const one = await nameOf(subjectOf());
    const two = await nameOf(subjectOf({ postbackUrl: "https://other.example/" }));
    const three = await nameOf(subjectOf({ urn: "urn-2" }));
    expect(new Set([one, two, three]).size).toBe(3);
    expect(new Set([one, two, three].map((name) => name.split("-")[0])).size).toBe(1);
    const [, subject] = one.split("-");
    expect(three.split("-")[1]).toBe(subject);
    expect(two.split("-")[1]).not.toBe(subject);
  });

  it("is taken anew for each sending, and not if another create has come in between", async () => {
    const { folder, process } = machine();
    const lock = process().lock(subjectOf(), []);
    await lock.take();
    const first = lock.name;
    await lock.take();
    expect(lock.name).not.toBe(first);
    expect(readdirSync(folder)).toEqual([lock.name]);
    // Whoever waited its window out has removed the entry of the one that still sleeps.
    const other = process();
    other.end({ name: lock.name });
    await other.lock(subjectOf(), []).take();
    await expect(lock.take()).rejects.toMatchObject({ code: "created-meanwhile" });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("of another affiliate or offer is not settled by what its resource has taken", async () => {
    const { folder, process, interrupted } = machine();
    await interrupted();
    process().settledBy(rowOf(7), "urn-1");
    process().seen(7);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("is gone when nothing was made", async () => {
    const { folder, process } = machine();
    const lock = process().lock(subjectOf(), []);
    await lock.take();
    lock.end();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that is cut off counts as far as its lines are whole", async () => {
    const { folder, process, interrupted } = machine();
    const file = join(folder, await interrupted(subjectOf(), MADE));
    const [head = "", sent = "", made = ""] = readFileSync(file, "utf8").split("\n");
    for (const [text, phase] of [
      [`${head}\n${sent}\n${made}\n`, "made"],
      [`${head}\n${sent}\n${made}`, "sent"],
      [`${head}\n${sent}`, "taken"],
      [`${head}\n`, "taken"],
    ] as const) {
      writeFileSync(file, text);
      expect(open(process())).toMatchObject([{ phase }]);
    }
    writeFileSync(file, head);
    expect(open(process())).toEqual([]);
  });
});

describe("an unfinished create", () => {
  it.each<[string, Changes]>([
    ["the same resource", {}],
    ["another resource of the affiliate and offer", { urn: "urn-2" }],
    ["a resource of another maker", { urn: undefined }],
    ["another URL", { postbackUrl: "https://other.example/" }],
    ["another type", { postbackTypeId: 3 }],
    ["the same resource with another affiliate", { affiliateId: 9 }],
    ["the same resource with another offer", { offerId: 0 }],
  ])("concerns %s", async (_, changes) => {
    const { process, interrupted } = machine();
    const name = await interrupted();
    expect(names(open(process(), subjectOf(changes)))).toEqual([name]);
  });

  it.each<[string, Changes]>([
    ["another affiliate of another resource", { urn: "urn-2", affiliateId: 9 }],
    ["another offer of another resource", { urn: "urn-2", offerId: 9 }],
    ["another instance", { domain: "eu.example" }],
  ])("does not concern %s", async (_, changes) => {
    const { process, interrupted } = machine();
    await interrupted();
    const domains = [changes.domain ?? "cake.example"];
    expect(open(process({}, domains), subjectOf(changes))).toEqual([]);
  });

  it("concerns the same postback under the instance's new name", async () => {
    const { process, interrupted } = machine();
    const name = await interrupted(subjectOf({ domain: "old.example" }));
    const renamed = process({}, ["new.example", "old.example"]);
    expect(names(open(renamed, subjectOf({ domain: "new.example", urn: "urn-2" })))).toEqual([name]);
  });

  it("that was made concerns its own resource only; for all others it is a record", async () => {
    const { process, interrupted } = machine();
    const name = await interrupted(subjectOf(), MADE);
    expect(names(open(process()))).toEqual([name]);
    const other = process().concerning(subjectOf({ urn: "urn-2" }));
    expect(names(other.unfinished)).toEqual([]);
    expect(other.made).toMatchObject([{ name, made: MADE }]);
  });
});

describe("waiting for an unfinished create", () => {
  async function waited(identity: Partial<ProcessIdentity>, step: (at: Step) => void = () => undefined) {
    const world = machine();
    const name = await world.interrupted(subjectOf(), undefined, identity);
    const journal = world.process();
    const [entry] = open(journal);
    if (entry === undefined) throw new Error("There is an entry.");
    const sleep = world.clock.sleep.bind(world.clock);
    world.clock.sleep = async (ms) => {
      await sleep(ms);
      step({ ...world, file: join(world.folder, name), polls: world.clock.pauses.length });
    };
    let told = 0;
    const decided = await journal.untilDecidable(entry, () => {
      told += 1;
    });
    return { decided, told, waitedMs: world.clock.now(), journal, entry, clock: world.clock };
  }
  type Step = ReturnType<typeof machine> & { file: string; polls: number };
  const LIVING = {};

  it("ends at once where its process has provably ended", async () => {
    expect(await waited(DEAD)).toMatchObject({ decided: { phase: "sent" }, told: 0, waitedMs: 0 });
  });

  it("takes one window where its process lives, and is told once", async () => {
    expect(await waited(LIVING)).toMatchObject({ decided: { phase: "sent" }, told: 1, waitedMs: WINDOW_MS });
  });

  it("takes one window on another machine, or before the last start of this one", async () => {
    expect(await waited({ ...DEAD, machine: "x" })).toMatchObject({ told: 1, waitedMs: WINDOW_MS });
  });

  it("ends when the record is made", async () => {
    const { decided, waitedMs } = await waited(LIVING, ({ file, polls }) => {
      if (polls === 3) appendFileSync(file, `${JSON.stringify({ phase: "made", made: MADE })}\n`);
    });
    expect(decided).toMatchObject({ phase: "made", made: MADE });
    expect(waitedMs).toBe(750);
  });

  it("ends when the entry is gone", async () => {
    const { decided } = await waited(LIVING, ({ process, file, polls }) => {
      if (polls === 3) process().end({ name: file.split("/").at(-1) ?? "" });
    });
    expect(decided).toBeUndefined();
  });

  it("ends when its process does", async () => {
    const { waitedMs } = await waited(LIVING, ({ folder, polls }) => {
      if (polls === 2) bury(folder);
    });
    expect(waitedMs).toBe(500);
  });

  it("is not begun anew for the next create that meets the same entry", async () => {
    const { journal, entry, clock } = await waited(LIVING);
    clock.pauses.length = 0;
    expect(await journal.untilDecidable(entry, () => undefined)).toMatchObject({ phase: "sent" });
    expect(clock.pauses).toEqual([]);
  });

  it("does not heed the calendar, which may be set back an hour meanwhile", async () => {
    const { process, interrupted, clock } = machine();
    await interrupted(subjectOf(), undefined, {});
    const hour = 3_600_000;
    const sleep = clock.sleep.bind(clock);
    const date = clock.date.bind(clock);
    clock.sleep = (ms) => {
      clock.date = () => date() - hour;
      return sleep(ms);
    };
    const journal = process();
    const [entry] = open(journal);
    if (entry === undefined) throw new Error("There is an entry.");
    await journal.untilDecidable(entry, () => undefined);
    expect(clock.now()).toBe(WINDOW_MS);
  });
});

describe("a lock", () => {
  it("is taken by one of two processes only, and the other one leaves nothing", async () => {
    const { folder, process } = machine();
    const two = [process(), process()].map((one) => one.lock(subjectOf(), []));
    const taken = await Promise.allSettled(two.map((lock) => lock.take()));
    expect(taken.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(taken[1]).toMatchObject({ reason: { name: "UnsafeOperationError", code: "created-meanwhile" } });
    expect(readdirSync(folder)).toEqual([two[0]?.name]);
  });

  it.each<[string, Changes]>([
    ["another URL of the affiliate and offer", { urn: "urn-2", postbackUrl: "https://other.example/" }],
    ["the same resource with another offer", { offerId: 9 }],
  ])("is not taken beside one for %s", async (_, changes) => {
    const { process } = machine();
    // The index of what earlier runs left is read before.
    const later = process();
    await process().lock(subjectOf(changes), []).take();
    expect(await failure(later.lock(subjectOf(), []).take())).toMatchObject({ code: "created-meanwhile" });
  });

  it("is taken beside one of another affiliate", async () => {
    const { folder, process } = machine();
    await process().lock(subjectOf(), []).take();
    await process()
      .lock(subjectOf({ urn: "urn-2", affiliateId: 9 }), [])
      .take();
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("is not taken while another run has just made a record that was not there before", async () => {
    const { process, interrupted } = machine();
    await interrupted(subjectOf({ urn: "urn-2" }), MADE);
    expect(await failure(process().lock(subjectOf(), [1]).take())).toMatchObject({
      code: "created-meanwhile",
    });
    await process().lock(subjectOf(), [1, 8801]).take();
  });

  it("is taken once the list was asked for what the other run made", async () => {
    const { process, interrupted } = machine();
    await interrupted(subjectOf({ urn: "urn-2" }), MADE);
    const journal = process();
    for (const entry of journal.concerning(subjectOf()).made) journal.notShown(entry);
    await journal.lock(subjectOf(), [1]).take();
  });

  it("is taken once for all attempts of one request", async () => {
    const { folder, process } = machine();
    const lock = process().lock(subjectOf(), []);
    await lock.take();
    await lock.take();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each([
    ["write", 0],
    ["write", 1],
    ["sync", 0],
    ["syncNames", 0],
  ] as const)("that the disk does not hold leaves nothing: %s, after %i", async (call, after) => {
    const { folder, process } = machine();
    const lock = process().lock(subjectOf(), []);
    const disk = failingDisk(call, "ENOSPC", after);
    expect((await failure(lock.take())).message).toMatch(/ENOSPC.*\[journal-unusable\]/s);
    disk.recover();
    expect(readdirSync(folder)).toEqual([]);
    await process().lock(subjectOf(), []).take();
  });

  it("whose last line the disk does not hold stays as sent: CAKE's answer must not be lost for it", async () => {
    const { process } = machine();
    const lock = process(DEAD).lock(subjectOf(), []);
    await lock.take();
    const disk = failingDisk("write");
    lock.made(MADE);
    disk.recover();
    expect(open(process())).toMatchObject([{ phase: "sent" }]);
  });
});

describe("an entry ends", () => {
  it("when any run's state shows the record, whatever its values", async () => {
    const { folder, process, interrupted } = machine();
    await interrupted(subjectOf(), MADE);
    process().seen(8801);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("not when a state shows another record, or one of another instance", async () => {
    const { folder, process, interrupted } = machine();
    await interrupted(subjectOf(), MADE);
    process().seen(1);
    process({}, ["eu.example"]).seen(8801);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("not as long as nobody knows its record", async () => {
    const { folder, process, interrupted } = machine();
    await interrupted();
    process().seen(8801);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("with the record that its resource has taken, once a state shows that", async () => {
    const { folder, process, interrupted } = machine();
    await interrupted();
    process().settledBy(rowOf(7, { affiliateId: 1, offerId: 2 }), "urn-1");
    expect(readdirSync(folder)).toHaveLength(1);
    process().seen(7);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("with the record that it is about, whoever has taken that", async () => {
    const { folder, process, interrupted } = machine();
    await interrupted();
    process().settledBy(rowOf(7, { affiliateId: 1, offerId: 2, postbackUrl: SECRET_URL }), "urn-9");
    process().seen(7);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("never with an error: one that stays does no harm", () => {
    const { process } = machine(join(journalFolder(), "none"));
    process().seen(1);
    process().settledBy(rowOf(1), "urn-1");
    const unusable = new Journal({
      folder: new JournalFolder(() => "/proc/none/journal"),
      ...{ self: thisProcess(), clock: new FakeClock(), engine: "", domains: ["cake.example"], windowMs: 1 },
    });
    unusable.seen(1);
    expect(unusable.concerning(subjectOf())).toEqual({ unfinished: [], made: [], unreadable: [] });
  });
});

it("where there is no list, a record that this machine remembers to have made is known by its id, also when it was found as the lock was taken", async () => {
  const { process, interrupted } = machine();
  const journal = process();
  expect(journal.hasMade(8801, subjectOf(), false)).toBe(false);
  await interrupted(subjectOf({ urn: "urn-2" }), MADE);
  await expect(journal.lock(subjectOf(), []).take()).rejects.toMatchObject({ code: "created-meanwhile" });
  expect(journal.hasMade(8801, subjectOf(), false)).toBe(true);
  expect(process().hasMade(8801, subjectOf({ affiliateId: 9 }), false)).toBe(true);
  expect(process().hasMade(1, subjectOf(), false)).toBe(false);
});

it("where there is a list, a record is known by its id only until the list was asked for it, and for its affiliate and offer only", async () => {
  const { process, interrupted } = machine();
  const journal = process();
  await interrupted(subjectOf({ urn: "urn-2" }), MADE);
  expect(journal.hasMade(8801, subjectOf(), true)).toBe(true);
  expect(journal.hasMade(8801, subjectOf({ affiliateId: 9 }), true)).toBe(false);
  for (const entry of journal.concerning(subjectOf()).made) journal.notShown(entry);
  expect(journal.hasMade(8801, subjectOf(), true)).toBe(false);
});

it("what is no entry is passed over", () => {
  const { folder, process } = machine();
  const hash = "0".repeat(32);
  writeFileSync(join(folder, "README"), "read me");
  writeFileSync(join(folder, `${hash}-${hash}-0`), "no JSON\n");
  writeFileSync(join(folder, `${hash}-${hash}-1`), '{"version":1,"pid":1}\n');
  writeFileSync(join(folder, `${hash}-${hash}-2`), "");
  const journal = process();
  journal.seen(1);
  expect(open(journal)).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(4);
});

it("a record of another affiliate with the same URL settles nothing", async () => {
  const { folder, process, interrupted } = machine();
  await interrupted();
  process().settledBy(rowOf(7, { affiliateId: 9, offerId: 2, postbackUrl: SECRET_URL }), "urn-9");
  process().seen(7);
  expect(readdirSync(folder)).toHaveLength(1);
});

it("an entry of the same resource that another process has ended meanwhile holds up no create", async () => {
  const { folder, process, interrupted } = machine();
  const journal = process();
  await interrupted(subjectOf({ affiliateId: 9 }));
  const [entry] = journal.concerning(subjectOf()).unfinished;
  process().end({ name: entry?.name ?? "" });
  expect(entry && (await journal.untilDecidable(entry, () => undefined))).toBeUndefined();
  await journal.lock(subjectOf(), []).take();
  expect(readdirSync(folder)).toHaveLength(1);
});
