// Starts the CLI itself: the Automation API starts it four times for one `up`, which is half of a test's time.
import { spawn } from "node:child_process";
import { program } from "../../../start";

export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onOutput?: ((text: string) => void) | undefined;
}

export function pulumi(args: readonly string[], { cwd, env, onOutput }: CommandOptions): Promise<Printed> {
  const started = program("pulumi", [...args, "--non-interactive"], env);
  const child = spawn(started.file, started.args, {
    cwd,
    ...started.options,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed.stdout += text;
    onOutput?.(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...printed }));
  });
}
