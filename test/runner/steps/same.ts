import type { Registration } from "../goal";
import type { ResourceState } from "../state";
import { isProviderType } from "../urn";
import type { Outcome, Step, StepContext } from "./step";

/** Nothing to do: the id and outputs stay, everything else is as the program says now. */
export class SameStep implements Step {
  readonly op = "same";
  readonly logical = true;

  constructor(
    private readonly context: StepContext,
    private readonly registration: Registration | undefined,
    readonly old: ResourceState,
    readonly next: ResourceState,
    readonly untargeted = false,
    readonly skippedCreate = false,
  ) {}

  async apply(): Promise<Outcome> {
    this.next.id = this.old.id;
    this.next.outputs = this.old.outputs;
    if (isProviderType(this.next.type) && !this.skippedCreate && !this.untargeted)
      await this.context.registry.same({ ...this.next, inputs: this.old.inputs });
    return { complete: () => this.registration?.done({ state: this.next, result: "success" }) };
  }

  fail(result: "failed" | "skipped"): void {
    this.registration?.done({ state: this.next, result });
  }
}

/** The replacement as a whole, for the eyes: the create and the delete are steps of their own. */
export class ReplaceStep implements Step {
  readonly op = "replace";
  readonly logical = true;

  constructor(
    readonly old: ResourceState,
    readonly next: ResourceState,
    readonly replaceKeys: string[],
    readonly changedKeys: string[],
  ) {}

  async apply(): Promise<Outcome> {
    return {};
  }

  fail(): void {}
}

/** A resource that an interrupted run has already deleted, and that is not wanted any more. */
export class RemovePendingReplaceStep implements Step {
  readonly op = "remove-pending-replace";
  readonly logical = false;
  readonly next = undefined;

  constructor(readonly old: ResourceState) {}

  async apply(): Promise<Outcome> {
    return {};
  }

  fail(): void {}
}
