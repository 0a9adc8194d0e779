// What a test of a stack sees. Shaped like the Automation API's Stack.

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export interface ConfigValue {
  value: string;
  secret?: boolean;
}
export type ConfigMap = Record<string, ConfigValue>;

export interface Deployment {
  version: number;
  deployment: JsonObject;
}

export interface OutputValue {
  value: unknown;
  secret: boolean;
}
export type OutputMap = Record<string, OutputValue>;

export interface PropertyChange {
  /** Path of the input, `urlParts.query.cid` or `list[0]`. */
  path: string;
  kind: "add" | "delete" | "update";
  /** Secrets read "[secret]", values known only after the update `undefined`. */
  old?: unknown;
  new?: unknown;
}

export interface StepSummary {
  op: string;
  urn: string;
  /** Top-level keys that the provider, or the engine in its place, reported as changed. */
  diffs: string[];
  /** Keys that force a replacement. */
  replaceKeys: string[];
  /** Every input that differs between the saved and the new resource. */
  changes: PropertyChange[];
}

export interface OperationOptions {
  onOutput?: (text: string) => void;
  parallel?: number;
  target?: string[];
  targetDependents?: boolean;
}

export interface PreviewOptions extends OperationOptions {
  expectNoChanges?: boolean;
  /** Shows the input changes below each resource, parameter by parameter. */
  diff?: boolean;
  refresh?: boolean;
  replace?: string[];
}

export interface UpOptions extends PreviewOptions {
  /** Previews first, as `pulumi up` does without `--skip-preview`; the Automation API skips it. */
  preview?: boolean;
  continueOnError?: boolean;
}

export interface RefreshOptions extends OperationOptions {
  previewOnly?: boolean;
  expectNoChanges?: boolean;
  diff?: boolean;
  clearPendingCreates?: boolean;
  runProgram?: boolean;
}

export interface DestroyOptions extends OperationOptions {
  previewOnly?: boolean;
  refresh?: boolean;
  runProgram?: boolean;
  continueOnError?: boolean;
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
    message: string,
    readonly stdout: string,
    readonly stderr: string,
    readonly failed: FailedResource[],
    readonly changeSummary: Record<string, number>,
    readonly steps: StepSummary[],
  ) {
    super(message);
  }
}

/** The CLI, the provider processes, or both and all that runs with them, as when a job or a container is canceled. */
export type KillTarget = "engine" | "host" | "both";

export interface ImportResource {
  type: string;
  name: string;
  id?: string;
  parent?: string;
  provider?: string;
  inputs?: JsonObject;
  outputs?: JsonObject;
}

export interface ImportFile {
  nameTable?: Record<string, string>;
  resources: ImportResource[];
}

export interface CreateStackOptions {
  stackName: string;
  /** Folder of `Pulumi.yaml`; its `main` is honoured. */
  workDir: string;
  env?: Record<string, string>;
  passphrase?: string;
}
