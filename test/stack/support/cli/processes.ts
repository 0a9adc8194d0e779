// The processes of a run. They are found in /proc by their PULUMI_HOME, which no other run has: the Automation API
// does not say which processes it starts, and a provider process is no longer a child once the CLI is dead.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** What a provider process runs: that of dynamic resources, the plugin by its name or its file, or the SDK's host of plugins. */
const PROVIDER = /cmd\/(dynamic-provider|run-plugin)\b|(^|\/)pulumi-resource-cake$|\/plugin\/main\.js$/;

export interface RunProcess {
  readonly pid: number;
  readonly role: "engine" | "host" | "other";
}

export function processesOf(home: string): RunProcess[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
      if (!environment.includes(`PULUMI_HOME=${home}`)) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
      return [{ pid: Number(name), role: roleOf(command) }];
    } catch {
      // Processes of others, and those that have just ended.
      return [];
    }
  });
}

function roleOf(command: readonly string[]): RunProcess["role"] {
  if (/(^|\/)pulumi$/.test(command[0] ?? "")) return "engine";
  return command.some((part) => PROVIDER.test(part)) ? "host" : "other";
}

/** Ends a process, or with a negative number its whole group. */
export function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

const POLL_MS = 100;

/** Waits until no provider process of a run is left; the answer is false if one still lives after that time. */
export async function hostsAreGone(home: string, within: number): Promise<boolean> {
  for (let polls = 0; polls <= within / POLL_MS; polls += 1) {
    if (!processesOf(home).some(({ role }) => role === "host")) return true;
    await pause(POLL_MS);
  }
  return false;
}
