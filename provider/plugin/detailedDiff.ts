import { isDeepStrictEqual } from "node:util";
import type { DiffResult } from "../lifecycle/diff";
import type { Properties } from "../lifecycle/serializeErrors";
import { isUnknown } from "../lifecycle/unknown";
import { isParameterName, type UrlParts } from "../postback/url";

/** One difference as a reviewer sees it, by its path in Pulumi's notation: `urlParts.query.cid`. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** The values of a resource before and after a change, and whether the program calls the URL secret. */
export interface BeforeAfter {
  readonly olds: Properties;
  readonly news: Properties;
  readonly isSecret: boolean;
}

/** What a diff found, property by property, and the URL parameter by parameter. */
export function propertyChanges({ changed, replaces }: DiffResult, values: BeforeAfter): PropertyChange[] {
  const { olds, news } = values;
  const replacing = new Set<string>(replaces);
  // Names with two underscores are the state's own, and say nothing to a reviewer.
  const fields = changed.filter((field) => !field.startsWith("__"));
  const changes = fields.map((field) => ({
    ...changeAt(field, olds[field], news[field]),
    replaces: replacing.has(field),
  }));
  const parts = changed.includes("postbackUrl") ? partChanges(values) : [];
  return [...changes, ...parts.map((part) => ({ ...part, replaces: false }))];
}

type Change = Omit<PropertyChange, "replaces">;
type Parts = Partial<UrlParts>;

function partChanges({ olds, news, isSecret }: BeforeAfter): Change[] {
  if (isUnknown(olds.urlParts) || isUnknown(news.urlParts))
    return [changeAt("urlParts", olds.urlParts, news.urlParts)];
  const [before, after] = [olds.urlParts ?? {}, news.urlParts ?? {}] as Parts[];
  const parts = (["host", "path", "fragment"] as const)
    .filter((part) => before?.[part] !== after?.[part])
    .map((part) => changeAt(`urlParts.${part}`, before?.[part], after?.[part]));
  return [...parts, ...parameterChanges(before?.query, after?.query, isSecret)];
}

function parameterChanges(
  before: Parts["query"] = {},
  after: Parts["query"] = {},
  isSecret: boolean,
): Change[] {
  const names = new Set([before, after].flatMap(Object.keys));
  const changes = new Map<string, Change>();
  for (const name of names) {
    const [old, now] = [own(before, name), own(after, name)];
    if (isDeepStrictEqual(old, now)) continue;
    const mayShow = !isSecret || (isParameterName(name) && ![old, now].flat().some(isAlone));
    const path = mayShow ? pathOf(name) : undefined;
    const change: Change = path === undefined ? { path: QUERY, kind: "update" } : changeAt(path, old, now);
    changes.set(change.path, change);
  }
  return [...changes.values()];
}

// Without "=", the text may be a value. Base64 ends in "=".
function isAlone(value: string | undefined): boolean {
  return value !== undefined && /^=*$/.test(value);
}

function changeAt(path: string, old: unknown, now: unknown): Change {
  return { path, kind: old === undefined ? "add" : now === undefined ? "delete" : "update" };
}

const QUERY = "urlParts.query";

// The engine refuses a path that it cannot read, and the run with it. It knows one escape, which is that of a quote, and
// reads a bare name up to the next dot or bracket. Source: pulumi/pulumi, sdk/go/common/resource/properties_path.go.
function pathOf(name: string): string | undefined {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `${QUERY}.${name}`;
  if (!name.endsWith("\\")) return `${QUERY}["${name.replaceAll('"', '\\"')}"]`;
  return /[.[]/.test(name) ? undefined : `${QUERY}.${name}`;
}

function own(query: UrlParts["query"], name: string): string | string[] | undefined {
  return Object.hasOwn(query, name) ? query[name] : undefined;
}
