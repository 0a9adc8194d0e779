// The state of a run in the middle: what it started from, what it made, what it is doing. Saved at each step's begin
// and end, so that a run that is killed leaves a truthful record.
import { normalizeUrns } from "./aliases";
import type { OperationType, PendingOperation, ResourceState, Snapshot } from "./state";

export class Checkpoint {
  private readonly made: ResourceState[] = [];
  private readonly done = new Set<ResourceState>();
  private readonly pending: PendingOperation[] = [];

  constructor(
    private readonly base: Snapshot,
    private readonly write: (snapshot: Snapshot) => void,
  ) {}

  begin(state: ResourceState, type: OperationType): void {
    this.pending.push({ resource: state, type });
    this.save();
  }

  end(state: ResourceState): void {
    const position = this.pending.findIndex((operation) => operation.resource === state);
    if (position >= 0) this.pending.splice(position, 1);
  }

  /** From now on the state is history and not written. */
  markDone(state: ResourceState): void {
    this.done.add(state);
  }

  markNew(state: ResourceState): void {
    this.made.push(state);
  }

  save(): void {
    this.write(this.snapshot());
  }

  snapshot(): Snapshot {
    const resources = [...this.made, ...this.base.resources].filter((state) => !this.done.has(state));
    // Only a user can say what became of a create that was interrupted in an earlier run.
    const earlier = this.base.pendingOperations.filter((operation) => operation.type === "creating");
    return { resources: normalizeUrns(resources), pendingOperations: [...this.pending, ...earlier] };
  }
}
