// The snapshot a run starts from, indexed; and the same after a refresh has rewritten it.
import { DependencyGraph } from "./graph";
import type { BaseState } from "./plan/context";
import type { ResourceState } from "./state";
import type { Step } from "./steps/step";

export function baseOf(resources: ResourceState[]): BaseState {
  const olds = new Map(resources.filter((state) => !state.delete).map((state) => [state.urn, state]));
  return { resources, olds, graph: new DependencyGraph(resources) };
}

/** Refreshed states in place of the old ones; what named a resource that is gone names it no more. */
export function afterRefresh(resources: ResourceState[], steps: Step[]): ResourceState[] {
  const refreshed = new Map(steps.map((step) => [step.old, step.next]));
  const known = new Set<string>();
  const kept: ResourceState[] = [];
  for (const state of resources) {
    const next = refreshed.has(state) ? refreshed.get(state) : state;
    if (next === undefined) continue;
    forgetUnknown(next, known);
    known.add(next.urn);
    kept.push(next);
  }
  return withoutMissingParents(kept, known);
}

function forgetUnknown(state: ResourceState, known: ReadonlySet<string>): void {
  const isKnown = (urn: string) => known.has(urn);
  state.dependencies = state.dependencies.filter(isKnown);
  state.propertyDependencies = Object.fromEntries(
    Object.entries(state.propertyDependencies)
      .map(([key, urns]) => [key, urns.filter(isKnown)] as const)
      .filter(([, urns]) => urns.length > 0),
  );
  state.replaceWith = state.replaceWith.filter(isKnown);
  if (!isKnown(state.deletedWith)) state.deletedWith = "";
}

/** A child whose parent is gone has none. */
function withoutMissingParents(resources: ResourceState[], known: ReadonlySet<string>): ResourceState[] {
  for (const state of resources) if (!known.has(state.parent)) state.parent = "";
  return resources;
}
