// A registered resource becomes steps: check, diff, and what follows from them.
import { earlierUrns } from "../aliases";
import type { ReadRequest, Registration } from "../goal";
import { everythingNeededBy } from "../graph";
import type { ProviderDiff } from "../provider";
import { DiffUnavailable } from "../providerErrors";
import { Refusal } from "../registration";
import { copyWithoutId, newState, type ResourceState } from "../state";
import { CreateStep } from "../steps/create";
import { ReadStep } from "../steps/read";
import { RefreshStep } from "../steps/refresh";
import { ReplaceStep, SameStep } from "../steps/same";
import { type Step, urnOf } from "../steps/step";
import { UpdateStep } from "../steps/update";
import { isProviderType, makeUrn } from "../urn";
import { checkResource } from "./check";
import {
  bail,
  isImplicitTarget,
  isIncluded,
  isReplaceTarget,
  type PlanContext,
  type Planned,
} from "./context";
import { applyReplaceOnChanges, diffResource, withIgnoredChanges } from "./diff";
import { planReplacement } from "./replace";
import { planUntargeted, refuseSkippedDependencies } from "./targets";

interface Registered {
  registration: Registration;
  old: ResourceState | undefined;
  next: ResourceState;
}

export async function planRegistration(context: PlanContext, registration: Registration): Promise<Planned> {
  const { goal } = registration;
  requireParent(context, goal.parent);
  const urn = claimUrn(context, goal.parent, goal.type, goal.name);
  const old = findOld(context, urn, registration);
  const next = stateOfGoal(registration, urn, old);
  if (old === undefined || !context.refreshOnRegister || !isIncluded(context, old))
    return checked(context, await planResource(context, { registration, old, next }));
  const refresh = new RefreshStep(context, old, next, !goal.custom || isProviderType(goal.type));
  context.books.refreshes.add(urn);
  return {
    steps: [refresh],
    afterwards: async () => {
      const refreshed = refresh.next;
      if (refreshed !== undefined) {
        context.base.graph.alias(refreshed, old);
        context.books.refreshed.set(old, refreshed);
      }
      return checked(context, await planResource(context, { registration, old: refreshed, next }));
    },
  };
}

function checked(context: PlanContext, steps: Step[]): Planned {
  refuseSkippedDependencies(context, steps);
  return { steps };
}

function requireParent(context: PlanContext, parent: string): void {
  if (parent !== "" && !context.books.urns.has(parent))
    throw new Error(`could not find parent resource ${parent}`);
}

function claimUrn(context: PlanContext, parent: string, type: string, name: string): string {
  const urn = makeUrn(context.stack, parent, type, name);
  if (context.books.urns.has(urn))
    throw bail(context, urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
  context.books.urns.add(urn);
  return urn;
}

/** The saved resource under this URN, or under one that it had before. */
function findOld(context: PlanContext, urn: string, { goal }: Registration): ResourceState | undefined {
  const { books, base } = context;
  const earlier = earlierUrns(goal, context.stack, (parent) => books.aliases.get(parent));
  const found = [urn, ...earlier].find((candidate) => base.olds.has(candidate));
  if (found === undefined) return undefined;
  if (found !== urn) {
    const taken = books.urns.has(found) ? urn : books.aliased.get(found);
    if (taken !== undefined)
      throw bail(context, urn, `Duplicate resource alias '${found}' applied to resource with URN '${urn}'`);
    books.aliased.set(found, urn);
    books.aliases.set(urn, found);
  }
  return base.olds.get(found);
}

function stateOfGoal({ goal }: Registration, urn: string, old: ResourceState | undefined): ResourceState {
  return newState({
    urn,
    type: goal.type,
    custom: goal.custom,
    inputs: goal.inputs,
    parent: goal.parent,
    provider: goal.provider,
    dependencies: goal.dependencies,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: old !== undefined && old.urn !== urn ? [old.urn] : [],
    protect: goal.protect ?? false,
    retainOnDelete: goal.retainOnDelete ?? false,
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
    deletedWith: goal.deletedWith,
    replaceWith: goal.replaceWith,
    importID: goal.importId,
    customTimeouts: goal.customTimeouts,
    created: old?.created,
    modified: old?.modified,
  });
}

async function planResource(context: PlanContext, resource: Registered): Promise<Step[]> {
  if (context.mode !== "update") {
    const decided = planWithoutChange(context, resource);
    if (decided !== undefined) return decided;
  }
  const { registration, old, next } = resource;
  const { books } = context;
  const { goal } = registration;
  if (
    goal.custom &&
    goal.importId !== "" &&
    (old === undefined || (old.importID || old.id) !== goal.importId)
  )
    throw new Refusal(`the import option (${next.urn})`);
  const recreating = books.deletes.has(next.urn);
  const targeted = isImplicitTarget(next.urn, next.type) || isIncluded(context, next);
  if (!targeted)
    return old === undefined ? skipCreate(context, resource) : planUntargeted(context, registration, old);
  const fresh = old === undefined || recreating || old.external || isReplaceTarget(context, next.urn, old);
  if (next.custom && old !== undefined)
    next.inputs = fresh ? goal.inputs : withIgnoredChanges(context, next, old);
  if (next.custom) next.inputs = await checkResource(context, next, fresh ? {} : old.inputs, next.inputs);
  books.targets.add(next.urn);
  if (old === undefined) {
    books.creates.add(next.urn);
    return [new CreateStep(context, registration, next)];
  }
  if (recreating) return recreate(context, resource, old);
  return old.external ? takeOver(context, resource, old) : planFromDiff(context, resource, old);
}

/** In a run that only destroys or refreshes, no custom resource is made or changed. */
function planWithoutChange(context: PlanContext, resource: Registered): Step[] | undefined {
  const { registration, old, next } = resource;
  const { books, mode } = context;
  const skipped = everythingNeededBy(next).some((urn) => books.skippedCreates.has(urn));
  const managed = next.custom && !isProviderType(next.type);
  if (skipped || (managed && old === undefined)) {
    if (old !== undefined) next.outputs = old.outputs;
    return skipCreate(context, resource);
  }
  if (mode === "refresh") {
    if (!managed || old === undefined) return undefined;
    registration.done({ state: old, result: "success" });
    return [];
  }
  books.toDelete.push(next);
  if (!managed || old === undefined) return undefined;
  books.sames.add(next.urn);
  next.inputs = old.inputs;
  return [new SameStep(context, registration, old, next)];
}

function skipCreate(context: PlanContext, { registration, next }: Registered): Step[] {
  context.books.sames.add(next.urn);
  context.books.skippedCreates.add(next.urn);
  return [new SameStep(context, registration, copyWithoutId(next), next, false, true)];
}

/** Deleted together with the resource it depends on; the program still wants it. */
function recreate(context: PlanContext, { registration, next }: Registered, old: ResourceState): Step[] {
  const { books } = context;
  books.deletes.delete(next.urn);
  books.replaces.add(next.urn);
  const replaceKeys = books.dependentReplaceKeys.get(next.urn) ?? [];
  return [
    new ReplaceStep(old, next, [], []),
    new CreateStep(context, registration, next, { old, replaceKeys, changedKeys: [], deleteLater: false }),
  ];
}

/** It was only read before; now it is to be ours. */
function takeOver(context: PlanContext, { registration, next }: Registered, old: ResourceState): Step[] {
  context.books.creates.add(next.urn);
  return [
    new CreateStep(context, registration, next, { old, replaceKeys: [], changedKeys: [], deleteLater: true }),
    new ReplaceStep(old, next, [], []),
  ];
}

async function planFromDiff(context: PlanContext, resource: Registered, old: ResourceState): Promise<Step[]> {
  const { registration, next } = resource;
  const hasInitErrors = old.initErrors.length > 0;
  const answer = await diffOrWarn(context, old, next);
  const diff = applyReplaceOnChanges(answer, registration.goal.replaceOnChanges, hasInitErrors);
  const replaces = old.pendingReplacement || (diff.changes && diff.replaceKeys.length > 0);
  if (replaces) return planReplacement(context, { registration, old, next, diff });
  if (diff.changes || hasInitErrors) {
    context.books.updates.add(next.urn);
    return [new UpdateStep(context, registration, old, next, diff.changedKeys)];
  }
  context.books.sames.add(next.urn);
  return [new SameStep(context, registration, old, next)];
}

async function diffOrWarn(
  context: PlanContext,
  old: ResourceState,
  next: ResourceState,
): Promise<ProviderDiff> {
  try {
    return await diffResource(context, { urn: next.urn, old, next });
  } catch (error) {
    if (!(error instanceof DiffUnavailable)) throw error;
    context.diagnose("warning", next.urn, error.message);
    return {
      changes: true,
      replaceKeys: [],
      changedKeys: [],
      detailed: undefined,
      deleteBeforeReplace: false,
    };
  }
}

export function planRead(context: PlanContext, request: ReadRequest): Step[] {
  requireParent(context, request.parent);
  const urn = claimUrn(context, request.parent, request.type, request.name);
  if (request.id === "") throw new Error(`Expected an ID for ${urn}`);
  const old = context.base.olds.get(urn);
  const next = newState({ ...stateOfRead(request), urn });
  const replacing = old !== undefined && !old.external && old.id !== request.id;
  const read = new ReadStep(context, request, old, next, replacing);
  if (replacing) {
    context.books.replaces.add(urn);
    return [read, new ReplaceStep(old, next, [], [])];
  }
  if (context.mode === "destroy") context.books.toDelete.push(next);
  context.books.reads.add(urnOf(read));
  return [read];
}

const stateOfRead = (request: ReadRequest) => ({
  type: request.type,
  custom: true,
  external: true,
  id: request.id,
  inputs: request.inputs,
  parent: request.parent,
  provider: request.provider,
  dependencies: request.dependencies,
  additionalSecretOutputs: request.additionalSecretOutputs,
});
