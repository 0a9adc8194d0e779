// Property values to and from what travels over gRPC: JSON with signed objects for secrets, outputs and references.
import { structProto } from "./proto";
import {
  isObject,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
  unknownSentinels,
  unknownString,
} from "./values";

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const referenceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
export type Struct = InstanceType<typeof structProto.Struct>;

export interface MarshalOptions {
  secrets: boolean;
  unknowns: boolean;
  references: boolean;
}

export function toStruct(map: PropertyMap, options: MarshalOptions): Struct {
  return structProto.Struct.fromJavaScript(marshalMap(map, options));
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : unmarshalMap(struct.toJavaScript() as JsonObject);
}

function marshalMap(map: PropertyMap, options: MarshalOptions): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(map)) {
    const marshalled = marshal(value, options);
    if (marshalled !== undefined) result[key] = marshalled;
  }
  return result;
}

function marshal(value: PropertyValue, options: MarshalOptions): Json | undefined {
  if (value instanceof Unknown) return options.unknowns ? value.sentinel : undefined;
  if (value instanceof Secret) return marshalSecret(value, options);
  if (value instanceof ResourceReference) return marshalReference(value, options);
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const marshalled = marshal(item, options);
      return marshalled === undefined ? [] : [marshalled];
    });
  return isObject(value) ? marshalMap(value, options) : value;
}

function marshalSecret(secret: Secret, options: MarshalOptions): Json | undefined {
  const value = marshal(secret.element, options);
  if (!options.secrets || value === undefined) return value;
  return { [signatureKey]: secretSignature, value };
}

function marshalReference(reference: ResourceReference, options: MarshalOptions): Json | undefined {
  if (!options.references) return reference.id === undefined ? reference.urn : marshal(reference.id, options);
  const result: JsonObject = { [signatureKey]: referenceSignature, urn: reference.urn };
  if (reference.id !== undefined)
    result.id = reference.id instanceof Unknown ? "" : (marshal(reference.id, options) ?? "");
  if (reference.packageVersion !== "") result.packageVersion = reference.packageVersion;
  return result;
}

export function unmarshalMap(json: JsonObject): PropertyMap {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, unmarshal(value)]));
}

export function unmarshal(json: Json): PropertyValue {
  if (typeof json === "string") return unknownSentinels.has(json) ? new Unknown(json) : json;
  if (Array.isArray(json)) return json.map(unmarshal);
  if (json === null || typeof json !== "object") return json;
  switch (json[signatureKey]) {
    case secretSignature:
      // Import files write the value as JSON text.
      if (typeof json.plaintext === "string")
        return new Secret(unmarshal(JSON.parse(json.plaintext) as Json));
      return new Secret(unmarshal(json.value ?? null));
    case outputSignature:
      return unmarshalOutput(json);
    case referenceSignature:
      return unmarshalReference(json);
    default:
      return unmarshalMap(json);
  }
}

/** An output with its dependencies; the engine keeps only what it says about value and secrecy. */
function unmarshalOutput(json: JsonObject): PropertyValue {
  const value = "value" in json ? unmarshal(json.value ?? null) : new Unknown(unknownString);
  return json.secret === true ? new Secret(value) : value;
}

function unmarshalReference(json: JsonObject): ResourceReference {
  const id = "id" in json ? unmarshal(json.id ?? "") : undefined;
  return new ResourceReference(
    String(json.urn),
    id === "" ? new Unknown(unknownString) : id,
    String(json.packageVersion ?? ""),
  );
}

/** URNs named by the outputs inside a property: the engine adds them to the property's dependencies. */
export function outputDependencies(json: Json): string[] {
  if (Array.isArray(json)) return json.flatMap(outputDependencies);
  if (json === null || typeof json !== "object") return [];
  const inner = Object.values(json).flatMap(outputDependencies);
  if (json[signatureKey] !== outputSignature) return inner;
  const own = Array.isArray(json.dependencies) ? json.dependencies.map(String) : [];
  return [...outputDependencies(json.value ?? null), ...own];
}
