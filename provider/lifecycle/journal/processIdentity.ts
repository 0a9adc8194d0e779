import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import * as v from "valibot";
import { hash } from "../../postback/postback";
import { attempt } from "../attempt";

/** Which process wrote something. Hashed if it could say something to a stranger. */
export const processIdentity = v.object({
  /** Machine, boot and container, within which a process ID means one process. */
  machine: v.string(),
  pid: v.number(),
  /** When the process started, in the machine's own count; empty if the machine does not say. */
  started: v.string(),
  /** Tells two openings within one process apart. */
  opening: v.string(),
});
export type ProcessIdentity = Readonly<v.InferOutput<typeof processIdentity>>;

/** Where this machine tells of its processes; a test simulates another system. */
export interface ProcessTable {
  /** The folder where Linux does; other systems have none. */
  readonly proc?: string;
  /** Throws `ESRCH` if no process has this number. */
  readonly probe?: (pid: number) => void;
}

export function thisProcess({ proc = PROC }: ProcessTable = {}): ProcessIdentity {
  const { pid } = process;
  return {
    machine: thisMachine(proc),
    pid,
    started: startOf(pid, proc) ?? "",
    opening: randomBytes(6).toString("hex"),
  };
}

/** Whether the process provably ended. False if that is unknown. */
export function hasEnded(one: ProcessIdentity, self: ProcessIdentity, table?: ProcessTable): boolean {
  return fateOf(one, self, table) === "ended";
}

/**
 * What is known of a process. It provably ended if it ran on this machine since its last start, and no process has its
 * number, or one that started at another time.
 */
export function fateOf(
  one: ProcessIdentity,
  self: ProcessIdentity,
  { proc = PROC, probe = probeProcess }: ProcessTable = {},
): "running" | "ended" | "unknown" {
  if (one.machine !== self.machine) return "unknown";
  if (isFree(one.pid, probe)) return "ended";
  const started = startOf(one.pid, proc);
  if (one.started === "" || started === undefined) return "unknown";
  return started === one.started ? "running" : "ended";
}

const PROC = "/proc";

function thisMachine(proc: string): string {
  const boot = attempt(() => readFileSync(`${proc}/sys/kernel/random/boot_id`, "utf8"));
  const container = attempt(() => readlinkSync(`${proc}/self/ns/pid`));
  return hash([hostname(), boot ?? "", container ?? ""]);
}

// Only Linux says it without another process. The command's name may hold blanks and brackets, so count from its end.
function startOf(pid: number, proc: string): string | undefined {
  const stat = attempt(() => readFileSync(`${proc}/${pid}/stat`, "utf8"));
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

function probeProcess(pid: number): void {
  process.kill(pid, 0);
}

// Any other failure proves nothing: somebody else's process may not be asked, and Windows has refusals of its own.
function isFree(pid: number, probe: (pid: number) => void): boolean {
  try {
    probe(pid);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
