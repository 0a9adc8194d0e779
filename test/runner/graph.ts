// Who depends on whom, in a list of states that is topologically sorted as snapshots are.
import type { ResourceState } from "./state";
import { parseReference } from "./urn";

/** Everything a state needs apart from its parent and its provider. */
export function dependenciesOfState(state: ResourceState): string[] {
  return [
    ...state.dependencies,
    ...Object.values(state.propertyDependencies).flat(),
    ...(state.deletedWith === "" ? [] : [state.deletedWith]),
    ...state.replaceWith,
  ];
}

export const providerUrnOf = (state: ResourceState): string =>
  state.provider === "" ? "" : parseReference(state.provider).urn;

/** Dependencies, provider and parent. */
export const everythingNeededBy = (state: ResourceState): string[] =>
  [...dependenciesOfState(state), providerUrnOf(state), state.parent].filter((urn) => urn !== "");

export class DependencyGraph {
  private readonly index = new Map<ResourceState, number>();

  constructor(private readonly resources: readonly ResourceState[]) {
    resources.forEach((state, position) => {
      this.index.set(state, position);
    });
  }

  contains(state: ResourceState): boolean {
    return this.index.has(state);
  }

  /** `refreshed` takes the place of `original`. */
  alias(refreshed: ResourceState, original: ResourceState): void {
    const position = this.index.get(original);
    if (position !== undefined) this.index.set(refreshed, position);
  }

  /** What depends on the state, directly or not, in the order of the snapshot. */
  dependingOn(state: ResourceState, ignore: ReadonlySet<string>, includeChildren: boolean): ResourceState[] {
    const found: ResourceState[] = [];
    const urns = new Set([state.urn]);
    for (const candidate of this.resources.slice((this.index.get(state) ?? -1) + 1)) {
      if (ignore.has(candidate.urn)) continue;
      const needs = [...dependenciesOfState(candidate), providerUrnOf(candidate)];
      if (includeChildren) needs.push(candidate.parent);
      if (!needs.some((urn) => urns.has(urn))) continue;
      found.push(candidate);
      urns.add(candidate.urn);
    }
    return found;
  }

  /** What the state needs directly; a component stands for all its children before the state. */
  dependenciesOf(state: ResourceState): Set<ResourceState> {
    const end = this.index.get(state) ?? 0;
    const wanted = new Set([...dependenciesOfState(state), providerUrnOf(state)]);
    const found = new Set<ResourceState>();
    for (const candidate of this.resources.slice(0, end)) {
      if (wanted.has(candidate.urn)) {
        found.add(candidate);
        if (!candidate.custom) for (const child of this.childrenBefore(candidate.urn, end)) found.add(child);
      }
      if (candidate.urn === state.parent) found.add(candidate);
    }
    return found;
  }

  transitiveDependenciesOf(state: ResourceState): Set<ResourceState> {
    const found = new Set<ResourceState>();
    const visit = (of: ResourceState) => {
      for (const dependency of this.dependenciesOf(of)) {
        if (found.has(dependency)) continue;
        found.add(dependency);
        visit(dependency);
      }
    };
    visit(state);
    return found;
  }

  private childrenBefore(urn: string, end: number): ResourceState[] {
    const family = new Set([urn]);
    return this.resources.slice(0, end).filter((candidate) => {
      const isChild = family.has(candidate.parent);
      if (isChild) family.add(candidate.urn);
      return isChild;
    });
  }
}
