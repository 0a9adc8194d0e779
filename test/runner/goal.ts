// What a program asks for: a resource as it should be, one to be read, outputs to be recorded.
import type { Alias } from "./aliases";
import type { ResourceState } from "./state";
import type { PropertyMap } from "./values";
import type { JsonObject } from "./wire";

export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  inputs: PropertyMap;
  parent: string;
  provider: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  protect: boolean | undefined;
  retainOnDelete: boolean | undefined;
  deleteBeforeReplace: boolean | undefined;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  additionalSecretOutputs: string[];
  aliases: Alias[];
  importId: string;
  deletedWith: string;
  replaceWith: string[];
  customTimeouts: JsonObject | undefined;
}

export interface RegistrationResult {
  state: ResourceState;
  result: "success" | "failed" | "skipped";
}

export interface Registration {
  kind: "register";
  goal: Goal;
  done(result: RegistrationResult): void;
}

export interface ReadRequest {
  kind: "read";
  type: string;
  name: string;
  id: string;
  parent: string;
  provider: string;
  inputs: PropertyMap;
  dependencies: string[];
  additionalSecretOutputs: string[];
  done(state: ResourceState): void;
}

export interface OutputsRequest {
  kind: "outputs";
  urn: string;
  outputs: PropertyMap;
  done(): void;
}

export interface ProgramEnd {
  kind: "end";
  /** Empty when the program ran to its end; undefined when it has already told the user why it did not. */
  error?: string;
  failed: boolean;
}

export type ProgramEvent = Registration | ReadRequest | OutputsRequest | ProgramEnd;

export function emptyGoal(given: Pick<Goal, "type" | "name" | "custom" | "inputs">): Goal {
  return {
    parent: "",
    provider: "",
    dependencies: [],
    propertyDependencies: {},
    protect: undefined,
    retainOnDelete: undefined,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    importId: "",
    deletedWith: "",
    replaceWith: [],
    customTimeouts: undefined,
    ...given,
  };
}
