// A stack on the runner: state in a file, one operation at a time, the Automation API's shape.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type ChildRun, runInChild } from "./childRun";
import { deserializeDeployment, saltOf, serializeDeployment } from "./deployment";
import type { ProcessRole } from "./engine";
import { performOperation } from "./operation";
import { type RunningProcess, signalGroup } from "./processes";
import { type Project, readProject } from "./project";
import { Crypter } from "./secrets";
import { outputsOf, type Snapshot } from "./state";
import type {
  ConfigMap,
  ConfigValue,
  CreateStackOptions,
  Deployment,
  DestroyOptions,
  ImportFile,
  KillTarget,
  OperationOptions,
  OperationResult,
  OutputMap,
  PreviewOptions,
  RefreshOptions,
  Stack,
  UpOptions,
  UpResult,
} from "./types";
import { type PropertyValue, Secret, unwrapSecrets } from "./values";

/** What to do, in a form that another process can be told. */
export type OperationRequest =
  | { kind: "preview"; options: PreviewOptions }
  | { kind: "up"; options: UpOptions }
  | { kind: "refresh"; options: RefreshOptions }
  | { kind: "destroy"; options: DestroyOptions }
  | { kind: "import"; options: OperationOptions; file: ImportFile };

export interface RunnerStackOptions extends CreateStackOptions {
  /** Where the state lives; a temporary folder unless told. */
  stateFile?: string;
  config?: ConfigMap;
}

export class RunnerStack implements Stack {
  readonly name: string;
  private readonly processes = new Map<number, ProcessRole>();
  private child: ChildRun | undefined;
  /** For the process that runs a killable operation: its parent has to know whom to end. */
  onProcess: (process: RunningProcess, role: ProcessRole) => void = () => undefined;
  private busy = false;

  private constructor(
    readonly options: RunnerStackOptions,
    readonly project: Project,
    readonly stateFile: string,
    private readonly folder: string | undefined,
    private readonly passphrase: string,
    private config: ConfigMap,
    private environment: Record<string, string | undefined>,
    private crypter: Promise<Crypter>,
  ) {
    this.name = options.stackName;
  }

  static async create(options: RunnerStackOptions): Promise<RunnerStack> {
    const project = readProject(options.workDir);
    const folder = options.stateFile === undefined ? mkdtempSync(join(tmpdir(), "stack-runner-")) : undefined;
    const stateFile = options.stateFile ?? join(folder ?? "", `${options.stackName}.json`);
    const passphrase = options.passphrase ?? process.env.PULUMI_CONFIG_PASSPHRASE ?? "stack runner";
    const saved = readDeployment(stateFile);
    const salt = saved === undefined ? undefined : saltOf(saved);
    const crypter = salt === undefined ? Crypter.create(passphrase) : Crypter.open(passphrase, salt);
    crypter.catch(() => undefined);
    const config = { ...fromProject(project), ...options.config };
    return new RunnerStack(
      options,
      project,
      stateFile,
      folder,
      passphrase,
      config,
      { ...options.env },
      crypter,
    );
  }

  async setConfig(key: string, value: ConfigValue): Promise<void> {
    this.config = { ...this.config, [this.fullKey(key)]: value };
  }

  async setAllConfig(config: ConfigMap): Promise<void> {
    for (const [key, value] of Object.entries(config)) await this.setConfig(key, value);
  }

  async removeConfig(key: string): Promise<void> {
    const { [this.fullKey(key)]: _removed, ...rest } = this.config;
    this.config = rest;
  }

  async getAllConfig(): Promise<ConfigMap> {
    return { ...this.config };
  }

  setEnv(name: string, value: string | undefined): void {
    this.environment = { ...this.environment, [name]: value };
  }

  preview(options: PreviewOptions = {}): Promise<OperationResult> {
    return this.perform({ kind: "preview", options });
  }

  async up(options: UpOptions = {}): Promise<UpResult> {
    const result = await this.perform({ kind: "up", options });
    return { ...result, outputs: await this.outputs() };
  }

  refresh(options: RefreshOptions = {}): Promise<OperationResult> {
    return this.perform({ kind: "refresh", options });
  }

  destroy(options: DestroyOptions = {}): Promise<OperationResult> {
    return this.perform({ kind: "destroy", options });
  }

  importResources(file: ImportFile, options: OperationOptions = {}): Promise<OperationResult> {
    return this.perform({ kind: "import", options, file });
  }

  async exportStack(): Promise<Deployment> {
    return readDeployment(this.stateFile) ?? serializeDeployment(emptySnapshot(), await this.crypter);
  }

  async importStack(deployment: Deployment): Promise<void> {
    const salt = saltOf(deployment);
    if (salt !== undefined) this.crypter = Crypter.open(this.passphrase, salt);
    const crypter = await this.crypter;
    this.write(serializeDeployment(deserializeDeployment(deployment, crypter), crypter));
  }

  async outputs(): Promise<OutputMap> {
    const outputs = outputsOf(await this.snapshot());
    return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, plainOutput(value)]));
  }

  async kill(target: KillTarget): Promise<void> {
    if (target !== "host") {
      if (this.child === undefined) throw new Error("only an operation with `killable` can lose its engine");
      await this.child.kill();
    }
    const hosts = [...this.processes].filter(([, role]) => role === "host");
    if (target !== "engine") for (const [pid] of hosts) signalGroup(pid, "SIGKILL");
  }

  async dispose(): Promise<void> {
    await this.child?.kill();
    for (const pid of this.processes.keys()) signalGroup(pid, "SIGKILL");
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  async perform(request: OperationRequest): Promise<OperationResult> {
    if (this.busy) throw new Error(`the stack '${this.name}' is currently locked by another operation`);
    this.busy = true;
    try {
      return await (request.options.killable ? this.performInChild(request) : this.performHere(request));
    } finally {
      this.busy = false;
    }
  }

  private async performHere(request: OperationRequest): Promise<OperationResult> {
    const crypter = await this.crypter;
    return performOperation(request, {
      project: this.project,
      pulumi: this.options.pulumi ?? this.project.cwd,
      stackName: this.name,
      organization: this.options.organization ?? "organization",
      config: this.config,
      env: this.fullEnvironment(),
      snapshot: await this.snapshot(),
      save: (snapshot) => this.write(serializeDeployment(snapshot, crypter)),
      onProcess: (started, role) => {
        this.track(started, role);
        this.onProcess(started, role);
      },
      defaultParallel: availableParallelism() * 4,
    });
  }

  /** Only processes that still run may be ended later: the number of one that is gone may be another's. */
  private track(started: RunningProcess, role: ProcessRole): void {
    const { pid } = started;
    this.processes.set(pid, role);
    void started.exited.finally(() => this.processes.delete(pid)).catch(() => undefined);
  }

  private async performInChild(request: OperationRequest): Promise<OperationResult> {
    await this.crypter;
    const { onOutput } = request.options;
    this.child = runInChild(
      {
        options: {
          ...this.options,
          stateFile: this.stateFile,
          passphrase: this.passphrase,
          config: this.config,
          env: undefinedRemoved(this.environment),
        },
        request,
      },
      {
        env: this.fullEnvironment(),
        onOutput: (text) => onOutput?.(text),
        onProcess: (pid, role) => this.processes.set(pid, role),
        onEnded: (pid) => this.processes.delete(pid),
      },
    );
    try {
      return await this.child.result;
    } finally {
      this.child = undefined;
    }
  }

  private fullEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.environment };
  }

  private fullKey(key: string): string {
    return key.includes(":") ? key : `${this.project.name}:${key}`;
  }

  private async snapshot(): Promise<Snapshot> {
    const saved = readDeployment(this.stateFile);
    return saved === undefined ? emptySnapshot() : deserializeDeployment(saved, await this.crypter);
  }

  /** Never leaves half a file, not even when the process is killed. */
  private write(deployment: Deployment): void {
    const temporary = `${this.stateFile}.${process.pid}.new`;
    writeFileSync(temporary, JSON.stringify(deployment));
    renameSync(temporary, this.stateFile);
  }
}

const emptySnapshot = (): Snapshot => ({ resources: [], pendingOperations: [] });

const fromProject = (project: Project): ConfigMap =>
  Object.fromEntries(Object.entries(project.config).map(([key, value]) => [key, { value }]));

const undefinedRemoved = (environment: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

function readDeployment(file: string): Deployment | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Deployment;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

const plainOutput = (value: PropertyValue) => ({
  value: unwrapSecrets(value) as unknown,
  secret: value instanceof Secret,
});
