// Differences between two property bags, leaf by leaf.
import { formatPath, type PropertyPath } from "./paths";
import { hideSecrets } from "./state";
import type { PropertyChange } from "./types";
import {
  deepEquals,
  isObject,
  type PropertyMap,
  type PropertyValue,
  Unknown,
  unwrapSecretsIn,
} from "./values";

export type ChangeKind = "add" | "delete" | "update";

export interface LeafChange {
  path: PropertyPath;
  kind: ChangeKind;
  old: PropertyValue | undefined;
  new: PropertyValue | undefined;
}

export function diffMaps(olds: PropertyMap, news: PropertyMap, prefix: PropertyPath = []): LeafChange[] {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return keys.flatMap((key) => diffAt([...prefix, key], present(olds[key]), present(news[key])));
}

/** To the engine a null is as good as absent. */
const present = (value: PropertyValue | undefined): PropertyValue | undefined =>
  value === null ? undefined : value;

function diffAt(
  path: PropertyPath,
  old: PropertyValue | undefined,
  news: PropertyValue | undefined,
): LeafChange[] {
  if (old === undefined && news === undefined) return [];
  if (old === undefined) return [{ path, kind: "add", old, new: news }];
  if (news === undefined) return [{ path, kind: "delete", old, new: news }];
  if (isObject(old) && isObject(news)) return diffMaps(old, news, path);
  if (Array.isArray(old) && Array.isArray(news)) return diffArrays(path, old, news);
  return deepEquals(old, news) ? [] : [{ path, kind: "update", old, new: news }];
}

function diffArrays(path: PropertyPath, old: PropertyValue[], news: PropertyValue[]): LeafChange[] {
  const length = Math.max(old.length, news.length);
  return Array.from({ length }, (_, index) => diffAt([...path, index], old[index], news[index])).flat();
}

/** The comparison the engine makes itself for a provider that has no opinion; secrecy alone is no change. */
export const diffInputs = (olds: PropertyMap, news: PropertyMap): LeafChange[] =>
  diffMaps(unwrapSecretsIn(olds), unwrapSecretsIn(news));

export const topLevelKeys = (changes: LeafChange[]): string[] => [
  ...new Set(changes.map((change) => String(change.path[0]))),
];

/** The changes as people and tests may see them. Keys that start with `__` belong to the machinery. */
export function publicChanges(olds: PropertyMap, news: PropertyMap): PropertyChange[] {
  // The CLI's display knows no values of secrets either: that one changed is not seen.
  return diffMaps(hideSecrets(olds), hideSecrets(news))
    .filter((change) => !String(change.path[0]).startsWith("__"))
    .map((change) => ({
      path: formatPath(change.path),
      kind: change.kind,
      ...shown("old", change.old),
      ...shown("new", change.new),
    }));
}

function shown(key: "old" | "new", value: PropertyValue | undefined): { old?: unknown; new?: unknown } {
  return value === undefined || value instanceof Unknown ? {} : { [key]: value };
}
