// Runs one step: recorded before and after, reported, its secrets marked; and the outputs that components add later.
import { messageOf } from "./async";
import type { OutputsRequest } from "./goal";
import type { RunServices } from "./run";
import type { ResourceState } from "./state";
import { type Outcome, type Step, urnOf } from "./steps/step";
import { type PropertyMap, Secret } from "./values";

/** A step that failed: its error has been reported. */
export class StepFailed extends Error {
  constructor(readonly reason: unknown) {
    super(messageOf(reason));
  }
}

export class StepRunner {
  /** Resources whose own outputs may still come. */
  private readonly pendingOutputs = new Map<string, Step>();
  private stackOutputs: OutputsRequest | undefined;

  constructor(private readonly services: RunServices) {}

  async execute(step: Step): Promise<void> {
    const { recorder, report } = this.services;
    report.began(step);
    recorder?.begin(step);
    const outcome = await step.apply().catch((error: unknown): Outcome => ({ error: asError(error) }));
    if (outcome.error === undefined && step.logical && step.next !== undefined)
      this.pendingOutputs.set(step.next.urn, step);
    if (step.next !== undefined && step.op !== "replace") {
      markSecretOutputs(step.next);
      this.services.context.news.set(step.next.urn, step.next);
    }
    recorder?.end(step, outcome.error === undefined || outcome.partial === true);
    if (outcome.error === undefined) report.ended(step);
    else this.reportStepError(step, outcome.error);
    outcome.complete?.();
    if (outcome.error !== undefined) throw new StepFailed(outcome.error);
  }

  private reportStepError(step: Step, error: Error): void {
    this.services.report.failedStep(step);
    const prefix = this.services.context.preview ? "Preview failed: " : "";
    this.services.context.diagnose("error", urnOf(step), prefix + error.message);
  }

  recordOutputs(request: OutputsRequest): void {
    if (request.urn === this.services.rootUrn) this.stackOutputs = request;
    else this.setOutputs(request.urn, request.outputs);
    request.done();
  }

  private setOutputs(urn: string, outputs: PropertyMap): void {
    const step = this.pendingOutputs.get(urn);
    if (step?.next === undefined)
      throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
    this.pendingOutputs.delete(urn);
    if (step.skippedCreate) return;
    step.next.outputs = outputs;
    if (this.services.recorder !== undefined) this.services.checkpoint.save();
  }

  /** After a failure the absence of an output proves nothing, so that the saved ones stay. */
  finishStackOutputs(failed: boolean): void {
    if (this.stackOutputs === undefined || !this.pendingOutputs.has(this.stackOutputs.urn)) return;
    const saved = failed ? (this.services.context.base.olds.get(this.stackOutputs.urn)?.outputs ?? {}) : {};
    this.setOutputs(this.stackOutputs.urn, { ...saved, ...this.stackOutputs.outputs });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(messageOf(error)));

/** Outputs that the program declared secret, or that were secret as inputs. */
function markSecretOutputs(state: ResourceState): void {
  const secret = (key: string): void => {
    const value = state.outputs[key];
    if (value !== undefined && !(value instanceof Secret))
      state.outputs = { ...state.outputs, [key]: new Secret(value) };
  };
  for (const key of state.additionalSecretOutputs) if (key !== "id") secret(key);
  for (const [key, input] of Object.entries(state.inputs)) if (input instanceof Secret) secret(key);
}
