// What a run has seen and decided so far.
import type { ResourceState } from "../state";

export class Books {
  readonly urns = new Set<string>();
  readonly reads = new Set<string>();
  readonly deletes = new Set<string>();
  readonly replaces = new Set<string>();
  readonly updates = new Set<string>();
  readonly creates = new Set<string>();
  readonly sames = new Set<string>();
  readonly refreshes = new Set<string>();
  /** Left out because the operation was limited to other resources, or because it only destroys. */
  readonly skippedCreates = new Set<string>();
  readonly toDelete: ResourceState[] = [];
  readonly pendingDeletes = new Set<ResourceState>();
  /** Keys that replace a resource which was deleted together with the one it depends on. */
  readonly dependentReplaceKeys = new Map<string, string[]>();
  /** Earlier URN → the URN that took it over. */
  readonly aliased = new Map<string, string>();
  /** URN → the earlier URN it took over. */
  readonly aliases = new Map<string, string>();
  readonly refreshed = new Map<ResourceState, ResourceState>();
  /** Targets, and with `targetDependents` whatever depends on them. */
  readonly targets = new Set<string>();
  /** Something went wrong that has been reported, while the run goes on to report the rest. */
  sawError = false;

  hasStep(urn: string): boolean {
    return [this.reads, this.creates, this.sames, this.updates, this.deletes, this.replaces].some((set) =>
      set.has(urn),
    );
  }

  isOperatedOn(urn: string): boolean {
    const current = this.aliased.get(urn) ?? urn;
    return [this.sames, this.updates, this.replaces, this.reads, this.refreshes].some((set) =>
      set.has(current),
    );
  }
}
