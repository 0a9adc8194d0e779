// A program's gRPC requests in the engine's own terms, and the features it asks for that the runner refuses.
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Alias } from "./aliases";
import { emptyGoal, type Goal } from "./goal";
import { isProviderType, packageOf } from "./urn";
import { fromStruct, type JsonObject, outputDependencies } from "./wire";

export const dynamicPackage = "pulumi-nodejs";

export class Refusal extends Error {
  constructor(feature: string) {
    super(`the stack runner does not support ${feature}; run this program with the Pulumi CLI`);
  }
}

export function goalOf(request: RegisterResourceRequest): Goal {
  refuse(request);
  const inputs = fromStruct(request.getObject());
  const json = (request.getObject()?.toJavaScript() ?? {}) as JsonObject;
  const goal = emptyGoal({
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs,
  });
  const dependencies = unique(request.getDependenciesList());
  return {
    ...goal,
    parent: request.getParent(),
    provider: request.getProvider(),
    dependencies,
    propertyDependencies: propertyDependencies(request, json, dependencies),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deleteBeforeReplace:
      request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()
        ? request.getDeletebeforereplace()
        : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: aliasesOf(request),
    importId: request.getImportid(),
    deletedWith: request.getDeletedwith(),
    replaceWith: request.getReplaceWithList(),
    customTimeouts: timeoutsOf(request),
  };
}

function refuse(request: RegisterResourceRequest): void {
  const type = request.getType();
  if (request.getRemote()) throw new Refusal(`remote components (${type})`);
  if (request.getTransformsList().length > 0) throw new Refusal("transforms");
  if (
    request.hasHooks() &&
    Object.values(request.getHooks()?.toObject() ?? {}).some((list) => list.length > 0)
  )
    throw new Refusal("resource hooks");
  if (request.hasReplacementTrigger()) throw new Refusal("replacementTrigger");
  if (request.getPackageref() !== "") throw new Refusal("parameterized packages");
  if (request.getVersion() !== "" && request.getCustom()) throw new Refusal(`plugin versions (${type})`);
  if (request.getCustom()) refusePackage(type);
}

export function refusePackage(type: string): void {
  const name = isProviderType(type) ? type.slice("pulumi:providers:".length) : packageOf(type);
  if (name !== dynamicPackage) throw new Refusal(`resources of the package "${name}" (${type})`);
}

export const refuseRead = (request: ReadResourceRequest): void => refusePackage(request.getType());

/** A program that says nothing about properties means that each depends on everything the resource depends on. */
function propertyDependencies(
  request: RegisterResourceRequest,
  json: JsonObject,
  dependencies: string[],
): Record<string, string[]> {
  const given = request.getPropertydependenciesMap();
  const result: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(json)) {
    const named = given.getLength() === 0 ? dependencies : (given.get(key)?.getUrnsList() ?? []);
    result[key] = unique([...named, ...outputDependencies(value)]);
  }
  return result;
}

const unique = (urns: string[]): string[] => [...new Set(urns)];

function aliasesOf(request: RegisterResourceRequest): Alias[] {
  const urns = request.getAliasurnsList().map((urn) => ({ urn }));
  const specs = request.getAliasesList().map((alias): Alias => {
    const spec = alias.getSpec();
    if (spec === undefined) return { urn: alias.getUrn() };
    return {
      name: spec.getName(),
      type: spec.getType(),
      stack: spec.getStack(),
      project: spec.getProject(),
      ...(spec.hasParenturn() && { parent: spec.getParenturn() }),
      noParent: spec.hasNoparent() && spec.getNoparent(),
    };
  });
  return [...urns, ...specs];
}

function timeoutsOf(request: RegisterResourceRequest): JsonObject | undefined {
  const timeouts = request.getCustomtimeouts();
  if (timeouts === undefined) return undefined;
  const texts = {
    create: timeouts.getCreate(),
    update: timeouts.getUpdate(),
    delete: timeouts.getDelete(),
    read: timeouts.getRead(),
  };
  const given = Object.entries(texts).filter(([, text]) => text !== "");
  return given.length === 0
    ? undefined
    : Object.fromEntries(given.map(([key, text]) => [key, secondsIn(text)]));
}

const secondsPerUnit: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

function secondsIn(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)(h|ms|m|s)/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (secondsPerUnit[unit ?? ""] ?? 0), 0);
}
