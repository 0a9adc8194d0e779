import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import * as v from "valibot";

/** A setting of a stack, in clear text. */
export interface StackSetting {
  readonly value: string;
  readonly secret: boolean;
}

/** The Pulumi CLI did not do what it was asked. The message holds what it said. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/** The Pulumi CLI, in a project's folder, on one of its stacks. Nothing secret is ever an argument of it. */
export class Pulumi {
  constructor(
    private readonly folder: string,
    private readonly stack: string | undefined,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Its version, such as `[3, 260, 0]`; undefined where there is none on the PATH. */
  async version(): Promise<readonly [number, number, number] | undefined> {
    const said = await this.run(["version"], { isAboutStack: false }).catch(() => undefined);
    const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(said?.trim() ?? "") ?? [];
    return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
  }

  /** The name of the stack, without its project. */
  async stackName(): Promise<string> {
    const name = this.stack ?? (await this.run(["stack", "--show-name"], { isAboutStack: false })).trim();
    return name.split("/").at(-1) ?? name;
  }

  /** The stack's settings, the secret ones opened. */
  async settings(): Promise<Readonly<Record<string, StackSetting>>> {
    return settingsIn(await this.run(["config", "--json", "--show-secrets"]));
  }

  /** Stores a secret setting; it goes in by standard input, because everybody can read the arguments of a process. */
  async setSecret(name: string, value: string): Promise<void> {
    await this.run(["config", "set", "--secret", name], { input: value });
  }

  exportState(): Promise<string> {
    return this.run(["stack", "export"]);
  }

  async importState(file: string): Promise<void> {
    await this.run(["stack", "import", "--file", file]);
  }

  /**
   * Takes what a file names into the state. Nothing remote is touched, so that saving the state once at the end is
   * enough: with a local backend, saving it after each resource takes far longer.
   */
  async importResources(file: string): Promise<void> {
    const flags = ["--yes", "--skip-preview", "--generate-code=false", "--suppress-outputs"];
    await this.run(["import", "--file", file, ...flags], { env: { PULUMI_SKIP_CHECKPOINTS: "true" } });
  }

  /** How many resources a preview would leave, create, change, …, by Pulumi's words for it. */
  async preview(): Promise<Readonly<Record<string, number>>> {
    return changesIn(await this.run(["preview", "--json"]));
  }

  private async run(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { isAboutStack = true, input = "", env = {} } = options;
    const selected = isAboutStack && this.stack !== undefined ? ["--stack", this.stack] : [];
    const asked = [...args, ...selected];
    const all = [...asked, "--non-interactive", "--color", "never"];
    const child = spawn("pulumi", all, {
      cwd: this.folder,
      env: { ...this.env, ...env } as NodeJS.ProcessEnv,
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code === 0) return out;
    throw new CliError(`pulumi ${asked.join(" ")} failed:\n${said.trim() || out.trim()}`);
  }
}

interface RunOptions {
  readonly isAboutStack?: boolean;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const stackConfig = v.record(v.string(), v.object({ value: v.optional(v.unknown()), secret: v.boolean() }));

function settingsIn(json: string): Record<string, StackSetting> {
  const parsed = v.parse(stackConfig, JSON.parse(json));
  return Object.fromEntries(
    Object.entries(parsed).flatMap(([name, { value, secret }]) => {
      if (value === undefined) return [];
      return [[name, { value: typeof value === "string" ? value : JSON.stringify(value), secret }]];
    }),
  );
}

const digest = v.object({ changeSummary: v.nullish(v.record(v.string(), v.number()), {}) });

function changesIn(json: string): Record<string, number> {
  return v.parse(digest, JSON.parse(json)).changeSummary;
}
