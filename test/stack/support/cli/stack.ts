// A stack on the real Pulumi CLI, by the Automation API: throw-away backend, home and project folder.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type * as automation from "@pulumi/pulumi/automation";
import { EventCollector } from "./events";
import { end, hostsAreGone, processesOf } from "./processes";
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
  type UpOptions,
  type UpResult,
} from "./types";

const load = createRequire(__filename);

export class CliStack {
  private constructor(
    private stack: automation.Stack,
    private readonly folder: string,
  ) {}

  get name(): string {
    return this.stack.name;
  }

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
          PULUMI_CONFIG_PASSPHRASE: options.passphrase ?? "of a test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    return new CliStack(stack, folder);
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
    // The import command sends no events: the resources that it adds are all there is to see.
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

  /** Runs a command of the CLI that this class has no method for. */
  command(args: readonly string[]): string {
    const all = [...args, "--stack", this.name, "--non-interactive"];
    return execFileSync("pulumi", all, {
      cwd: this.workDir,
      env: this.environment(),
      encoding: "utf8",
      stdio: "pipe",
    });
  }

  /** Gives the stack another name, as `pulumi stack rename` does; its settings come along. */
  async rename(name: string): Promise<void> {
    this.command(["stack", "rename", name]);
    const { Stack } = load("@pulumi/pulumi/automation") as typeof automation;
    this.stack = await Stack.select(name, this.stack.workspace);
  }

  /** The environment in which a command finds this stack. */
  environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.stack.workspace.envVars, PULUMI_HOME: this.home };
  }

  private get home(): string {
    return join(this.folder, "home");
  }

  /** Ends processes of the running operation with SIGKILL. */
  async kill(target: KillTarget): Promise<void> {
    for (const { pid, role } of processesOf(this.home)) if (target === "both" || role === target) end(pid);
    if (target === "host") return;
    // A dead CLI leaves the stack locked.
    await this.stack.cancel().catch(() => undefined);
  }

  /** Whether every provider process of this stack has ended, at the latest after so many milliseconds. */
  hostsAreGone(within: number): Promise<boolean> {
    return hostsAreGone(this.home, within);
  }

  /** Ends whatever a killed run left behind and removes the temporary files. */
  async dispose(): Promise<void> {
    for (const { pid } of processesOf(this.home)) end(pid);
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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
