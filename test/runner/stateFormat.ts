// Resource states as Pulumi's deployment format writes them.
import type { Crypter } from "./secrets";
import { newState, type ResourceState } from "./state";
import { isObject, type PropertyMap, type PropertyValue, ResourceReference, Secret, Unknown } from "./values";
import { type Json, type JsonObject, referenceSignature, secretSignature, signatureKey } from "./wire";

const computedPlaceholder = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function serializeResource(state: ResourceState, crypter: Crypter): JsonObject {
  return {
    urn: state.urn,
    custom: state.custom,
    ...(state.delete && { delete: true }),
    ...(state.id !== "" && { id: state.id }),
    type: state.type,
    ...nonEmpty("inputs", serializeBag(state.inputs, crypter)),
    ...nonEmpty("outputs", serializeBag(state.outputs, crypter)),
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

const serializeBag = (bag: PropertyMap, crypter: Crypter): JsonObject =>
  crypter.once(bag, () => serializeProperties(bag, crypter));

function serializeProperties(map: PropertyMap, crypter: Crypter): JsonObject {
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
  [signatureKey]: referenceSignature,
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
    case referenceSignature:
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
