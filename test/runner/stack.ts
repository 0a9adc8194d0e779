// A stack without a CLI: its state in memory, one operation at a time, in the Automation API's shape.
import { Display } from "./display";
import { runPhase } from "./phase";
import { type Project, readProject } from "./project";
import { Report } from "./report";
import { StackState } from "./state";
import {
  type ConfigMap,
  type ConfigValue,
  type CreateStackOptions,
  OperationError,
  type OperationOptions,
  type OperationResult,
  type OutputMap,
  type PreviewOptions,
  type Stack,
  type UpResult,
} from "./types";
import { plain, secretKeys, withoutSecrets } from "./values";

const OPERATIONS = {
  preview: { title: "Previewing update", kind: "up", isPreview: true },
  up: { title: "Updating", kind: "up", isPreview: false },
  refresh: { title: "Refreshing", kind: "refresh", isPreview: false },
  destroy: { title: "Destroying", kind: "destroy", isPreview: false },
} as const;

export class RunnerStack implements Stack {
  readonly name: string;
  private readonly project: Project;
  private state = new StackState();
  private config: ConfigMap;
  private env: NodeJS.ProcessEnv;

  private constructor({ stackName, workDir, env = {} }: CreateStackOptions) {
    this.name = stackName;
    this.project = readProject(workDir);
    this.config = this.project.config;
    this.env = env;
  }

  static async create(options: CreateStackOptions): Promise<RunnerStack> {
    return new RunnerStack(options);
  }

  async setConfig(key: string, value: ConfigValue): Promise<void> {
    this.config = { ...this.config, [key.includes(":") ? key : `${this.project.name}:${key}`]: value };
  }

  async setAllConfig(config: ConfigMap): Promise<void> {
    for (const [key, value] of Object.entries(config)) await this.setConfig(key, value);
  }

  setEnv(name: string, value: string | undefined): void {
    this.env = { ...this.env, [name]: value };
  }

  preview(options: PreviewOptions = {}): Promise<OperationResult> {
    return this.perform("preview", options);
  }

  async up(options: PreviewOptions = {}): Promise<UpResult> {
    const result = await this.perform("up", options);
    return { ...result, outputs: await this.outputs() };
  }

  refresh(options: OperationOptions = {}): Promise<OperationResult> {
    return this.perform("refresh", options);
  }

  destroy(options: OperationOptions = {}): Promise<OperationResult> {
    return this.perform("destroy", options);
  }

  async outputs(): Promise<OutputMap> {
    const { outputs } = this.state;
    const secret = new Set(secretKeys(outputs));
    const entries = Object.entries(outputs).map(([key, value]) => [
      key,
      { value: plain(value), secret: secret.has(key) },
    ]);
    return Object.fromEntries(entries);
  }

  async dispose(): Promise<void> {}

  private async perform(name: keyof typeof OPERATIONS, options: PreviewOptions): Promise<OperationResult> {
    const { title, kind, isPreview } = OPERATIONS[name];
    let stdout = "";
    const { diff = false } = options;
    const write = (text: string) => {
      stdout += text;
      options.onOutput?.(text);
    };
    const display = new Display({ title, stackName: this.name, isPreview, diff, write });
    const report = new Report(display);
    const before = this.shownOutputs();
    const state = isPreview ? this.state.copy() : this.state;
    const { project, name: stackName, config } = this;
    const env = { ...process.env, ...this.env };
    await runPhase({ kind, isPreview, project, stackName, config, env, state, report });
    const { changeSummary, steps, failed } = report;
    display.finish(changeSummary, before, this.shownOutputs(state));
    const stderr = failed.map(({ message }) => `error: ${message}\n`).join("");
    if (failed.length > 0) throw new OperationError(stdout, stderr, failed, steps);
    return { changeSummary, steps, stdout, stderr };
  }

  private shownOutputs({ outputs }: StackState = this.state) {
    return withoutSecrets(outputs, new Set(secretKeys(outputs)));
  }
}
