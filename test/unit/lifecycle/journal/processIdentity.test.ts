import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  hasEnded,
  type ProcessIdentity,
  thisProcess,
} from "../../../../provider/lifecycle/journal/processIdentity";
import { DEAD } from "../support";

const SELF = thisProcess();
const other = (changes: Partial<ProcessIdentity>): ProcessIdentity => ({ ...SELF, ...changes });

describe("the identity of a process", () => {
  it("tells two openings within one process apart, and nothing about the machine", () => {
    expect(thisProcess()).toEqual({ ...SELF, opening: expect.not.stringMatching(SELF.opening) });
    expect(SELF.machine).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("a process has ended", () => {
  it.each([
    ["where no process has its number", DEAD, true],
    ["where its number has gone to a process that started at another time", { started: "1" }, true],
    ["never while it runs", {}, false],
    ["never while its parent runs", { pid: process.ppid, started: startOf(process.ppid) }, false],
    [
      "not provably on another machine, or before the last start of this one",
      { ...DEAD, machine: "x" },
      false,
    ],
    ["not provably where its number is taken and no start is known", { pid: 1, started: "" }, false],
    ["provably without a known start, where no process has its number", { ...DEAD, started: "" }, true],
    [
      "not provably with the number of somebody else's process of unknown start",
      { pid: 1, started: "" },
      false,
    ],
  ])("%s", (_, changes, ended) => {
    expect(hasEnded(other(changes), SELF)).toBe(ended);
  });
});

function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
