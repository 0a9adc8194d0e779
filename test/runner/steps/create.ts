import type { Registration } from "../goal";
import { InitError } from "../providerErrors";
import type { ResourceState } from "../state";
import { isProviderType } from "../urn";
import type { PropertyMap } from "../values";
import { now, type Outcome, providerOf, type Step, type StepContext } from "./step";

export interface Replacement {
  old: ResourceState;
  replaceKeys: string[];
  changedKeys: string[];
  /** Create first: the old resource is then deleted at the end of the run. */
  deleteLater: boolean;
}

export class CreateStep implements Step {
  constructor(
    private readonly context: StepContext,
    private readonly registration: Registration | undefined,
    readonly next: ResourceState,
    private readonly replacement?: Replacement,
  ) {}

  get op() {
    return this.replacement === undefined ? "create" : "create-replacement";
  }
  get logical(): boolean {
    return this.replacement === undefined;
  }
  get old(): ResourceState | undefined {
    return this.replacement?.old;
  }
  get replaceKeys(): string[] {
    return this.replacement?.replaceKeys ?? [];
  }
  get changedKeys(): string[] {
    return this.replacement?.changedKeys ?? [];
  }

  async apply(): Promise<Outcome> {
    const failure = await this.create();
    this.next.created = this.next.modified = now();
    if (this.replacement?.deleteLater) this.replacement.old.delete = true;
    if (failure !== undefined) return { partial: true, error: failure };
    return { complete: () => this.registration?.done({ state: this.next, result: "success" }) };
  }

  private async create(): Promise<InitError | undefined> {
    if (!this.next.custom) return undefined;
    try {
      const { id, outputs } = await this.callCreate();
      this.next.id = id;
      this.next.outputs = outputs;
      return undefined;
    } catch (error) {
      if (!(error instanceof InitError)) throw error;
      if (error.id === "")
        throw new Error(`plugin returned empty resource.ID from create '${this.next.urn}'`);
      this.next.id = error.id;
      this.next.outputs = error.properties;
      this.next.initErrors = error.reasons;
      return error;
    }
  }

  private callCreate(): Promise<{ id: string; outputs: PropertyMap }> {
    const { urn, type, inputs } = this.next;
    return isProviderType(type)
      ? this.context.registry.create(urn, inputs)
      : providerOf(this.context, this.next).create(urn, inputs);
  }

  fail(result: "failed" | "skipped"): void {
    this.registration?.done({ state: this.next, result });
  }
}
