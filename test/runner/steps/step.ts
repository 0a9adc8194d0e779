// A step: one thing that is done to one resource.
import type { Provider } from "../provider";
import type { ProviderRegistry } from "../registry";
import type { ResourceState } from "../state";

export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "import";

export type Severity = "debug" | "info" | "warning" | "error";

/** What a step needs of the run it belongs to. */
export interface StepContext {
  readonly preview: boolean;
  readonly registry: ProviderRegistry;
  diagnose(severity: Severity, urn: string, message: string): void;
}

export interface Outcome {
  /** The resource exists although the operation failed: its state is saved. */
  partial?: true;
  error?: Error;
  /** Tells the program; called when the result is saved. */
  complete?: () => void;
}

export interface StepDetails {
  /** Keys that force the replacement. */
  replaceKeys?: string[];
  changedKeys?: string[];
}

export interface Step extends StepDetails {
  readonly op: StepOp;
  readonly old: ResourceState | undefined;
  readonly next: ResourceState | undefined;
  /** Part of a replacement that is counted and shown as a whole. */
  readonly logical: boolean;
  /** Left alone only because the operation was limited to other resources. */
  readonly untargeted?: boolean;
  /** Not created, because the operation was limited to other resources: never saved. */
  readonly skippedCreate?: boolean;
  apply(): Promise<Outcome>;
  /** Tells the program of a failure that does not end the run. */
  fail(result: "failed" | "skipped"): void;
}

export function stateOf(step: Step): ResourceState {
  const state =
    step.op.startsWith("delete") || step.op.startsWith("discard") ? step.old : (step.next ?? step.old);
  if (state === undefined) throw new Error(`a ${step.op} step has no state`);
  return state;
}

export const urnOf = (step: Step): string => stateOf(step).urn;

export function providerOf(context: StepContext, state: ResourceState): Provider {
  const provider = context.registry.get(state.provider);
  if (provider === undefined)
    throw new Error(`unknown provider '${state.provider}' for resource ${state.urn}`);
  return provider;
}

export const now = (): string => new Date().toISOString();
