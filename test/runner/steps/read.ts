import type { ReadRequest } from "../goal";
import type { ResourceState } from "../state";
import { deepEqualsMap, unknownSentinels } from "../values";
import { now, type Outcome, providerOf, type Step, type StepContext } from "./step";

/** `.get()`: a resource that Pulumi does not own. Reads in previews too, unless the id is not known yet. */
export class ReadStep implements Step {
  constructor(
    private readonly context: StepContext,
    private readonly request: ReadRequest,
    readonly old: ResourceState | undefined,
    readonly next: ResourceState,
    private readonly replacing: boolean,
  ) {}

  get op() {
    return this.replacing ? "read-replacement" : "read";
  }
  get logical(): boolean {
    return !this.replacing;
  }

  async apply(): Promise<Outcome> {
    if (!unknownSentinels.has(this.next.id)) await this.read();
    if (this.replacing && this.old !== undefined) this.old.delete = true;
    this.keepTimes();
    return { complete: () => this.request.done(this.next) };
  }

  private async read(): Promise<void> {
    const { urn, id, inputs } = this.next;
    // The engine sends what it has, the inputs, as the state too.
    const answer = await providerOf(this.context, this.next).read({ urn, id }, inputs, inputs);
    this.next.outputs = answer.outputs;
    if (answer.id !== "") this.next.id = answer.id;
  }

  private keepTimes(): void {
    if (this.old === undefined) return;
    this.next.created = this.old.created;
    const same =
      deepEqualsMap(this.next.inputs, this.old.inputs) && deepEqualsMap(this.next.outputs, this.old.outputs);
    this.next.modified = same ? this.old.modified : now();
  }

  fail(): void {
    this.request.done(this.next);
  }
}
