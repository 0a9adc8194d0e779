// What is left at the end of a run: resources that nobody registered, and those that were replaced.
import { DependencyGraph } from "../graph";
import { copyWithoutId, type ResourceState } from "../state";
import { DeleteStep } from "../steps/delete";
import { RemovePendingReplaceStep, SameStep } from "../steps/same";
import { type Step, stateOf } from "../steps/step";
import { Bail, type PlanContext } from "./context";
import { dependentReplacements } from "./replace";

export interface PlannedDeletes {
  sames: Step[];
  deletes: Step[];
}

export async function planDeletes(context: PlanContext): Promise<PlannedDeletes> {
  const allowed = await allowedDeletes(context);
  const isTargeted = (state: ResourceState): boolean => allowed === undefined || allowed.has(state.urn);
  const plan: PlannedDeletes = { sames: [], deletes: [] };
  for (const state of context.base.resources) {
    if (isTargeted(state))
      plan.deletes.push(...(await planDelete(context, context.books.refreshed.get(state) ?? state)));
    else if (!context.books.isOperatedOn(state.urn))
      plan.sames.push(new SameStep(context, undefined, state, copyWithoutId(state), true));
  }
  for (const state of context.books.toDelete.filter(isTargeted)) {
    context.books.deletes.add(state.urn);
    plan.deletes.push(new DeleteStep(context, state, context.books.deletes, plainDelete));
  }
  refuseUntargetedDeletes(context, plan.deletes);
  return plan;
}

const plainDelete = { replacing: false, pendingReplacement: false };

async function planDelete(context: PlanContext, state: ResourceState): Promise<Step[]> {
  const { books } = context;
  const step = deleteStep(context, state);
  // The provider is needed even for a resource that was deleted earlier in the run.
  if (books.deletes.has(state.urn)) await context.registry.ensure(state.provider, context.base.resources);
  return step === undefined ? [] : [step];
}

function deleteStep(context: PlanContext, state: ResourceState): Step | undefined {
  const { books } = context;
  if (state.delete) {
    if (books.pendingDeletes.has(state)) return undefined;
    books.deletes.add(state.urn);
    return new DeleteStep(context, state, books.deletes, { replacing: true, pendingReplacement: false });
  }
  if (books.isOperatedOn(state.urn)) return undefined;
  books.deletes.add(state.urn);
  if (state.pendingReplacement) return new RemovePendingReplaceStep(state);
  return new DeleteStep(context, state, books.deletes, plainDelete);
}

/** The targets and everything that depends on them; undefined when the run is not limited. */
async function allowedDeletes(context: PlanContext): Promise<ReadonlySet<string> | undefined> {
  const { targets, base } = context;
  if (targets === undefined) return undefined;
  const graph = schedulingGraph(context);
  const allowed = new Set<string>();
  for (const state of base.resources.filter((candidate) => targets.has(candidate.urn))) {
    const dependents = graph.dependingOn(state, new Set(), true);
    for (const each of [state, ...dependents]) {
      allowed.add(each.urn);
      for (const replaced of await dependentReplacements(context, each)) allowed.add(replaced.state.urn);
    }
  }
  return allowed;
}

function refuseUntargetedDeletes(context: PlanContext, deletes: Step[]): void {
  const { targets } = context;
  if (targets === undefined || context.targetDependents) return;
  const unasked = deletes.map((step) => stateOf(step).urn).filter((urn) => !targets.has(urn));
  for (const urn of unasked)
    context.diagnose(
      "error",
      urn,
      `Resource '${urn}' will be destroyed but was not specified in --target list.\n` +
        "Either include resource in --target list or pass --target-dependents to proceed.",
    );
  if (unasked.length === 0) return;
  context.books.sawError = true;
  if (!context.preview) throw new Bail("delete untargeted resource");
}

function schedulingGraph(context: PlanContext): DependencyGraph {
  const graph = new DependencyGraph([...context.books.toDelete, ...context.base.resources]);
  for (const [old, refreshed] of context.books.refreshed) graph.alias(refreshed, old);
  return graph;
}

/** Waves: what is in one wave goes together, and only after everything that depends on it has gone. */
export function scheduleDeletes(context: PlanContext, steps: Step[]): Step[][] {
  const graph = schedulingGraph(context);
  const condemned = new Map(steps.map((step) => [stateOf(step), step]));
  const waves: Step[][] = [];
  while (condemned.size > 0) {
    const free = [...condemned].filter(
      ([state]) => ![...graph.dependenciesOf(state)].some((need) => condemned.has(need)),
    );
    if (free.length === 0) throw new Error("the resources to delete depend on each other in a circle");
    waves.push(free.map(([, step]) => step));
    for (const [state] of free) condemned.delete(state);
  }
  return waves.reverse();
}
