// What a stack shows of itself, whichever engine runs it. Shaped like the Automation API's Stack.

export interface ConfigValue {
  value: string;
  secret?: boolean;
}
export type ConfigMap = Record<string, ConfigValue>;

interface OutputValue {
  value: unknown;
  secret: boolean;
}
export type OutputMap = Record<string, OutputValue>;

export interface PropertyChange {
  /** Path of the input, such as `urlParts.query.cid` or `list[0]`. */
  path: string;
  kind: "add" | "delete" | "update";
  /** Secrets read "[secret]"; values known only after the update are left out. */
  old?: unknown;
  new?: unknown;
}

export interface StepSummary {
  op: string;
  urn: string;
  /** Top-level keys that differ. */
  diffs: string[];
  /** Every input that differs between the saved and the new resource. */
  changes: PropertyChange[];
}

export interface OperationOptions {
  onOutput?: (text: string) => void;
}

export interface PreviewOptions extends OperationOptions {
  /** Shows the input changes below each resource, parameter by parameter. */
  diff?: boolean;
}

export interface OperationResult {
  /** How many resources saw each operation: `{ create: 2, same: 1 }`. */
  changeSummary: Record<string, number>;
  steps: StepSummary[];
  stdout: string;
  stderr: string;
}

export interface UpResult extends OperationResult {
  outputs: OutputMap;
}

export interface FailedResource {
  /** Empty for an error of the run itself. */
  urn: string;
  message: string;
}

/** Thrown by an operation that failed; the state it reached is kept. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  constructor(
    readonly stdout: string,
    readonly stderr: string,
    readonly failed: FailedResource[],
    readonly steps: StepSummary[],
  ) {
    super(`code: 255\n stdout: ${stdout}\n stderr: ${stderr}\n`);
  }
}

export interface Stack {
  readonly name: string;
  setConfig(key: string, value: ConfigValue): Promise<void>;
  setAllConfig(config: ConfigMap): Promise<void>;
  /** Environment variables of the next operations, on top of the process's own; `undefined` removes one. */
  setEnv(name: string, value: string | undefined): void;
  preview(options?: PreviewOptions): Promise<OperationResult>;
  up(options?: PreviewOptions): Promise<UpResult>;
  refresh(options?: OperationOptions): Promise<OperationResult>;
  destroy(options?: OperationOptions): Promise<OperationResult>;
  outputs(): Promise<OutputMap>;
  dispose(): Promise<void>;
}

export interface CreateStackOptions {
  stackName: string;
  /** Folder of `Pulumi.yaml`; its `main` is honoured. */
  workDir: string;
  env?: Record<string, string>;
}
