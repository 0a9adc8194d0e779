import { namedParameter, type UrlParts, urlParts, urlScheme } from "./url";

/** One difference between two postback URLs. */
export interface UrlChange {
  /** `order` is the same parameters in another order. `spelling` is different bytes that belong to no part. */
  readonly part: "scheme" | "host" | "path" | "parameter" | "fragment" | "order" | "spelling";
  /** The parameter's name. */
  readonly name?: string;
  /** The old text as the URL has it; undefined if the part is new. */
  readonly from?: string;
  /** The new text; undefined if the part was removed. */
  readonly to?: string;
}

/** The differences between two URLs. There are none only if the URLs are the same byte for byte. */
export function urlChanges(from: string, to: string): UrlChange[] {
  if (from === to) return [];
  const [old, now] = [urlParts(from), urlParts(to)];
  const changes: UrlChange[] = [
    ...changed("scheme", urlScheme(from), urlScheme(to)),
    ...changed("host", old.host, now.host),
    ...changed("path", old.path, now.path),
    ...parameterChanges(old, now),
    ...changed("fragment", old.fragment, now.fragment),
  ];
  if (changes.length > 0) return changes;
  return [orderOf(old) === orderOf(now) ? { part: "spelling", from, to } : { part: "order" }];
}

/** The names of the parts in which two URLs differ, for texts that must not quote values. */
export function differingParts(from: string, to: string): string[] {
  return urlChanges(from, to).map(({ part, name }) => {
    if (part === "parameter") return namedParameter(name ?? "");
    return part === "order" || part === "spelling" ? "order or spelling of the parameters" : part;
  });
}

function changed(part: UrlChange["part"], from: string | undefined, to: string | undefined): UrlChange[] {
  return from === to
    ? []
    : [{ part, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

function parameterChanges({ query: old }: UrlParts, { query: now }: UrlParts): UrlChange[] {
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].flatMap((name) =>
    changed("parameter", valuesOf(old, name), valuesOf(now, name)).map((change) => ({ ...change, name })),
  );
}

// The values of a repeated parameter become one text, which no single value equals.
function valuesOf(query: UrlParts["query"], name: string): string | undefined {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  return Array.isArray(value) ? value.map((one) => `${name}=${one}`).join("&") : value;
}

function orderOf({ query }: UrlParts): string {
  return JSON.stringify(Object.keys(query));
}
