// `--target`: what is left out stays as it is, with everything it needs.
import type { Registration } from "../goal";
import { dependenciesOfState, everythingNeededBy } from "../graph";
import { copyWithoutId, type ResourceState } from "../state";
import { SameStep } from "../steps/same";
import type { Step } from "../steps/step";
import { parseReference } from "../urn";
import { Bail, type PlanContext } from "./context";

/**
 * The saved resource is kept, after those it depends on: the program may not register them any more, and a snapshot
 * must name them first.
 */
export function planUntargeted(
  context: PlanContext,
  registration: Registration | undefined,
  old: ResourceState,
): Step[] {
  if (old.delete) return [];
  const { books, base } = context;
  books.urns.add(old.urn);
  books.sames.add(old.urn);
  const needed = [...providersOf(context, old), ...dependenciesOfState(old), old.parent];
  const before = needed.flatMap((urn) => {
    const state = base.olds.get(urn);
    return state === undefined || books.hasStep(urn) || books.isOperatedOn(urn)
      ? []
      : planUntargeted(context, undefined, state);
  });
  return [...before, new SameStep(context, registration, old, copyWithoutId(old), true)];
}

function providersOf(context: PlanContext, state: ResourceState): string[] {
  if (state.provider === "") return [];
  const { urn, id } = parseReference(state.provider);
  return context.base.olds.get(urn)?.id === id ? [urn] : [];
}

/** A resource cannot be made or changed when it needs one that is left out and does not exist. */
export function refuseSkippedDependencies(context: PlanContext, steps: Step[]): void {
  if (context.targets === undefined && context.replaceTargets.size === 0) return;
  for (const step of steps) {
    if (step.next === undefined || step.skippedCreate) continue;
    for (const urn of everythingNeededBy(step.next)) {
      if (!context.books.skippedCreates.has(urn)) continue;
      context.diagnose("error", step.next.urn, willBeCreated(step.next.urn, urn));
      context.books.sawError = true;
      if (!context.preview) throw new Bail("untargeted create");
      context.books.skippedCreates.delete(urn);
    }
  }
}

const willBeCreated = (urn: string, dependency: string): string =>
  `Resource '${urn}' depends on '${dependency}' which was was not specified in --target list.`;
