// URNs and provider references: `urn:pulumi:stack::project::parentType$type::name` and `urn::id`.
import { rootStackType } from "./state";

export interface StackName {
  stack: string;
  project: string;
}

const parts = (urn: string): string[] => urn.split("::");

export const qualifiedTypeOf = (urn: string): string => parts(urn)[2] ?? "";
export const typeOf = (urn: string): string => qualifiedTypeOf(urn).split("$").at(-1) ?? "";
export const nameOf = (urn: string): string => parts(urn).slice(3).join("::");
export const stackOf = (urn: string): string => (parts(urn)[0] ?? "").slice("urn:pulumi:".length);
export const projectOf = (urn: string): string => parts(urn)[1] ?? "";

export function makeUrn(of: StackName, parent: string, type: string, name: string): string {
  const parentType = parent === "" || typeOf(parent) === rootStackType ? "" : qualifiedTypeOf(parent);
  return withParentType(of, parentType, type, name);
}

export function withParentType(of: StackName, parentType: string, type: string, name: string): string {
  const qualified = parentType === "" ? type : `${parentType}$${type}`;
  return `urn:pulumi:${of.stack}::${of.project}::${qualified}::${name}`;
}

export const isProviderType = (type: string): boolean => type.startsWith("pulumi:providers:");
export const packageOf = (type: string): string => type.split(":")[0] ?? "";
export const isDefaultProvider = (urn: string): boolean =>
  isProviderType(typeOf(urn)) && /^default($|_)/.test(nameOf(urn));

export interface ProviderReference {
  urn: string;
  id: string;
}

export function parseReference(reference: string): ProviderReference {
  const cut = reference.lastIndexOf("::");
  return { urn: reference.slice(0, cut), id: reference.slice(cut + 2) };
}

export const formatReference = ({ urn, id }: ProviderReference): string => `${urn}::${id}`;
