// `pulumi import --file`: resources that exist already, given with their inputs and outputs.
import type { PlanContext } from "./plan/context";
import { Refusal, refusePackage } from "./registration";
import { copyWithoutId, newState, type ResourceState, rootStackType } from "./state";
import { CreateStep } from "./steps/create";
import { ImportStep } from "./steps/import";
import { SameStep } from "./steps/same";
import type { Step } from "./steps/step";
import type { ImportFile, ImportResource } from "./types";
import { formatReference, isProviderType, makeUrn } from "./urn";
import type { PropertyMap } from "./values";
import { type JsonObject, unmarshalMap } from "./wire";

export async function importEverything(
  context: PlanContext,
  file: ImportFile,
  providerInputs: PropertyMap,
  run: (steps: Step[]) => Promise<void>,
): Promise<void> {
  for (const state of context.base.resources.filter((candidate) => !candidate.delete))
    await run([new SameStep(context, undefined, state, copyWithoutId(state))]);
  const stack = await stackResource(context, run);
  const providers = new Map<string, string>();
  for (const resource of file.resources.filter((each) => isProviderType(each.type)))
    await createProvider(
      context,
      run,
      providers,
      urnOfProvider(context, resource),
      unmarshalInputs(resource.inputs),
    );
  const steps: Step[] = [];
  for (const resource of file.resources.filter((each) => !isProviderType(each.type))) {
    const provider = providerUrnFor(context, file, resource);
    await createProvider(
      context,
      run,
      providers,
      provider,
      resource.provider === undefined ? providerInputs : {},
    );
    const step = importStep(context, file, resource, stack, providers.get(provider) ?? "");
    if (step !== undefined) steps.push(step);
  }
  await run(steps);
}

async function stackResource(context: PlanContext, run: (steps: Step[]) => Promise<void>): Promise<string> {
  const existing = context.base.resources.find((state) => state.type === rootStackType);
  if (existing !== undefined) return existing.urn;
  const name = `${context.stack.project}-${context.stack.stack}`;
  const state = newState({
    urn: makeUrn(context.stack, "", rootStackType, name),
    type: rootStackType,
    custom: false,
  });
  await run([new CreateStep(context, undefined, state)]);
  return state.urn;
}

const urnOfProvider = (context: PlanContext, resource: ImportResource): string =>
  makeUrn(context.stack, "", resource.type, resource.name);

function providerUrnFor(context: PlanContext, file: ImportFile, resource: ImportResource): string {
  refusePackage(resource.type);
  if (resource.provider === undefined)
    return makeUrn(context.stack, "", "pulumi:providers:pulumi-nodejs", "default");
  const named = file.nameTable?.[resource.provider];
  const listed = file.resources.find((each) => isProviderType(each.type) && each.name === resource.provider);
  const urn = named ?? (listed === undefined ? undefined : urnOfProvider(context, listed));
  if (urn === undefined)
    throw new Error(`the provider '${resource.provider}' for resource '${resource.name}' has no name`);
  return urn;
}

async function createProvider(
  context: PlanContext,
  run: (steps: Step[]) => Promise<void>,
  providers: Map<string, string>,
  urn: string,
  inputs: PropertyMap,
): Promise<void> {
  if (providers.has(urn)) return;
  const old = context.base.olds.get(urn);
  const state = old ?? newState({ urn, type: "pulumi:providers:pulumi-nodejs", custom: true, inputs });
  if (old === undefined) {
    await context.registry.check(urn);
    await run([new CreateStep(context, undefined, state)]);
  }
  providers.set(urn, formatReference(state));
}

function importStep(
  context: PlanContext,
  file: ImportFile,
  resource: ImportResource,
  stack: string,
  provider: string,
): Step | undefined {
  if (resource.outputs === undefined) throw new Refusal(`an import without outputs (${resource.name})`);
  const parent = resource.parent === undefined ? stack : file.nameTable?.[resource.parent];
  if (parent === undefined)
    throw new Error(`the parent '${resource.parent}' for resource '${resource.name}' has no name`);
  const urn = makeUrn(context.stack, parent, resource.type, resource.name);
  const old: ResourceState | undefined = context.base.olds.get(urn);
  if (old !== undefined && old.id === resource.id) return undefined;
  const state = newState({
    urn,
    type: resource.type,
    custom: true,
    parent,
    provider,
    importID: resource.id ?? "",
    inputs: unmarshalInputs(resource.inputs),
    outputs: unmarshalInputs(resource.outputs),
  });
  return new ImportStep(context, state, old !== undefined);
}

const unmarshalInputs = (json: JsonObject | undefined): PropertyMap => unmarshalMap(json ?? {});
