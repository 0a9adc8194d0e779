import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CliStack, type CreateStackOptions, findCli } from "../stack/support/cli";

/** A stack on which each operation is done as a user does it, without a preview before it. */
export interface BenchStack {
  preview(): Promise<void>;
  up(): Promise<void>;
  refresh(): Promise<void>;
  destroy(): Promise<void>;
  /** Takes resources into the state, from an import file. */
  takeIn(path: string): Promise<void>;
  readonly stack: CliStack;
}

export interface BenchEngine {
  /** The engine's name and version, which a table never mixes with another. */
  readonly name: string;
  create(options: CreateStackOptions): Promise<BenchStack>;
}

const run = promisify(execFile);

/** The real CLI: what another engine takes says nothing about a user's run. */
export async function engineHere(): Promise<BenchEngine> {
  if (!findCli()) throw new Error("The benchmark needs the Pulumi CLI: put pulumi on the PATH.");
  const { stdout } = await run("pulumi", ["version"]);
  return { name: `Pulumi CLI ${stdout.trim()}`, create: onCli };
}

// The commands themselves: the Automation API reads the events of each resource, which no user pays for.
async function onCli(options: CreateStackOptions): Promise<BenchStack> {
  const stack = await CliStack.create(options);
  const pulumi = async (...args: string[]) => {
    await run("pulumi", [...args, "--stack", stack.name, "--non-interactive"], {
      cwd: stack.workDir,
      env: stack.environment(),
      maxBuffer: 1e9,
    });
  };
  return {
    stack,
    preview: () => pulumi("preview"),
    up: () => pulumi("up", "--yes", "--skip-preview"),
    refresh: () => pulumi("refresh", "--yes", "--skip-preview"),
    destroy: () => pulumi("destroy", "--yes", "--skip-preview"),
    takeIn: (path) => pulumi("import", "--file", path, "--yes", "--skip-preview", "--generate-code=false"),
  };
}
