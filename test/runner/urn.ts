// URNs: `urn:pulumi:stack::project::parentType$type::name`.

export const ROOT_TYPE = "pulumi:pulumi:Stack";

const parts = (urn: string): string[] => urn.split("::");
const qualifiedTypeOf = (urn: string): string => parts(urn)[2] ?? "";

export const typeOf = (urn: string): string => qualifiedTypeOf(urn).split("$").at(-1) ?? "";
export const nameOf = (urn: string): string => parts(urn).slice(3).join("::");
export const isProviderType = (type: string): boolean => type.startsWith("pulumi:providers:");

export interface StackName {
  readonly stack: string;
  readonly project: string;
}

export function makeUrn({ stack, project }: StackName, parent: string, type: string, name: string): string {
  const parentType = parent === "" || typeOf(parent) === ROOT_TYPE ? "" : `${qualifiedTypeOf(parent)}$`;
  return `urn:pulumi:${stack}::${project}::${parentType}${type}::${name}`;
}
