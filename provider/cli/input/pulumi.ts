import { spawn } from "node:child_process";
import { relative } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import * as v from "valibot";
import { attempt } from "../../lifecycle/attempt";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { startable } from "./executable";
import { messages } from "./messages";
import { type Digest, readDigest } from "./preview";

/** A stack's settings by their full names, such as `cake:domain`, in clear text. */
export type StackConfig = Readonly<Record<string, string>>;

/** What a preview showed. It shows no secret of a URL. */
export interface PreviewResult {
  /** How many resources it would leave, create, change, …, by Pulumi's words for it. */
  readonly changes: Readonly<Record<string, number>>;
  /** The resources that it got to. */
  readonly urns: ReadonlySet<string>;
  /** Why it failed; none where it did not. */
  readonly errors: readonly string[];
}

/** A command of the Pulumi CLI failed. */
export class PulumiError extends CodedError {
  /** What the CLI said about it, safe to print. */
  readonly said: string;

  constructor(command: string, output: string) {
    const said = messageText(output);
    super(messages.pulumiFailed(command, said));
    this.said = said;
  }
}

/** The Pulumi CLI, in a project's folder, on one of its stacks. Nothing secret is ever an argument of it. */
export class Pulumi {
  constructor(
    private readonly folder: string,
    private readonly stack: string | undefined,
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly platform: NodeJS.Platform = process.platform,
  ) {}

  /** Its version, such as `[3, 260, 0]`; undefined where there is none on the PATH. */
  async version(): Promise<readonly [number, number, number] | undefined> {
    const said = await this.run(["version"], { isAboutStack: false }).catch(() => undefined);
    const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(said?.trim() ?? "") ?? [];
    return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
  }

  /** The stack's settings, the secret ones opened. */
  async settings(): Promise<StackConfig> {
    return settingsIn(await this.run(["config", "--json", "--show-secrets"]));
  }

  /** Stores a secret setting; it goes in by standard input, because everybody can read the arguments of a process. */
  async setSecret(name: string, value: string): Promise<void> {
    await this.run(["config", "set", "--secret", name], { input: value });
  }

  exportState(): Promise<string> {
    return this.run(["stack", "export"]);
  }

  /**
   * Takes what a file names into the state. Nothing remote is touched, so that saving the state once at the end is
   * enough: with a local backend, saving it after each resource takes far longer.
   */
  async importResources(file: string): Promise<void> {
    const flags = ["--yes", "--skip-preview", "--generate-code=false", "--suppress-outputs"];
    await this.run(["import", "--file", relative(this.folder, file), ...flags], {
      env: { PULUMI_SKIP_CHECKPOINTS: "true" },
    });
  }

  /** What a preview shows, also where it fails. Throws where there was none, as without a passphrase. */
  async preview(): Promise<PreviewResult> {
    const { asked, out, said, code } = await this.start(["preview", "--json"]);
    const digest = attempt(() => readDigest(out));
    const result = digest && resultOf(digest);
    if (result === undefined || (code !== 0 && result.errors.length === 0))
      throw new PulumiError(asked, said);
    return result;
  }

  private async run(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { asked, out, said, code } = await this.start(args, options);
    if (code === 0) return out;
    // What a command that answers with data has printed until then is not a message, and may hold secrets.
    const isData = args.includes("--json") || args.includes("export");
    throw new PulumiError(asked, [said, isData ? "" : out].join("\n"));
  }

  private async start(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const { isAboutStack = true, input = "", env = {} } = options;
    const selected = isAboutStack && this.stack !== undefined ? ["--stack", this.stack] : [];
    const asked = [...args, ...selected];
    const all = [...asked, "--non-interactive", "--color", "never"];
    const program = startable("pulumi", all, { ...this.env, ...env }, this.platform);
    if (program === undefined) throw new CodedError(messages.pulumiMissing());
    const { shell, env: variables } = program.options;
    const child = spawn(program.file, program.args, {
      cwd: this.folder,
      env: variables as NodeJS.ProcessEnv,
      ...(shell && { shell }),
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { asked: asked.join(" "), out, said, code };
  }
}

interface Ended {
  /** The command, for people. */
  readonly asked: string;
  readonly out: string;
  readonly said: string;
  readonly code: number | null;
}

interface RunOptions {
  readonly isAboutStack?: boolean;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A message without colors, for which the engine has marks of its own. It may quote URLs of the program and the state. */
function messageText(message: string): string {
  return maskText(stripVTControlCharacters(message.replace(/<\{%[^%]*%\}>/g, "")).trim());
}

const stackConfig = v.record(v.string(), v.object({ value: v.optional(v.unknown()) }));

function settingsIn(json: string): StackConfig {
  const parsed = v.safeParse(
    stackConfig,
    attempt(() => JSON.parse(json)),
  );
  // What a parser says is wrong with a text quotes it, and it holds the stack's secrets.
  if (!parsed.success) throw new CodedError(messages.configUnreadable());
  const settings = Object.entries(parsed.output).filter(([, { value }]) => value !== undefined);
  return Object.fromEntries(
    settings.map(([name, { value }]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function resultOf({ changeSummary, steps, diagnostics }: Digest): PreviewResult {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return {
    changes: changeSummary,
    urns: new Set([...steps, ...diagnostics].flatMap(({ urn }) => urn ?? [])),
    errors: errors.map(({ message }) => messageText(message)),
  };
}
