import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { REPOSITORY } from "../../host/support/process";
import { environmentWith } from "./environment";

/** What the package publishes as `pulumi-cake`: the build, because compiling it anew would double the time of a run. */
export const COMMAND: string = join(REPOSITORY, "dist/cli/main.js");

export interface Ran {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** @default nothing */
  readonly input?: string | Buffer;
  /** Beside what the tests' own environment has. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs `pulumi-cake` in a process of its own. */
export async function runCommand(
  args: readonly string[],
  { input = "", env = {}, cwd }: RunOptions = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: environmentWith(env), cwd });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve).once("error", reject);
  });
  // It may end without reading, which is not a failure of the test.
  child.stdin.on("error", () => undefined).end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
