// What happened, for the caller and for the display.
import { publicChanges } from "./diff";
import { RefreshStep } from "./steps/refresh";
import { type Severity, type Step, urnOf } from "./steps/step";
import type { FailedResource, StepSummary } from "./types";
import { isDefaultProvider } from "./urn";
import { deepEqualsMap, type PropertyMap } from "./values";

export interface Diagnostic {
  severity: Severity;
  urn: string;
  message: string;
}

/** Where a display gets to know of a run. */
export interface RunObserver {
  stepBegan(step: Step): void;
  stepEnded(step: Step, op: string): void;
  stepFailed(step: Step): void;
  diagnosed(diagnostic: Diagnostic): void;
}

export class Report {
  readonly changeSummary: Record<string, number> = {};
  readonly steps: StepSummary[] = [];
  readonly failed: FailedResource[] = [];

  constructor(
    /** Of a `refresh`: its steps are counted by what they found. */
    private readonly countsRefreshes: boolean,
    private readonly observer: RunObserver,
  ) {}

  diagnose(severity: Severity, urn: string, message: string): void {
    if (severity === "debug") return;
    if (severity === "error") this.failed.push({ urn, message });
    this.observer.diagnosed({ severity, urn, message });
  }

  began(step: Step): void {
    if (!isInternal(step)) this.observer.stepBegan(step);
  }

  failedStep(step: Step): void {
    if (!isInternal(step)) this.observer.stepFailed(step);
  }

  ended(step: Step): void {
    if (isInternal(step)) return;
    const op = this.opOf(step);
    if (this.counts(step)) this.changeSummary[op] = (this.changeSummary[op] ?? 0) + 1;
    this.steps.push(summaryOf(step, op));
    this.observer.stepEnded(step, op);
  }

  private opOf(step: Step): string {
    return this.countsRefreshes && step instanceof RefreshStep ? step.resultOp : step.op;
  }

  private counts(step: Step): boolean {
    if (step.op === "refresh") return this.countsRefreshes;
    if (step.op === "read")
      return (
        step.old !== undefined &&
        step.next !== undefined &&
        !deepEqualsMap(step.old.outputs, step.next.outputs)
      );
    return step.logical;
  }
}

/** The default provider is the machinery's own affair. */
const isInternal = (step: Step): boolean =>
  step.op === "remove-pending-replace" ||
  isDefaultProvider(urnOf(step)) ||
  (step instanceof RefreshStep && step.internal);

function summaryOf(step: Step, op: string): StepSummary {
  return {
    op,
    urn: urnOf(step),
    diffs: [...(step.changedKeys ?? [])],
    replaceKeys: [...(step.replaceKeys ?? [])],
    // In an `up` a refresh is only the way to the steps that follow.
    changes: op === "refresh" ? [] : changesOf(step),
  };
}

/** A refresh changes what is known of the live resource, every other step what is wanted of it. */
export function changesOf(step: Step): StepSummary["changes"] {
  const { old, next } = step;
  if (old === undefined || next === undefined || old === next) return [];
  const side = (of: { inputs: PropertyMap; outputs: PropertyMap }) =>
    step.op === "refresh" ? of.outputs : of.inputs;
  return publicChanges(side(old), side(next));
}
