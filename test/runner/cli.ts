// A stack on the real CLI, through the Automation API: throw-away backend, home and project folder.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type * as automation from "@pulumi/pulumi/automation";
import { messageOf } from "./async";
import { EventCollector } from "./cliEvents";
import {
  type ConfigMap,
  type ConfigValue,
  type CreateStackOptions,
  type Deployment,
  type DestroyOptions,
  type ImportFile,
  type KillTarget,
  OperationError,
  type OperationOptions,
  type OperationResult,
  type OutputMap,
  type PreviewOptions,
  type RefreshOptions,
  type Stack,
  type UpOptions,
  type UpResult,
} from "./types";

const load = createRequire(__filename);

export function cliIsOnPath(): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      return readdirSync(folder).includes("pulumi");
    } catch {
      return false;
    }
  });
}

export class CliStack implements Stack {
  private constructor(
    readonly name: string,
    private readonly stack: automation.Stack,
    private readonly folder: string,
  ) {}

  static async create(options: CreateStackOptions): Promise<CliStack> {
    const { LocalWorkspace } = load("@pulumi/pulumi/automation") as typeof automation;
    const folder = mkdtempSync(join(tmpdir(), "stack-cli-"));
    for (const name of ["home", "backend", "project"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "project", "Pulumi.yaml"), projectFile(options.workDir));
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: options.stackName, workDir: join(folder, "project") },
      {
        pulumiHome: join(folder, "home"),
        secretsProvider: "passphrase",
        envVars: {
          ...options.env,
          PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
          PULUMI_CONFIG_PASSPHRASE:
            options.passphrase ?? process.env.PULUMI_CONFIG_PASSPHRASE ?? "stack runner",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    return new CliStack(options.stackName, stack, folder);
  }

  setConfig(key: string, value: ConfigValue): Promise<void> {
    return this.stack.setConfig(key, value);
  }

  setAllConfig(config: ConfigMap): Promise<void> {
    return this.stack.setAllConfig(config);
  }

  removeConfig(key: string): Promise<void> {
    return this.stack.removeConfig(key);
  }

  async getAllConfig(): Promise<ConfigMap> {
    return { ...(await this.stack.getAllConfig()) };
  }

  setEnv(name: string, value: string | undefined): void {
    const { [name]: _old, ...rest } = this.stack.workspace.envVars;
    this.stack.workspace.envVars = value === undefined ? rest : { ...rest, [name]: value };
  }

  preview(options: PreviewOptions = {}): Promise<OperationResult> {
    return this.collect(options, false, (common) =>
      this.stack.preview({ ...common, ...planOptions(options) }),
    );
  }

  async up(options: UpOptions = {}): Promise<UpResult> {
    if (options.preview) await this.preview(options);
    const result = await this.collect(options, false, (common) =>
      this.stack.up({
        ...common,
        ...planOptions(options),
        continueOnError: options.continueOnError ?? false,
      }),
    );
    return { ...result, outputs: await this.outputs() };
  }

  refresh(options: RefreshOptions = {}): Promise<OperationResult> {
    return this.collect(options, true, (common) => {
      const all = {
        ...common,
        expectNoChanges: options.expectNoChanges ?? false,
        clearPendingCreates: options.clearPendingCreates ?? false,
        ...(options.runProgram && { runProgram: true }),
      };
      return options.previewOnly ? this.stack.previewRefresh(all) : this.stack.refresh(all);
    });
  }

  destroy(options: DestroyOptions = {}): Promise<OperationResult> {
    return this.collect(options, false, (common) => {
      const all = {
        ...common,
        refresh: options.refresh ?? false,
        continueOnError: options.continueOnError ?? false,
        ...(options.runProgram && { runProgram: true }),
      };
      return options.previewOnly ? this.stack.previewDestroy(all) : this.stack.destroy(all);
    });
  }

  async importResources(file: ImportFile, options: OperationOptions = {}): Promise<OperationResult> {
    const before = await this.resourceCount();
    const result = await this.stack.import({
      ...(file.nameTable !== undefined && { nameTable: file.nameTable }),
      resources: file.resources as automation.ImportResource[],
      protect: false,
      generateCode: false,
      ...(options.onOutput !== undefined && { onOutput: options.onOutput }),
    });
    const imported = (await this.resourceCount()) - before;
    // The import command tells no events; the resources it adds are all there is to see.
    return { changeSummary: { import: imported }, steps: [], stdout: result.stdout, stderr: result.stderr };
  }

  async exportStack(): Promise<Deployment> {
    return (await this.stack.exportStack()) as Deployment;
  }

  importStack(deployment: Deployment): Promise<void> {
    return this.stack.importStack(deployment);
  }

  async outputs(): Promise<OutputMap> {
    return { ...(await this.stack.outputs()) };
  }

  /** The folder of the stack's settings. */
  get workDir(): string {
    return this.stack.workspace.workDir;
  }

  /** Runs a command of the CLI that this interface has no method for. */
  command(args: readonly string[]): string {
    const { workDir } = this;
    const all = [...args, "--stack", this.name, "--non-interactive"];
    return execFileSync("pulumi", all, {
      cwd: workDir,
      env: this.environment(),
      encoding: "utf8",
      stdio: "pipe",
    });
  }

  /** The environment in which a command finds this stack. */
  environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.stack.workspace.envVars, PULUMI_HOME: join(this.folder, "home") };
  }

  /** Needs /proc: the Automation API does not say which processes it starts. */
  async kill(target: KillTarget): Promise<void> {
    const all = processesOf(join(this.folder, "home"));
    const isEngine = ({ command }: FoundProcess) => /(^|\/)pulumi$/.test(command[0] ?? "");
    const isHost = ({ command }: FoundProcess) =>
      command.some((part) => part.includes("cmd/dynamic-provider"));
    for (const found of all) {
      if ((target !== "host" && isEngine(found)) || (target !== "engine" && isHost(found))) end(found.pid);
    }
    if (target !== "host") await this.stack.cancel().catch(() => undefined);
  }

  async dispose(): Promise<void> {
    for (const { pid } of processesOf(join(this.folder, "home"))) end(pid);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async resourceCount(): Promise<number> {
    const { deployment } = await this.exportStack();
    const resources = (deployment.resources ?? []) as { type?: string; id?: string }[];
    return resources.filter(({ type, id }) => id !== undefined && !type?.startsWith("pulumi:providers:"))
      .length;
  }

  private async collect(
    options: OperationOptions & { diff?: boolean },
    refreshes: boolean,
    run: (common: CommonOptions) => Promise<{ stdout: string; stderr: string }>,
  ): Promise<OperationResult> {
    const collector = new EventCollector(refreshes);
    try {
      const { stdout, stderr } = await run(commonOptions(options, collector));
      return { changeSummary: collector.changeSummary, steps: collector.steps, stdout, stderr };
    } catch (error) {
      const [stdout, stderr] = printedIn(messageOf(error));
      const { failed, changeSummary, steps } = collector;
      throw new OperationError(messageOf(error), stdout, stderr, failed, changeSummary, steps);
    }
  }
}

interface CommonOptions {
  color: "never";
  onEvent: EventCollector["onEvent"];
  onOutput?: (text: string) => void;
  parallel?: number;
  target?: string[];
  targetDependents?: boolean;
}

function commonOptions(options: OperationOptions, collector: EventCollector): CommonOptions {
  return {
    color: "never",
    onEvent: collector.onEvent,
    ...(options.onOutput !== undefined && { onOutput: options.onOutput }),
    ...(options.parallel !== undefined && { parallel: options.parallel }),
    ...(options.target !== undefined && { target: options.target }),
    ...(options.targetDependents !== undefined && { targetDependents: options.targetDependents }),
  };
}

const planOptions = (options: PreviewOptions) => ({
  expectNoChanges: options.expectNoChanges ?? false,
  diff: options.diff ?? false,
  refresh: options.refresh ?? false,
  ...(options.replace !== undefined && { replace: options.replace }),
});

/** A CommandError has both in its message. */
function printedIn(message: string): [string, string] {
  const [, stdout = "", stderr = ""] = /stdout: ([\s\S]*?)\n stderr: ([\s\S]*)$/.exec(message) ?? [];
  return [stdout, stderr];
}

/** The same project with its program named by an absolute path, so that nothing is written beside it. */
function projectFile(workDir: string): string {
  const yaml = createRequire(load.resolve("@pulumi/pulumi"))("js-yaml") as {
    load(text: string): Record<string, unknown>;
    dump(value: unknown): string;
  };
  const project = yaml.load(readFileSync(join(workDir, "Pulumi.yaml"), "utf8"));
  return yaml.dump({ ...project, main: resolve(workDir, String(project.main ?? ".")) });
}

interface FoundProcess {
  pid: number;
  command: string[];
}

/** Everything that runs with this PULUMI_HOME. */
function processesOf(home: string): FoundProcess[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
      if (!environment.includes(`PULUMI_HOME=${home}`)) return [];
      return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0") }];
    } catch {
      // Processes of others, and those that have just ended.
      return [];
    }
  });
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
