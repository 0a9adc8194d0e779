import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  fateOf,
  hasEnded,
  type ProcessIdentity,
  thisProcess,
} from "../../../../provider/lifecycle/journal/processIdentity";
import { needing } from "../../../capabilities";
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
  needing("/proc").each([
    ["where no process has its number", DEAD, true],
    ["where its number has gone to a process that started at another time", { started: "1" }, true],
    ["never while it runs", {}, false],
    ["never while its parent runs", { pid: process.ppid, started: thisStart(process.ppid) }, false],
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

// As on macOS and Windows.
const WITHOUT_PROC = { proc: "/no/such/folder" };

describe("a system without /proc", () => {
  const self = thisProcess(WITHOUT_PROC);
  const probes = (code: string) => ({
    ...WITHOUT_PROC,
    probe: () => {
      throw Object.assign(new Error(code), { code });
    },
  });

  it("proves that a process ended only where no process has its number", () => {
    expect(self.started).toBe("");
    expect(fateOf({ ...self, ...DEAD, started: "" }, self, WITHOUT_PROC)).toBe("ended");
    expect(fateOf({ ...self, pid: process.ppid }, self, WITHOUT_PROC)).toBe("unknown");
  });

  it.each(["EPERM", "EACCES", "EINVAL", "ENOSYS", "UNKNOWN"])(
    "does not call a process ended that may not be asked: %s",
    (code) => {
      expect(fateOf({ ...self, pid: 4_711 }, self, probes(code))).toBe("unknown");
      expect(fateOf({ ...self, pid: 4_711 }, self, probes("ESRCH"))).toBe("ended");
    },
  );
});

function thisStart(pid: number): string {
  const file = `/proc/${pid}/stat`;
  const stat = existsSync(file) ? readFileSync(file, "utf8") : "";
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
