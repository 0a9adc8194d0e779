import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { hash } from "../../postback/postback";

/** Which process wrote a note. Hashed as far as it could tell a stranger something. */
export interface ProcessIdentity {
  /** Machine, boot and container, within which a process id means one process. */
  readonly machine: string;
  readonly pid: number;
  /** When the process started, in the machine's own count; empty where the machine does not tell. */
  readonly started: string;
}

/** The running process as a writer of notes. */
export function thisProcess(): ProcessIdentity {
  const { pid } = process;
  return { machine: thisMachine(), pid, started: startOf(pid) ?? "" };
}

/** Whether the process that wrote a note may still be at it; "unknown" where it ran on another machine. */
export function isRunning(writer: ProcessIdentity, self: ProcessIdentity): boolean | "unknown" {
  if (writer.machine !== self.machine) return "unknown";
  if (!exists(writer.pid)) return false;
  // The number may have gone to another process since.
  return writer.started === (startOf(writer.pid) ?? "");
}

function thisMachine(): string {
  const boot = told(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  const container = told(() => readlinkSync("/proc/self/ns/pid"));
  return hash([hostname(), boot ?? "", container ?? ""]);
}

// Only Linux tells it without another process. The command's name may hold blanks and brackets, so count from its end.
function startOf(pid: number): string | undefined {
  const stat = told(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process runs all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function told(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
