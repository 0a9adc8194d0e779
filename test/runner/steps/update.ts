import type { Registration } from "../goal";
import { InitError } from "../providerErrors";
import type { ResourceState } from "../state";
import { isProviderType } from "../urn";
import type { PropertyMap } from "../values";
import { now, type Outcome, providerOf, type Step, type StepContext } from "./step";

export class UpdateStep implements Step {
  readonly op = "update";
  readonly logical = true;

  constructor(
    private readonly context: StepContext,
    private readonly registration: Registration,
    readonly old: ResourceState,
    readonly next: ResourceState,
    readonly changedKeys: string[],
  ) {}

  async apply(): Promise<Outcome> {
    this.next.id = this.old.id;
    this.next.created = this.old.created;
    this.next.modified = this.old.modified;
    const failure = this.next.custom ? await this.update() : undefined;
    if (failure !== undefined) {
      // The resource was not updated with these inputs; what it is now, the provider has said.
      this.next.inputs = { ...this.old.inputs };
      return { partial: true, error: failure };
    }
    return { complete: () => this.registration.done({ state: this.next, result: "success" }) };
  }

  private async update(): Promise<InitError | undefined> {
    try {
      this.next.outputs = await this.callUpdate();
      this.next.modified = now();
      return undefined;
    } catch (error) {
      if (!(error instanceof InitError)) throw error;
      this.next.outputs = error.properties;
      this.next.initErrors = error.reasons;
      this.next.modified = now();
      return error;
    }
  }

  private callUpdate(): Promise<PropertyMap> {
    const { old, next } = this;
    if (isProviderType(next.type)) return this.context.registry.update(next.urn, old.id, next.inputs);
    const key = { urn: next.urn, id: old.id };
    return providerOf(this.context, next).update(
      key,
      old.inputs,
      old.outputs,
      next.inputs,
      next.ignoreChanges,
    );
  }

  fail(result: "failed" | "skipped"): void {
    this.registration.done({ state: this.next, result });
  }
}
