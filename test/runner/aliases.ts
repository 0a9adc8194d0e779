// A resource that was renamed or moved: its earlier URNs, and the references to them.
import { type ResourceState, rootStackType } from "./state";
import {
  formatReference,
  makeUrn,
  nameOf,
  parseReference,
  qualifiedTypeOf,
  type StackName,
  typeOf,
  withParentType,
} from "./urn";

/** An alias as a program gives it: a whole URN, or the parts that were different. */
export interface Alias {
  urn?: string;
  name?: string;
  type?: string;
  stack?: string;
  project?: string;
  parent?: string;
  noParent?: boolean;
}

export interface AliasedResource {
  name: string;
  type: string;
  parent: string;
  aliases: Alias[];
}

/** Every URN the resource may have had, its parent's earlier URNs included. */
export function earlierUrns(
  resource: AliasedResource,
  of: StackName,
  aliasOf: (urn: string) => string | undefined,
): string[] {
  const own = resource.aliases.map((alias) => urnOfAlias(alias, resource, of, aliasOf));
  const parentAlias = resource.parent === "" ? undefined : aliasOf(resource.parent);
  if (parentAlias === undefined) return [...new Set(own)];
  const parentName = nameOf(resource.parent);
  const inherited = [
    inheritedUrn(resource.type, resource.name, parentName, parentAlias, of),
    ...own.map((urn) => inheritedUrn(typeOf(urn), nameOf(urn), parentName, parentAlias, of)),
  ];
  return [...new Set([...own, ...inherited])];
}

function urnOfAlias(
  alias: Alias,
  resource: AliasedResource,
  of: StackName,
  aliasOf: (urn: string) => string | undefined,
): string {
  if (alias.urn !== undefined && alias.urn !== "") return alias.urn;
  const stack = { stack: alias.stack || of.stack, project: alias.project || of.project };
  const parent = alias.noParent
    ? ""
    : alias.parent
      ? (aliasOf(alias.parent) ?? alias.parent)
      : resource.parent;
  return makeUrn(stack, parent, alias.type || resource.type, alias.name || resource.name);
}

/** Children are often named after their parent, `parent-child`: the old name then starts with the parent's old one. */
function inheritedUrn(
  type: string,
  name: string,
  parentName: string,
  parentAlias: string,
  of: StackName,
): string {
  const oldName = name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name;
  return withParentType(of, qualifiedTypeOf(parentAlias), type, oldName);
}

/** Copies in which every reference names the URN a resource has now. */
export function normalizeUrns(resources: ResourceState[]): ResourceState[] {
  const current = new Map<string, string>();
  for (const state of resources) {
    for (const alias of state.aliases) current.set(alias, state.urn);
    const parent = current.get(state.parent);
    if (parent !== undefined && typeOf(parent) !== rootStackType)
      current.set(state.urn, makeUrn(stackNameOf(state.urn), parent, state.type, nameOf(state.urn)));
  }
  const fix = (urn: string): string => current.get(urn) ?? urn;
  return current.size === 0 ? resources : resources.map((state) => withFixedUrns(state, fix));
}

const stackNameOf = (urn: string): StackName => {
  const [head = "", project = ""] = urn.split("::");
  return { stack: head.slice("urn:pulumi:".length), project };
};

function withFixedUrns(state: ResourceState, fix: (urn: string) => string): ResourceState {
  return {
    ...state,
    urn: fix(state.urn),
    parent: fix(state.parent),
    provider: state.provider === "" ? "" : withFixedProvider(state.provider, fix),
    dependencies: state.dependencies.map(fix),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([key, urns]) => [key, urns.map(fix)]),
    ),
    deletedWith: fix(state.deletedWith),
    replaceWith: state.replaceWith.map(fix),
    aliases: [],
  };
}

function withFixedProvider(provider: string, fix: (urn: string) => string): string {
  const { urn, id } = parseReference(provider);
  return formatReference({ urn: fix(urn), id });
}
