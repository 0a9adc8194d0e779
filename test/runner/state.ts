// Resource states: the engine's memory.
import { isObject, mapValues, type PropertyMap, type PropertyValue, Secret } from "./values";
import type { JsonObject } from "./wire";

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

export const hideSecrets = (map: PropertyMap): PropertyMap => mapValues(map, hideSecret);

export function hideSecret(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return "[secret]";
  if (Array.isArray(value)) return value.map(hideSecret);
  return isObject(value) ? mapValues(value, hideSecret) : value;
}

/** The stack's own outputs. */
export const outputsOf = ({ resources }: Snapshot): PropertyMap =>
  resources.find((state) => state.type === rootStackType)?.outputs ?? {};
