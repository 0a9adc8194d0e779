import { readdirSync, readFileSync } from "node:fs";

/** The processes of a run, by what they do for it. */
export type Role = "engine" | "program" | "host" | "command" | "other";

/** What the processes of one role took. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

const EVERY_MS = 50;
/** The unit of `/proc/<pid>/stat`, which Linux fixes for all machines. */
const TICKS_PER_SECOND = 100;

interface Seen {
  role: Role;
  cpuSeconds: number;
  peakMegabytes: number;
}

/**
 * Watches all processes that carry a mark in their environment, which children inherit. What a process took after the
 * last look at it is missing: at most 50 ms for each. Sees nothing where there is no `/proc`.
 */
export class ProcessWatch {
  private readonly seen = new Map<number, Seen | undefined>();
  private readonly timer = setInterval(() => this.look(), EVERY_MS);

  constructor(private readonly mark: string) {}

  /** Stops, and tells what each role took. */
  stop(): Record<Role, Usage> {
    clearInterval(this.timer);
    this.look();
    const usage = (role: Role): Usage => {
      const all = [...this.seen.values()].filter((one) => one?.role === role) as Seen[];
      return {
        cpuSeconds: all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
        peakMegabytes: Math.max(0, ...all.map(({ peakMegabytes }) => peakMegabytes)),
      };
    };
    return {
      engine: usage("engine"),
      program: usage("program"),
      host: usage("host"),
      command: usage("command"),
      other: usage("other"),
    };
  }

  private look(): void {
    for (const pid of pidsIn("/proc")) {
      if (!this.seen.has(pid)) this.meet(pid);
      const process = this.seen.get(pid);
      if (process !== undefined) measure(pid, process);
    }
  }

  private meet(pid: number): void {
    const environment = textOf(`/proc/${pid}/environ`);
    if (environment === undefined) return;
    const isOurs = environment.split("\0").includes(this.mark);
    this.seen.set(pid, isOurs ? { role: "other", cpuSeconds: 0, peakMegabytes: 0 } : undefined);
  }
}

function roleOf(command: string): Role {
  if (/cmd\/dynamic-provider|pulumi-resource-cake/.test(command)) return "host";
  if (command.includes("cmd/run")) return "program";
  if (command.includes("dist/cli/main.js")) return "command";
  return /(?:^|\/)pulumi\0/.test(command) ? "engine" : "other";
}

function measure(pid: number, process: Seen): void {
  // Until it runs what it was started for, a new process looks like the one that started it.
  const command = textOf(`/proc/${pid}/cmdline`);
  if (command) process.role = roleOf(command);
  const stat = textOf(`/proc/${pid}/stat`);
  const status = textOf(`/proc/${pid}/status`);
  if (stat === undefined || status === undefined) return;
  // The second field is a name in brackets, which may hold anything.
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14).map(Number);
  process.cpuSeconds = (user + system) / TICKS_PER_SECOND;
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  process.peakMegabytes = Math.max(process.peakMegabytes, peak);
}

function pidsIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It has ended, or is somebody else's.
    return undefined;
  }
}
