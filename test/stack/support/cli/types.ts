// What the CLI shows beyond what every engine shows.
import type * as shared from "../../../runner/types";

export type {
  ConfigMap,
  ConfigValue,
  FailedResource,
  OutputMap,
  PropertyChange,
} from "../../../runner/types";

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export interface Deployment {
  version: number;
  deployment: JsonObject;
}

export interface StepSummary extends shared.StepSummary {
  /** Keys that force a replacement. */
  replaceKeys: string[];
}

export interface OperationOptions extends shared.OperationOptions {
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

export interface OperationResult extends shared.OperationResult {
  steps: StepSummary[];
}

export interface UpResult extends shared.UpResult {
  steps: StepSummary[];
}

/** Thrown by an operation that failed; the state it reached is kept. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  constructor(
    message: string,
    readonly stdout: string,
    readonly stderr: string,
    readonly failed: shared.FailedResource[],
    readonly changeSummary: Record<string, number>,
    readonly steps: StepSummary[],
  ) {
    super(message);
  }
}

/** The CLI, the provider processes, or both and all that runs with them, as when a job or a container is canceled. */
export type KillTarget = "engine" | "host" | "both";

interface ImportResource {
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

/** A program in YAML: what stands in its `Pulumi.yaml` beside name and runtime. */
export interface YamlProgram {
  readonly config?: JsonObject;
  readonly variables?: JsonObject;
  readonly resources?: JsonObject;
  readonly outputs?: JsonObject;
  readonly packages?: JsonObject;
}

export interface CreateStackOptions extends Omit<shared.CreateStackOptions, "workDir"> {
  /** Folder of `Pulumi.yaml`; its `main` is honoured. Needed unless there is a program. */
  workDir?: string;
  /** A program in YAML, which becomes a project of its own. */
  program?: YamlProgram;
  passphrase?: string;
}
