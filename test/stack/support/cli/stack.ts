// A stack on the real Pulumi CLI: throw-away backend, home and project folder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { destroyArguments, previewArguments, refreshArguments, upArguments } from "./arguments";
import { pulumi } from "./command";
import { EventCollector } from "./events";
import { end, hostsAreGone, processesOf } from "./processes";
import { withoutSecrets } from "./secrets";
import {
  type ConfigMap,
  type ConfigValue,
  type CreateStackOptions,
  type Deployment,
  type DestroyOptions,
  type ImportFile,
  type JsonObject,
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
  private operations = 0;

  private constructor(
    private stackName: string,
    private readonly folder: string,
    private env: NodeJS.ProcessEnv,
  ) {}

  static async create(options: CreateStackOptions): Promise<CliStack> {
    const folder = mkdtempSync(join(tmpdir(), "stack-cli-"));
    for (const name of ["home", "backend", "project"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "project", "Pulumi.yaml"), projectFile(options.workDir));
    const stack = new CliStack(options.stackName, folder, {
      ...options.env,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: options.passphrase ?? "of a test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // For the Node host of the tests, which has none in reach where it runs a plugin for a program in another language.
      PULUMI_TEST_SDK: resolve(__dirname, "../../../.."),
      // Without it there is no "--event-log".
      PULUMI_DEBUG_COMMANDS: "true",
      // Whatever a test needs is there: a plugin that is missing must fail at once.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
    await stack.command(["stack", "init", options.stackName, "--secrets-provider", "passphrase"]);
    return stack;
  }

  get name(): string {
    return this.stackName;
  }

  setConfig(key: string, value: ConfigValue): Promise<void> {
    return this.setAllConfig({ [key]: value });
  }

  async setAllConfig(config: ConfigMap): Promise<void> {
    const values = Object.entries(config).flatMap(([key, { value, secret }]) => [
      secret ? "--secret" : "--plaintext",
      `${key}=${value}`,
    ]);
    if (values.length > 0) await this.command(["config", "set-all", ...values]);
  }

  async removeConfig(key: string): Promise<void> {
    await this.command(["config", "rm", key]);
  }

  async getAllConfig(): Promise<ConfigMap> {
    const all = JSON.parse(await this.command(["config", "--show-secrets", "--json"])) as ConfigMap;
    return Object.fromEntries(
      Object.entries(all).map(([key, { value, secret = false }]) => [key, { value, secret }]),
    );
  }

  /** Environment variables of the next operations, on top of the process's own; `undefined` removes one. */
  setEnv(name: string, value: string | undefined): void {
    const { [name]: _old, ...rest } = this.env;
    this.env = value === undefined ? rest : { ...rest, [name]: value };
  }

  preview(options: PreviewOptions = {}): Promise<OperationResult> {
    return this.operate(previewArguments(options), options);
  }

  async up(options: UpOptions = {}): Promise<UpResult> {
    const result = await this.operate(upArguments(options), options);
    return { ...result, outputs: await this.outputs() };
  }

  refresh(options: RefreshOptions = {}): Promise<OperationResult> {
    return this.operate(refreshArguments(options), options);
  }

  destroy(options: DestroyOptions = {}): Promise<OperationResult> {
    return this.operate(destroyArguments(options), options);
  }

  async importResources(file: ImportFile, options: OperationOptions = {}): Promise<OperationResult> {
    const before = this.resourceCount();
    const path = join(this.folder, "import.json");
    writeFileSync(path, JSON.stringify(file));
    const flags = ["--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
    const result = await this.operate(["import", "--file", path, ...flags], options);
    // The import command sends no events: the resources that it adds are all there is to see.
    return { ...result, changeSummary: { import: this.resourceCount() - before }, steps: [] };
  }

  async exportStack(): Promise<Deployment> {
    return JSON.parse(await this.command(["stack", "export", "--show-secrets"])) as Deployment;
  }

  async importStack(deployment: Deployment): Promise<void> {
    const path = join(this.folder, "state.json");
    writeFileSync(path, JSON.stringify(deployment));
    await this.command(["stack", "import", "--file", path]);
  }

  async outputs(): Promise<OutputMap> {
    const root = this.savedResources().find(({ type }) => type === "pulumi:pulumi:Stack");
    const saved = (root?.outputs ?? {}) as JsonObject;
    const isSecret = (key: string) => hasSecret(saved[key] ?? null);
    const plain = Object.keys(saved).some(isSecret)
      ? (JSON.parse(await this.command(["stack", "output", "--json", "--show-secrets"])) as JsonObject)
      : saved;
    return Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, { value, secret: isSecret(key) }]),
    );
  }

  /** The folder of the stack's settings. */
  get workDir(): string {
    return join(this.folder, "project");
  }

  /** Runs any command of the CLI on this stack; the answer is what it prints. */
  async command(args: readonly string[]): Promise<string> {
    const all = args.includes("init") ? args : [...args, "--stack", this.name];
    const { code, stdout, stderr } = await pulumi(all, this.place);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
    return stdout;
  }

  /** Gives the stack another name, as `pulumi stack rename` does; its settings come along. */
  async rename(name: string): Promise<void> {
    await this.command(["stack", "rename", name]);
    this.stackName = name;
  }

  /** The environment in which a command finds this stack. */
  environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.env };
  }

  /** Ends processes of the running operation with SIGKILL. */
  async kill(target: KillTarget): Promise<void> {
    for (const { pid, role } of processesOf(this.home)) if (target === "both" || role === target) end(pid);
    // A dead CLI leaves the stack locked.
    if (target !== "host") await this.command(["cancel", "--yes"]).catch(() => undefined);
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

  private get home(): string {
    return join(this.folder, "home");
  }

  private get place() {
    return { cwd: this.workDir, env: this.environment() };
  }

  private async operate(args: readonly string[], { onOutput }: OperationOptions): Promise<OperationResult> {
    this.operations += 1;
    const log = join(this.folder, `events-${this.operations}.jsonl`);
    const all = [...args, "--stack", this.name, "--color", "never", "--event-log", log];
    const { code, stdout, stderr } = await pulumi(all, { ...this.place, onOutput });
    const { steps, changeSummary, failed } = EventCollector.read(log, args[0] === "refresh");
    if (code === 0) return { changeSummary, steps, stdout, stderr };
    const message = `pulumi ${args.join(" ")} ended with ${code}\n${stdout}${stderr}`;
    throw new OperationError(message, stdout, stderr, failed, changeSummary, steps);
  }

  /** The resources as the backend keeps them, secrets encrypted. */
  private savedResources(): JsonObject[] {
    const { name } = readProject(this.workDir);
    const file = join(this.folder, "backend/.pulumi/stacks", String(name), `${this.name}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest: { resources?: JsonObject[] } | null };
    };
    return checkpoint.latest?.resources ?? [];
  }

  private resourceCount(): number {
    const isOne = ({ id, type }: JsonObject) => id && !String(type).startsWith("pulumi:providers:");
    return this.savedResources().filter(isOne).length;
  }
}

const hasSecret = (value: JsonObject[string]): boolean =>
  JSON.stringify(withoutSecrets(value)) !== JSON.stringify(value);

const yaml = createRequire(load.resolve("@pulumi/pulumi"))("js-yaml") as {
  load(text: string): Record<string, unknown>;
  dump(value: unknown): string;
};

const readProject = (folder: string): Record<string, unknown> =>
  yaml.load(readFileSync(join(folder, "Pulumi.yaml"), "utf8"));

/** The same project with what it names by absolute paths, so that nothing is written beside it. */
function projectFile(workDir: string): string {
  const { packages = {}, ...project } = readProject(workDir);
  const absolute = (source: unknown) =>
    /^\.{1,2}\//.test(String(source)) ? resolve(workDir, String(source)) : source;
  return yaml.dump({
    ...project,
    main: resolve(workDir, String(project.main ?? ".")),
    packages: Object.fromEntries(
      Object.entries(packages as Record<string, unknown>).map(([name, source]) => [name, absolute(source)]),
    ),
  });
}
