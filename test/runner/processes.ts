// Child processes of a run: started in a group of their own as the CLI does, read line by line, always ended.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

const graceMilliseconds = 5_000;

export interface ProcessOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  onStdout: (line: string) => void;
  onStderr: (line: string) => void;
}

export class RunningProcess {
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  private ended = false;

  constructor(private readonly child: ChildProcess) {
    this.exited = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        this.ended = true;
        resolve({ code, signal });
      });
    });
    // Whoever awaits the exit sees a failed start; a process that nobody awaits must not end the tests.
    this.exited.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.ended || this.child.pid === undefined) return;
    signalGroup(this.child.pid, signal);
  }

  /** SIGINT as the CLI sends it, SIGKILL for a process that does not listen. */
  async stop(): Promise<void> {
    if (this.ended) return;
    this.signal("SIGINT");
    const timer = setTimeout(() => this.signal("SIGKILL"), graceMilliseconds);
    await this.exited.catch(() => undefined);
    clearTimeout(timer);
  }

  /** Lets go of a process that is to live on. */
  abandon(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    this.child.unref();
  }
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

export function startProcess(command: string, args: string[], options: ProcessOptions): RunningProcess {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.stdout !== null) eachLine(child.stdout, options.onStdout);
  if (child.stderr !== null) eachLine(child.stderr, options.onStderr);
  return new RunningProcess(child);
}

export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}

export const exitOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
};
