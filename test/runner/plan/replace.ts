// Replacements: create first or delete first, and whatever has to go with the resource.
import type { Registration } from "../goal";
import type { ProviderDiff } from "../provider";
import type { ResourceState } from "../state";
import { CreateStep } from "../steps/create";
import { DeleteStep } from "../steps/delete";
import { ReplaceStep } from "../steps/same";
import { providerOf, type Step } from "../steps/step";
import { isProviderType, parseReference } from "../urn";
import { type PropertyMap, Unknown } from "../values";
import { checkResource } from "./check";
import { bail, isReplaceTarget, type PlanContext } from "./context";
import { applyReplaceOnChanges, askProvider } from "./diff";

export interface ReplacementRequest {
  registration: Registration;
  old: ResourceState;
  next: ResourceState;
  diff: ProviderDiff;
}

export async function planReplacement(context: PlanContext, request: ReplacementRequest): Promise<Step[]> {
  const { registration, old, next, diff } = request;
  const { goal } = registration;
  refuseProtected(context, old, next);
  if (goal.importId !== "")
    throw new Error("previously-imported resources that still specify an ID may not be replaced");
  context.books.replaces.add(next.urn);
  if (next.custom && !isReplaceTarget(context, next.urn, old))
    // The defaults of the old resource do not count any more.
    next.inputs = await checkResource(context, next, {}, goal.inputs);
  const keys = { replaceKeys: diff.replaceKeys, changedKeys: diff.changedKeys };
  const create = (deleteLater: boolean) =>
    new CreateStep(context, registration, next, { old, ...keys, deleteLater });
  const replace = new ReplaceStep(old, next, diff.replaceKeys, diff.changedKeys);
  if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) return [create(true), replace];
  const deletes = await planEarlyDeletes(context, old, next.urn);
  return [...deletes, replace, create(false)];
}

function refuseProtected(context: PlanContext, old: ResourceState, next: ResourceState): void {
  if (!old.protect || !next.protect) return;
  const error = bail(
    context,
    next.urn,
    `unable to replace resource "${next.urn}"\n` +
      "as it is currently marked for protection. To unprotect the resource, " +
      "remove the `protect` flag from the resource in your Pulumi " +
      "program and run `pulumi up`",
  );
  context.books.sawError = true;
  if (!context.preview) throw error;
}

/** The resource and everything that would be replaced with it, the last first. */
async function planEarlyDeletes(context: PlanContext, old: ResourceState, urn: string): Promise<Step[]> {
  const { books, base } = context;
  const dependents = base.graph.contains(old) ? await dependentReplacements(context, old) : [];
  const steps: Step[] = [];
  for (const { state, keys } of [...dependents, ...cascades(context, urn)].reverse()) {
    if (books.pendingDeletes.has(state)) continue;
    books.dependentReplaceKeys.set(state.urn, keys);
    if (state.protect && !state.delete) refuseProtectedDependent(context, state, urn);
    steps.push(new DeleteStep(context, state, books.deletes, deleteReason(state)));
    books.deletes.add(state.urn);
    books.pendingDeletes.add(state);
  }
  await context.registry.ensure(old.provider, base.resources);
  if (!old.pendingReplacement) {
    books.deletes.add(old.urn);
    steps.push(new DeleteStep(context, old, books.deletes, { replacing: true, pendingReplacement: true }));
  }
  return steps;
}

const deleteReason = (state: ResourceState) =>
  state.delete
    ? { replacing: false, pendingReplacement: false }
    : { replacing: true, pendingReplacement: true };

function refuseProtectedDependent(context: PlanContext, state: ResourceState, urn: string): never {
  context.books.sawError = true;
  throw bail(
    context,
    urn,
    `unable to replace resource "${state.urn}" as part of replacing "${urn}" as it is currently marked for protection.`,
  );
}

interface Dependent {
  state: ResourceState;
  keys: string[];
}

function cascades(context: PlanContext, urn: string): Dependent[] {
  const all = new Map([...context.base.olds, ...context.news]);
  return [...all.values()]
    .filter((state) => state.deletedWith === urn || state.replaceWith.includes(urn))
    .map((state) => ({ state, keys: [] }));
}

/** Dependents whose provider would replace them if the values that come from the resource were to change. */
export async function dependentReplacements(context: PlanContext, root: ResourceState): Promise<Dependent[]> {
  const { books, base } = context;
  const replaced = new Set([root.urn]);
  const result: Dependent[] = [];
  const settled = [books.reads, books.creates, books.sames, books.updates, books.deletes, books.replaces];
  const ignore = new Set(settled.flatMap((set) => [...set]));
  for (const state of base.graph.dependingOn(root, ignore, false)) {
    const keys = await replacementKeys(context, state, replaced);
    if (keys === undefined) continue;
    replaced.add(state.urn);
    result.push({ state, keys });
  }
  return result;
}

/** Undefined when the dependent may stay. */
async function replacementKeys(
  context: PlanContext,
  state: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<string[] | undefined> {
  if (!state.custom || state.external) return undefined;
  if (state.provider !== "" && replaced.has(parseReference(state.provider).urn)) {
    await context.registry.ensure(state.provider, context.base.resources);
    return [];
  }
  if (state.deletedWith !== "" && replaced.has(state.deletedWith)) return [];
  const inputs = withUnknownDependencies(state, replaced);
  if (inputs === undefined || isProviderType(state.type)) return undefined;
  await context.registry.ensure(state.provider, context.base.resources);
  providerOf(context, state);
  const diff = applyReplaceOnChanges(
    await askProvider(context, state, state, inputs, true),
    state.replaceOnChanges,
    false,
  );
  return diff.replaceKeys.length > 0 ? diff.replaceKeys : undefined;
}

function withUnknownDependencies(
  state: ResourceState,
  replaced: ReadonlySet<string>,
): PropertyMap | undefined {
  const affected = Object.keys(state.inputs).filter((key) =>
    (state.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn)),
  );
  if (affected.length === 0) return undefined;
  return { ...state.inputs, ...Object.fromEntries(affected.map((key) => [key, new Unknown()])) };
}
