import type { ResourceState } from "../state";
import { now, type Outcome, providerOf, type Step, type StepContext } from "./step";

/** A resource of an import file that gives both its inputs and its outputs: nothing is read, only checked. */
export class ImportStep implements Step {
  readonly op = "import";
  readonly logical = true;
  readonly old = undefined;

  constructor(
    private readonly context: StepContext,
    readonly next: ResourceState,
    private readonly exists: boolean,
  ) {}

  async apply(): Promise<Outcome> {
    if (this.exists) throw new Error(`resource '${this.next.urn}' already exists`);
    this.next.id = this.next.importID;
    this.next.importID = "";
    this.next.created = this.next.modified = now();
    if (this.next.custom) await this.check();
    return {};
  }

  /** Failures only warn: the import goes ahead. */
  private async check(): Promise<void> {
    const { urn, inputs } = this.next;
    const { failures } = await providerOf(this.context, this.next).check(urn, inputs, inputs);
    for (const failure of failures) this.context.diagnose("warning", urn, failure.reason);
  }

  fail(): void {}
}
