import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../../provider/formats/formats";
import { JournalFolder } from "../../../../provider/lifecycle/journal/folder";
import { type ProcessIdentity, thisProcess } from "../../../../provider/lifecycle/journal/processIdentity";
import { RunRecords } from "../../../../provider/lifecycle/journal/runRecords";
import { Ownership } from "../../../../provider/lifecycle/safety/ownership";
import { DEAD, journalFolder } from "../support";

/** Processes of one machine, as far as their runs go. */
function machine(path = join(journalFolder(), "runs")) {
  const process = (run = "a", identity: Partial<ProcessIdentity> = {}) =>
    new RunRecords(new JournalFolder(() => path), run, { ...thisProcess(), ...identity });
  return { path, process };
}

describe("the records of a run", () => {
  it("are seen by the other processes of the run, as soon as they are written", () => {
    const { process } = machine();
    const [one, other] = [process(), process()];
    expect(other.of(5)).toEqual([]);
    one.write({ action: "taken", postbackId: 5, urn: "u" });
    expect(other.of(5)).toEqual([{ action: "taken", postbackId: 5, urn: "u" }]);
    one.write({ action: "deactivated", postbackId: 6 });
    one.write({ action: "asked", postbackId: 5 });
    expect(other.of(6)).toEqual([{ action: "deactivated", postbackId: 6 }]);
    expect(other.of(5), "the last word counts").toEqual([{ action: "asked", postbackId: 5 }]);
  });

  it("of several processes are seen side by side, and one's own are not among them", () => {
    const { process } = machine();
    const [one, two, three] = [process(), process(), process()];
    one.write({ action: "kept", postbackId: 5, urn: "u" });
    two.write({ action: "asked", postbackId: 5, urn: "v" });
    expect(three.of(5)).toHaveLength(2);
    expect(one.of(5)).toEqual([{ action: "asked", postbackId: 5, urn: "v" }]);
  });

  it("say nothing to another run, such as the update after a preview", () => {
    const { process } = machine();
    process("a").write({ action: "taken", postbackId: 5, urn: "u" });
    expect(process("b").of(5)).toEqual([]);
  });

  it("say nothing to a later run that got the same address, once their process has ended", () => {
    const { process } = machine();
    process("a", DEAD).write({ action: "taken", postbackId: 5, urn: "u" });
    expect(process("a").of(5)).toEqual([]);
  });

  it("of processes that have ended are removed by the next one that writes, whatever their run", () => {
    const { path, process } = machine();
    process("a", DEAD).write({ action: "taken", postbackId: 5 });
    process("b", DEAD).write({ action: "taken", postbackId: 5 });
    process("c").write({ action: "taken", postbackId: 5 });
    process("d").write({ action: "taken", postbackId: 6 });
    expect(readdirSync(path)).toHaveLength(2);
  });

  it("say nothing to a run on another machine, or after a restart, that got the same address", () => {
    const { path, process } = machine();
    process("a", { machine: "before" }).write({ action: "kept", postbackId: 5, urn: "u" });
    expect(process("a").of(5)).toEqual([]);
    expect(readdirSync(path)).toHaveLength(1);
  });

  it("of another machine are left alone for a week, because the folder may be shared", () => {
    const { path, process } = machine();
    process("a", { machine: "other" }).write({ action: "kept", postbackId: 5, urn: "u" });
    const [name = ""] = readdirSync(path);
    for (const [days, left] of [
      [6, true],
      [8, false],
    ] as const) {
      const changed = Date.now() / 1_000 - days * 86_400;
      utimesSync(join(path, name), changed, changed);
      process("b").write({ action: "kept", postbackId: 6, urn: "v" });
      expect(readdirSync(path).includes(name), `${days} days`).toBe(left);
    }
  });

  it("count only where their line is whole", () => {
    const { path, process } = machine();
    const [one, other] = [process(), process()];
    one.write({ action: "taken", postbackId: 5 });
    const [name = ""] = readdirSync(path);
    const file = join(path, name);
    writeFileSync(file, '{"action":"deactivated","postb', { flag: "a" });
    expect(other.of(5)).toEqual([{ action: "taken", postbackId: 5 }]);
    writeFileSync(file, 'ackId":5}\n', { flag: "a" });
    expect(other.of(5)).toEqual([{ action: "deactivated", postbackId: 5 }]);
  });

  it("hold IDs and hashes only", () => {
    const { path, process } = machine();
    process().write({ action: "taken", postbackId: 5, urn: "0123abc" });
    const [name = ""] = readdirSync(path);
    const [, line = ""] = readFileSync(join(path, name), "utf8").split("\n");
    expect(JSON.parse(line)).toEqual({ action: "taken", postbackId: 5, urn: "0123abc" });
  });

  it("are read without a folder that is not there yet, and make none", () => {
    const { path, process } = machine();
    expect(process().of(5)).toEqual([]);
    expect(() => readdirSync(path)).toThrow("ENOENT");
  });

  it("that are not such a record, or not such a file, are passed over", () => {
    const { path, process } = machine();
    const one = process();
    one.write({ action: "taken", postbackId: 5 });
    writeFileSync(join(path, "a-1-ffff"), "no JSON\n");
    writeFileSync(join(path, "a-2-ffff"), "");
    writeFileSync(join(path, readdirSync(path).find((name) => name.length > 8) ?? ""), '{"x":1}\nnull\n', {
      flag: "a",
    });
    expect(process().of(5)).toEqual([{ action: "taken", postbackId: 5 }]);
  });

  it("of a run with many are all read, however long the file", () => {
    const { process } = machine();
    const [one, other] = [process(), process()];
    for (let id = 1; id <= 30_000; id += 1)
      one.write({ action: "kept", postbackId: id, urn: "u".repeat(32) });
    expect(other.of(1)).toHaveLength(1);
    expect(other.of(30_000)).toHaveLength(1);
  });
});

describe("the records of a process with a newer version", () => {
  const newer = (path: string, identity: Partial<ProcessIdentity> = {}) => {
    const name = `a-${thisProcess().pid}-0123`;
    const head = { ...thisProcess(), ...identity, version: FORMATS.runFile + 1 };
    writeFileSync(join(path, name), `${JSON.stringify(head)}\n{"action":"lent","postbackId":5}\n`);
    return name;
  };

  it("stop what depends on them, because what they mean is unknown", () => {
    const { path, process } = machine();
    const own = process();
    own.write({ action: "taken", postbackId: 6 });
    const name = newer(path);
    expect(() => own.of(5)).toThrow(
      /has version 2, and this pulumi-cake reads up to 1.*\[written-by-newer-version\]/,
    );
    expect(() => own.of(5)).toThrow(`remove the file runs/${name}`);
    expect(() => process("b").of(5)).not.toThrow();
  });

  it("count no more once it has ended, and are not removed by this one", () => {
    const { path, process } = machine();
    process("c").write({ action: "taken", postbackId: 6 });
    const name = newer(path, DEAD);
    const own = process();
    own.write({ action: "taken", postbackId: 7 });
    expect(own.of(5)).toEqual([]);
    expect(readdirSync(path)).toContain(name);
  });

  it("stop a take and a deactivation", () => {
    const { path, process } = machine();
    const ownership = new Ownership(process());
    ownership.take(4, "u");
    newer(path);
    for (const attempted of [() => ownership.take(5, "u"), () => ownership.deactivate(5)])
      expect(attempted).toThrow(/\[written-by-newer-version\]$/);
    ownership.keep(6, "v");
  });
});
