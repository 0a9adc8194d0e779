import { isDeepStrictEqual } from "node:util";
import type { DiffResult } from "../lifecycle/diff";
import type { Properties } from "../lifecycle/serializeErrors";
import { isUnknown } from "../lifecycle/unknown";
import type { UrlParts } from "../postback/url";

/** One difference as a reviewer sees it, by its path in Pulumi's notation: `urlParts.query.cid`. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** What a diff found, property by property, and the URL parameter by parameter. */
export function propertyChanges(
  { changed, replaces }: DiffResult,
  olds: Properties,
  news: Properties,
): PropertyChange[] {
  const replacing = new Set<string>(replaces);
  // Names with two underscores are the state's own, and say nothing to a reviewer.
  const fields = changed.filter((field) => !field.startsWith("__"));
  const changes = fields.map((field) => ({
    ...changeAt(field, olds[field], news[field]),
    replaces: replacing.has(field),
  }));
  const parts = changed.includes("postbackUrl") ? partChanges(olds.urlParts, news.urlParts) : [];
  return [...changes, ...parts.map((part) => ({ ...part, replaces: false }))];
}

type Change = Omit<PropertyChange, "replaces">;

type Compared = readonly [path: string, old: unknown, now: unknown];

function partChanges(olds: unknown, news: unknown): Change[] {
  if (isUnknown(olds) || isUnknown(news)) return [changeAt("urlParts", olds, news)];
  const [before, after] = [olds ?? {}, news ?? {}] as Partial<UrlParts>[];
  const parts = (["host", "path", "fragment"] as const).map((part): Compared => {
    return [`urlParts.${part}`, before?.[part], after?.[part]];
  });
  return [...parts, ...queryChanges(before?.query ?? {}, after?.query ?? {})]
    .filter(([, old, now]) => !isDeepStrictEqual(old, now))
    .map(([path, old, now]) => changeAt(path, old, now));
}

function queryChanges(before: UrlParts["query"], after: UrlParts["query"]): Compared[] {
  const names = [...new Set([before, after].flatMap((query) => Object.keys(query)))];
  // The engine reads a backslash before a quote as its escape, and a path that it cannot read fails the whole diff.
  if (names.some((name) => name.endsWith("\\"))) return [["urlParts.query", before, after]];
  return names.map((name): Compared => {
    return [`urlParts.query${accessor(name)}`, own(before, name), own(after, name)];
  });
}

function changeAt(path: string, old: unknown, now: unknown): Change {
  return { path, kind: old === undefined ? "add" : now === undefined ? "delete" : "update" };
}

// The one escape that the engine knows is that of a quote. Source: pulumi/pulumi, sdk/go/common/resource/properties_path.go.
function accessor(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `["${name.replaceAll('"', '\\"')}"]`;
}

function own(query: UrlParts["query"], name: string): unknown {
  return Object.hasOwn(query, name) ? query[name] : undefined;
}
