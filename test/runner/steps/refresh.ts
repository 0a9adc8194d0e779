import { diffMaps } from "../diff";
import type { ProviderDiff } from "../provider";
import { copyState, type ResourceState } from "../state";
import { isProviderType } from "../urn";
import { deepEqualsMap, type PropertyMap } from "../values";
import { now, type Outcome, providerOf, type Step, type StepContext } from "./step";

/** Reads the live resource; whether it drifted, the provider's own diff decides. */
export class RefreshStep implements Step {
  readonly op = "refresh";
  readonly logical = false;
  private result: ResourceState | undefined;
  private diff: ProviderDiff | undefined;

  constructor(
    private readonly context: StepContext,
    readonly old: ResourceState,
    /** In the middle of a run of the program: what the program says of the resource, saved by itself. */
    private readonly registered?: ResourceState,
    /** Components and providers in a run of the program: their own steps show them. */
    readonly internal = false,
  ) {
    this.result = old;
  }

  get persisted(): boolean {
    return this.registered !== undefined;
  }
  get next(): ResourceState | undefined {
    return this.result;
  }
  get changedKeys(): string[] {
    return this.diff?.changedKeys ?? [];
  }

  /** What happened to the resource, as the summary counts it. */
  get resultOp(): "same" | "update" | "delete" {
    if (this.result === undefined) return "delete";
    if (this.result === this.old || !this.old.custom || isProviderType(this.old.type)) return "same";
    if (this.old.external)
      return diffMaps(this.old.outputs, this.result.outputs).length === 0 ? "same" : "update";
    return this.diff?.changes ? "update" : "same";
  }

  async apply(): Promise<Outcome> {
    if (!this.old.custom || isProviderType(this.old.type) || this.old.pendingReplacement) {
      if (this.persisted) this.result = copyState(this.old);
      return {};
    }
    const { urn, id, inputs, outputs } = this.old;
    const provider = providerOf(this.context, this.old);
    const answer = await provider.read({ urn, id }, inputs, outputs);
    // A blank id says that the resource is gone.
    this.result =
      answer.id === "" ? undefined : this.refreshed(answer.id, answer.inputs ?? inputs, answer.outputs);
    if (this.result !== undefined && !this.old.external) {
      // The change that an `up` of an unchanged program would show now. It is inverted only to be displayed.
      const key = { urn, id: this.result.id };
      this.diff = await provider.diff(
        key,
        this.result.inputs,
        this.result.outputs,
        inputs,
        this.old.ignoreChanges,
      );
    }
    return {};
  }

  private refreshed(id: string, inputs: PropertyMap, outputs: PropertyMap): ResourceState {
    const changed = !deepEqualsMap(inputs, this.old.inputs) || !deepEqualsMap(outputs, this.old.outputs);
    return {
      ...copyState(this.registered ?? this.old),
      id,
      inputs,
      outputs,
      initErrors: [],
      ...(changed && { modified: now() }),
    };
  }

  fail(): void {}
}
