import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { JournalFolder } from "../../../../provider/lifecycle/journal/folder";
import { type CreateLockId, Journal } from "../../../../provider/lifecycle/journal/journal";
import { type ProcessIdentity, thisProcess } from "../../../../provider/lifecycle/journal/processIdentity";
import { FakeClock } from "../../http/fakeClock";
import { failure, notesFolder } from "../support";

const HERE = thisProcess();
/** A process of this machine that has ended: no process has this number. */
const DEAD: ProcessIdentity = { ...HERE, pid: 2 ** 22 + 1, started: "1" };
/** Another process of this machine, and it runs. */
const LIVING: ProcessIdentity = { ...HERE, pid: process.ppid, started: startOf(process.ppid) };
const ELSEWHERE: ProcessIdentity = { ...HERE, machine: "another" };

const TIMEOUT_MS = 60_000;
const MADE = { postbackId: 8801, postbackStatus: "active", postbackType: "Server" };

const undertaking = (origin = "origin-1", postbackUrl = "https://t.example/?token=s3cr3t") =>
  ({
    domain: "cake.example",
    origin,
    declaration: { affiliateId: 1, offerId: 2, postbackUrl, postbackTypeId: 1 },
  }) satisfies CreateLockId;

/** Processes of one machine, as far as their notes go. */
function machine(folder = notesFolder()) {
  const clock = new FakeClock();
  const as = (writer: ProcessIdentity) => new Journal(new JournalFolder(folder), writer, clock, TIMEOUT_MS);
  return { folder, clock, as };
}

describe("the note about a create", () => {
  it("is there before anything is sent, and tells a later process that the end is not known", async () => {
    const { as } = machine();
    await as(DEAD).of(undertaking()).begin([5, 6]);
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({
      kind: "unclear",
      before: new Set([5, 6]),
    });
  });

  it("says where CAKE could not be looked at before", async () => {
    const { as } = machine();
    await as(DEAD).of(undertaking()).begin(undefined);
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({ kind: "unclear", before: undefined });
  });

  it("tells a later process what CAKE has confirmed", async () => {
    const { as } = machine();
    const intent = as(DEAD).of(undertaking());
    await intent.begin([]);
    await intent.made(MADE);
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({ kind: "made", record: MADE });
  });

  it("is gone when nothing was made", async () => {
    const { as, folder } = machine();
    const intent = as(DEAD).of(undertaking());
    await intent.begin([]);
    await intent.undo();
    expect(readdirSync(folder)).toEqual([]);
    expect(await as(HERE).of(undertaking()).earlier()).toBeUndefined();
  });

  it.each([
    ["another resource", undertaking("origin-2")],
    ["a resource that says nothing of its origin", { ...undertaking(), origin: undefined }],
    ["another URL", undertaking("origin-1", "https://t.example/?token=other")],
    ["another instance", { ...undertaking(), domain: "eu.example" }],
  ])("says nothing about %s", async (_, other) => {
    const { as } = machine();
    await as(DEAD).of(undertaking()).begin([]);
    expect(await as(HERE).of(other).earlier()).toBeUndefined();
  });

  it("holds no URL, and neither does its name", async () => {
    const { as, folder } = machine();
    const intent = as(HERE).of(undertaking());
    await intent.begin([]);
    await intent.made(MADE);
    const [name = ""] = readdirSync(folder);
    expect(name).toMatch(/^[0-9a-f]{32}-[0-9a-f]{32}\.1$/);
    expect(intent.path).toBe(join(folder, name));
    expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/s3cr3t|t\.example|cake\.example|origin/);
  });

  it("is for its owner's eyes only", async () => {
    const { as, folder } = machine(join(notesFolder(), "deep", "er"));
    await as(HERE).of(undertaking()).begin([]);
    const [name = ""] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it("of which only a part was written tells that the end is not known", async () => {
    const { as, folder } = machine();
    const intent = as(DEAD).of(undertaking());
    await intent.begin([]);
    writeFileSync(join(folder, readdirSync(folder)[0] ?? ""), '{"version":1,"pid"');
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({ kind: "unclear", before: undefined });
  });
});

describe("what is added to a note", () => {
  it("counts only when it was written whole", async () => {
    const { as, folder } = machine();
    const intent = as(DEAD).of(undertaking());
    await intent.begin([4]);
    await intent.made(MADE);
    const file = join(folder, readdirSync(folder)[0] ?? "");
    const [begun = "", made = ""] = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, `${begun}\n${made.slice(0, -1)}`);
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({ kind: "unclear", before: new Set([4]) });
    writeFileSync(file, `${begun}\n${made}\n`);
    expect(await as(HERE).of(undertaking()).earlier()).toMatchObject({ kind: "made" });
  });
});

describe("a create that another process is at", () => {
  it("is waited for", async () => {
    const { as, clock } = machine();
    const running = as(LIVING).of(undertaking());
    await running.begin([]);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms) => {
      await sleep(ms);
      if (clock.pauses.length === 3) await running.made(MADE);
    };
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({ kind: "made", record: MADE });
    expect(clock.pauses).toEqual([250, 250, 250]);
  });

  it("is not waited for longer than an operation may take, and nothing is sent", async () => {
    const { as, clock } = machine();
    await as(LIVING).of(undertaking()).begin([]);
    const start = clock.now();
    const { message } = await failure(as(HERE).of(undertaking()).earlier());
    expect(message).toContain(`process ${process.ppid} of this machine`);
    expect(message).toContain("Nothing was sent");
    expect(clock.now() - start).toBe(TIMEOUT_MS);
  });

  it("counts as ended when its number has gone to another process", async () => {
    const { as, clock } = machine();
    await as({ ...LIVING, started: "1" })
      .of(undertaking())
      .begin([]);
    expect(await as(HERE).of(undertaking()).earlier()).toMatchObject({ kind: "unclear" });
    expect(clock.pauses).toEqual([]);
  });

  it("is waited for on another machine as long as it may take there", async () => {
    const { as, clock } = machine();
    await as(ELSEWHERE).of(undertaking()).begin([]);
    expect((await failure(as(HERE).of(undertaking()).earlier())).message).toContain("of another machine");
    clock.time += TIMEOUT_MS;
    expect(await as(HERE).of(undertaking()).earlier()).toMatchObject({ kind: "unclear" });
  });

  it("is begun by one of two only", async () => {
    const { as } = machine();
    const two = [as(HERE).of(undertaking()), as(ELSEWHERE).of(undertaking())];
    expect(await Promise.all(two.map((intent) => intent.earlier()))).toEqual([undefined, undefined]);
    const begun = await Promise.allSettled(two.map((intent) => intent.begin([])));
    expect(begun.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("a create that an earlier run left unclear", () => {
  it("is taken over by one of two only", async () => {
    const { as } = machine();
    await as(DEAD).of(undertaking()).begin([]);
    const two = [as(HERE).of(undertaking()), as(LIVING).of(undertaking())];
    for (const intent of two) await intent.earlier();
    const begun = await Promise.allSettled(two.map((intent) => intent.begin([])));
    expect(begun.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is no longer unclear after the one that took it over has made it, or has made nothing", async () => {
    const { as } = machine();
    await as(DEAD).of(undertaking()).begin([]);
    const second = as(DEAD).of(undertaking());
    await second.earlier();
    await second.begin([]);
    await second.undo();
    expect(await as(HERE).of(undertaking()).earlier()).toBeUndefined();
    const third = as(DEAD).of(undertaking());
    await third.earlier();
    await third.begin([]);
    await third.made(MADE);
    expect(await as(HERE).of(undertaking()).earlier()).toEqual({ kind: "made", record: MADE });
  });
});

describe("a note that has served", () => {
  async function made(folder: string) {
    const { as } = machine(folder);
    const intent = as(DEAD).of(undertaking());
    await intent.begin([]);
    await intent.made(MADE);
    return as(HERE);
  }

  it("goes when the engine has the record in its state", async () => {
    const folder = notesFolder();
    const intents = await made(folder);
    intents.recorded(undertaking(), MADE.postbackId);
    expect(readdirSync(folder)).toHaveLength(1);
    await intents.tidy();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("stays when the state has another record", async () => {
    const folder = notesFolder();
    const intents = await made(folder);
    intents.recorded(undertaking(), 1);
    await intents.tidy();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("stays as long as the end is not known", async () => {
    const { as, folder } = machine();
    await as(DEAD).of(undertaking()).begin([]);
    const intents = as(HERE);
    intents.recorded(undertaking(), MADE.postbackId);
    await intents.tidy();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("goes with all that were before it", async () => {
    const { as, folder } = machine();
    await as(DEAD).of(undertaking()).begin([]);
    const second = as(DEAD).of(undertaking());
    await second.earlier();
    await second.begin([]);
    await second.made(MADE);
    const intents = as(HERE);
    intents.recorded(undertaking(), MADE.postbackId);
    await intents.tidy();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("makes no folder where there is none, and never fails", async () => {
    const folder = join(notesFolder(), "none");
    const { as } = machine(folder);
    const intents = as(HERE);
    intents.recorded(undertaking(), 1);
    await intents.tidy();
    expect(() => statSync(folder)).toThrow("ENOENT");
  });
});

describe("the folder of the notes", () => {
  it.each<[string, (path: string) => void, RegExp]>([
    ["a link", (path) => symlinkSync(notesFolder(), path), /is a symbolic link/],
    ["a file", (path) => writeFileSync(path, ""), /EEXIST/],
    ["open to others", (path) => mkdirSync(path) ?? chmodSync(path, 0o755), /others may use it/],
  ])("is refused if it is %s, and nothing is sent", async (_, make, reason) => {
    const path = join(notesFolder(), "notes");
    make(path);
    const { as } = machine(path);
    const { name, message } = await failure(as(HERE).of(undertaking()).earlier());
    expect(name).toBe("SettingsError");
    expect(message).toMatch(reason);
    expect(message).toContain(path);
    expect(message).toContain("nothing was sent");
    expect(message).toContain("CAKE_INTENTS_DIR");
  });

  it("does not follow a link in the place of a note", async () => {
    const { as, folder } = machine();
    const intent = as(HERE).of(undertaking());
    const target = join(notesFolder(), "target");
    writeFileSync(target, "untouched");
    symlinkSync(target, intent.path);
    expect((await failure(as(HERE).of(undertaking()).earlier())).message).toContain("ELOOP");
    expect((await failure(intent.begin([]))).message).toContain("Another run has just begun");
    expect(readFileSync(target, "utf8")).toBe("untouched");
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
