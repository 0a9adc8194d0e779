// Resource states: the engine's memory, and how it is written in Pulumi's deployment format.
import type { Crypter } from "./secrets";
import {
  isObject,
  mapValues,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
} from "./values";
import { type Json, type JsonObject, secretSignature, signatureKey } from "./wire";

export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent: string;
  provider: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  additionalSecretOutputs: string[];
  aliases: string[];
  initErrors: string[];
  ignoreChanges: string[];
  replaceOnChanges: string[];
  replaceWith: string[];
  deletedWith: string;
  importID: string;
  delete: boolean;
  external: boolean;
  protect: boolean;
  taint: boolean;
  retainOnDelete: boolean;
  pendingReplacement: boolean;
  customTimeouts: JsonObject | undefined;
  created: string | undefined;
  modified: string | undefined;
}

export type OperationType = "creating" | "updating" | "deleting" | "reading" | "importing";

export interface PendingOperation {
  resource: ResourceState;
  type: OperationType;
}

export interface Snapshot {
  resources: ResourceState[];
  pendingOperations: PendingOperation[];
}

export const rootStackType = "pulumi:pulumi:Stack";
const computedPlaceholder = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A state with nothing in it but what is given. */
export function newState(
  given: Pick<ResourceState, "urn" | "type" | "custom"> & Partial<ResourceState>,
): ResourceState {
  return {
    id: "",
    inputs: {},
    outputs: {},
    parent: "",
    provider: "",
    dependencies: [],
    propertyDependencies: {},
    additionalSecretOutputs: [],
    aliases: [],
    initErrors: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    replaceWith: [],
    deletedWith: "",
    importID: "",
    delete: false,
    external: false,
    protect: false,
    taint: false,
    retainOnDelete: false,
    pendingReplacement: false,
    customTimeouts: undefined,
    created: undefined,
    modified: undefined,
    ...given,
  };
}

export const copyState = (state: ResourceState): ResourceState => ({ ...state });

/** A state as a step that has not run yet carries it: the id belongs to the old one. */
export const copyWithoutId = (state: ResourceState): ResourceState => ({ ...state, id: "" });

export function serializeResource(state: ResourceState, crypter: Crypter): JsonObject {
  return {
    urn: state.urn,
    custom: state.custom,
    ...(state.delete && { delete: true }),
    ...(state.id !== "" && { id: state.id }),
    type: state.type,
    ...nonEmpty("inputs", serializeProperties(state.inputs, crypter)),
    ...nonEmpty("outputs", serializeProperties(state.outputs, crypter)),
    ...(state.parent !== "" && { parent: state.parent }),
    ...(state.protect && { protect: true }),
    ...(state.taint && { taint: true }),
    ...(state.external && { external: true }),
    ...nonEmptyList("dependencies", state.dependencies),
    ...nonEmptyList("initErrors", state.initErrors),
    ...(state.provider !== "" && { provider: state.provider }),
    ...nonEmpty("propertyDependencies", state.propertyDependencies),
    ...(state.pendingReplacement && { pendingReplacement: true }),
    ...nonEmptyList("additionalSecretOutputs", state.additionalSecretOutputs),
    ...nonEmptyList("aliases", state.aliases),
    ...(state.customTimeouts !== undefined && { customTimeouts: state.customTimeouts }),
    ...(state.importID !== "" && { importID: state.importID }),
    ...(state.retainOnDelete && { retainOnDelete: true }),
    ...(state.deletedWith !== "" && { deletedWith: state.deletedWith }),
    ...nonEmptyList("replaceWith", state.replaceWith),
    ...(state.created !== undefined && { created: state.created }),
    ...(state.modified !== undefined && { modified: state.modified }),
    ...nonEmptyList("ignoreChanges", state.ignoreChanges),
    ...nonEmptyList("replaceOnChanges", state.replaceOnChanges),
  };
}

const nonEmpty = (key: string, value: JsonObject): JsonObject =>
  Object.keys(value).length === 0 ? {} : { [key]: value };

const nonEmptyList = (key: string, value: string[]): JsonObject =>
  value.length === 0 ? {} : { [key]: value };

export function serializeProperties(map: PropertyMap, crypter: Crypter): JsonObject {
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, serialize(value, crypter)]));
}

function serialize(value: PropertyValue, crypter: Crypter): Json {
  if (value instanceof Unknown) return computedPlaceholder;
  if (value instanceof Secret)
    return {
      [signatureKey]: secretSignature,
      ciphertext: crypter.encrypt(JSON.stringify(plain(value.element))),
    };
  if (value instanceof ResourceReference) return serializeReference(value);
  if (Array.isArray(value)) return value.map((item) => serialize(item, crypter));
  return isObject(value) ? serializeProperties(value, crypter) : value;
}

/** What is encrypted as a whole: the marks of secrets inside it are kept, their values are not encrypted twice. */
function plain(value: PropertyValue): Json {
  if (value instanceof Unknown) return computedPlaceholder;
  if (value instanceof Secret)
    return { [signatureKey]: secretSignature, ciphertext: JSON.stringify(plain(value.element)) };
  if (value instanceof ResourceReference) return serializeReference(value);
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

const serializeReference = (reference: ResourceReference): JsonObject => ({
  [signatureKey]: "5cf8f73096256a8f31e491e813e4eb8e",
  urn: reference.urn,
  packageVersion: reference.packageVersion,
  ...(typeof reference.id === "string" && { id: reference.id }),
});

export function deserializeProperties(json: JsonObject | undefined, crypter: Crypter): PropertyMap {
  return Object.fromEntries(
    Object.entries(json ?? {}).map(([key, value]) => [
      key,
      deserialize(value, (text) => crypter.decrypt(text)),
    ]),
  );
}

function deserialize(json: Json, decrypt: (ciphertext: string) => string): PropertyValue {
  if (json === computedPlaceholder) return new Unknown();
  if (Array.isArray(json)) return json.map((item) => deserialize(item, decrypt));
  if (json === null || typeof json !== "object") return json;
  switch (json[signatureKey]) {
    case secretSignature:
      return deserializeSecret(json, decrypt);
    case "5cf8f73096256a8f31e491e813e4eb8e":
      return new ResourceReference(
        String(json.urn),
        "id" in json ? String(json.id) : undefined,
        String(json.packageVersion ?? ""),
      );
    default:
      return Object.fromEntries(
        Object.entries(json).map(([key, value]) => [key, deserialize(value, decrypt)]),
      );
  }
}

function deserializeSecret(json: JsonObject, decrypt: (ciphertext: string) => string): Secret {
  const plaintext = typeof json.plaintext === "string" ? json.plaintext : decrypt(String(json.ciphertext));
  return new Secret(deserialize(JSON.parse(plaintext) as Json, (inner) => inner));
}

export function deserializeResource(json: JsonObject, crypter: Crypter): ResourceState {
  refuseUnknownFields(json);
  const text = (key: string) => String(json[key] ?? "");
  const texts = (key: string) => (json[key] as string[] | undefined) ?? [];
  const flag = (key: string) => json[key] === true;
  return newState({
    urn: text("urn"),
    type: text("type"),
    custom: flag("custom"),
    id: text("id"),
    inputs: deserializeProperties(json.inputs as JsonObject | undefined, crypter),
    outputs: deserializeProperties(json.outputs as JsonObject | undefined, crypter),
    parent: text("parent"),
    provider: text("provider"),
    dependencies: texts("dependencies"),
    propertyDependencies: (json.propertyDependencies as Record<string, string[]> | undefined) ?? {},
    additionalSecretOutputs: texts("additionalSecretOutputs"),
    aliases: texts("aliases"),
    initErrors: texts("initErrors"),
    ignoreChanges: texts("ignoreChanges"),
    replaceOnChanges: texts("replaceOnChanges"),
    replaceWith: texts("replaceWith"),
    deletedWith: text("deletedWith"),
    importID: text("importID"),
    delete: flag("delete"),
    external: flag("external"),
    protect: flag("protect"),
    taint: flag("taint"),
    retainOnDelete: flag("retainOnDelete"),
    pendingReplacement: flag("pendingReplacement"),
    customTimeouts: json.customTimeouts as JsonObject | undefined,
    created: json.created as string | undefined,
    modified: json.modified as string | undefined,
  });
}

const unsupportedFields = [
  "viewOf",
  "resourceHooks",
  "extensionRef",
  "refreshBeforeUpdate",
  "replacementTrigger",
];

function refuseUnknownFields(json: JsonObject): void {
  for (const field of unsupportedFields)
    if (json[field] !== undefined && json[field] !== null && json[field] !== false)
      throw new Error(`the stack runner does not support ${field} (resource ${String(json.urn)})`);
}

export const hideSecrets = (map: PropertyMap): PropertyMap => mapValues(map, hideSecret);

export function hideSecret(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return "[secret]";
  if (Array.isArray(value)) return value.map(hideSecret);
  return isObject(value) ? mapValues(value, hideSecret) : value;
}

/** The stack's own outputs. */
export const outputsOf = ({ resources }: Snapshot): PropertyMap =>
  resources.find((state) => state.type === rootStackType)?.outputs ?? {};
