// Decides what has to happen to a resource that exists: nothing, an update, a replacement.
import { ignoreChanges, parsePath, pathContains } from "../paths";
import type { ProviderDiff } from "../provider";
import type { ResourceState } from "../state";
import { providerOf, type StepContext } from "../steps/step";
import { isProviderType } from "../urn";
import { deepEqualsMap, type PropertyMap } from "../values";
import { isReplaceTarget, type PlanContext } from "./context";

export interface DiffRequest {
  urn: string;
  old: ResourceState;
  next: ResourceState;
}

const same: ProviderDiff = {
  changes: false,
  replaceKeys: [],
  changedKeys: [],
  detailed: undefined,
  deleteBeforeReplace: false,
};
const changed: ProviderDiff = { ...same, changes: true };
const replacedBecauseOf = (key: string): ProviderDiff => ({ ...changed, replaceKeys: [key] });

/** Forced replacements are decided without asking the provider. */
export async function diffResource(
  context: PlanContext,
  { urn, old, next }: DiffRequest,
): Promise<ProviderDiff> {
  if (isReplaceTarget(context, urn, old)) return replacedBecauseOf("id");
  if (next.replaceWith.some((other) => context.books.replaces.has(other)))
    return replacedBecauseOf("replaceWith");
  if (context.books.replaces.has(next.deletedWith)) return replacedBecauseOf("deletedWith");
  if (becameOtherKind(old, next)) return replacedBecauseOf("provider");
  if (!next.custom) return deepEqualsMap(old.inputs, next.inputs) ? same : changed;
  if (isProviderType(next.type)) return context.registry.changed(old.outputs, next.inputs) ? changed : same;
  return askProvider(context, old, next);
}

/** Another provider alone changes nothing: only the provider itself could ask for that, and a dynamic one cannot. */
const becameOtherKind = (old: ResourceState, next: ResourceState): boolean =>
  old.provider !== next.provider && (old.provider === "" || next.provider === "");

export function askProvider(
  context: StepContext,
  old: ResourceState,
  next: ResourceState,
  inputs: PropertyMap = next.inputs,
  allowUnknowns = context.preview,
): Promise<ProviderDiff> {
  const key = { urn: next.urn, id: old.id };
  return providerOf(context, next).diff(
    key,
    old.inputs,
    old.outputs,
    inputs,
    next.ignoreChanges,
    allowUnknowns,
  );
}

const initErrorKey = "#initerror";

export function applyReplaceOnChanges(
  diff: ProviderDiff,
  paths: string[],
  hasInitErrors: boolean,
): ProviderDiff {
  if (!diff.changes && !hasInitErrors) return diff;
  const wanted = paths.map(parsePath);
  const forces = (path: string): boolean => wanted.some((outer) => pathContains(outer, parsePath(path)));
  const detailed = [...(diff.detailed?.keys() ?? [])]
    .filter(forces)
    .map((path) => String(parsePath(path)[0]));
  const forced = [...diff.changedKeys.filter(forces), ...detailed];
  const initForced = hasInitErrors && wanted.some((outer) => pathContains(outer, [initErrorKey]));
  const replaceKeys = [...new Set([...diff.replaceKeys, ...forced, ...(initForced ? [initErrorKey] : [])])];
  return { ...diff, changes: diff.changes || initForced, replaceKeys };
}

/** The program's inputs with the old values of whatever it tells the engine to ignore. */
export function withIgnoredChanges(
  context: StepContext,
  next: ResourceState,
  old: ResourceState,
): PropertyMap {
  const { inputs, invalid } = ignoreChanges(next.inputs, old.inputs, next.ignoreChanges);
  if (invalid.length > 0)
    context.diagnose(
      "info",
      next.urn,
      `cannot ignore changes in added or removed elements of the path: "${invalid.join(", ")}"`,
    );
  return inputs;
}
