import type { Candidate, Finding } from "../rules/rule";
import { namedParameter, urlScheme } from "../url";

/** A part of a URL that a finding can name. */
export interface UrlComponent {
  readonly kind: "host" | "path" | "parameter";
  /** Its name in a finding, which quotes nothing of the URL but a parameter's name. */
  readonly part: string;
  /** The name of a parameter as it is spelled; empty for host and path. */
  readonly name: string;
  /** The value of a parameter; the complete text for host and path. */
  readonly value: string;
  /** The complete text as the URL has it. */
  readonly text: string;
}

/**
 * Host, path and query of any text. Unlike `urlParts`, it does not end the query at a hash that belongs to no macro,
 * because the author of `cid=#s2&payout=#price#` meant two parameters.
 */
export function splitUrl(url: string): Record<"host" | "path" | "query", string> {
  const text = trimmed(url);
  const rest = text.slice(urlScheme(text).length);
  const queryAt = indexOr(rest, "?", rest.length);
  const pathAt = Math.min(indexOr(rest, "/", queryAt), queryAt);
  return { host: rest.slice(0, pathAt), path: rest.slice(pathAt, queryAt), query: rest.slice(queryAt + 1) };
}

/** Host, path and parameters in the order of the URL. */
export function urlComponents(url: string): UrlComponent[] {
  const { host, path, query } = splitUrl(url);
  return [component("host", "the host", host), component("path", "the path", path), ...parameters(query)];
}

export function urlParameters(url: string): UrlComponent[] {
  return parameters(splitUrl(url).query);
}

/** What a check finds in each component. The same finding about the same part counts once. */
export function findingsAt(
  components: readonly UrlComponent[],
  check: (component: UrlComponent) => readonly Omit<Finding, "part">[],
): Finding[] {
  const found = new Map<string, Finding>();
  for (const component of components) {
    for (const { what, ...others } of check(component)) {
      const key = `${component.part} ${what}`;
      if (!found.has(key)) found.set(key, { part: component.part, what, ...others });
    }
  }
  return [...found.values()];
}

/** The name of a parameter in the spelling that rules compare: `click_id` is `clickid`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Spaces, line breaks and invisible characters: control characters, zero-width joiners, direction marks. */
export const BLANK = /[\p{Z}\p{Cc}\p{Cf}]/u;

/** The text without surrounding spaces, including those that `trim` keeps. */
export function trimmed(text: string): string {
  const isBlankAt = (at: number) => BLANK.test(text.charAt(at));
  let [start, end] = [0, text.length];
  while (start < end && isBlankAt(start)) start++;
  while (end > start && isBlankAt(end - 1)) end--;
  return text.slice(start, end);
}

/** Whether the text is HTML that calls a URL, and not a URL itself. */
export function holdsMarkup(text: string): boolean {
  return /<\s*(?:img|iframe|script)\b/i.test(text);
}

/** Whether a postback is HTML because its type needs HTML. HTML may have characters that a URL may not. */
export function isPixelCode({ postbackUrl, postbackTypeId = 1 }: Candidate): boolean {
  return postbackTypeId !== 1 && holdsMarkup(postbackUrl);
}

function component(kind: UrlComponent["kind"], part: string, text: string): UrlComponent {
  return { kind, part, name: "", value: text, text };
}

function parameters(query: string): UrlComponent[] {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return pairs.map((text) => {
    const nameEnd = indexOr(text, "=", text.length);
    const name = text.slice(0, nameEnd);
    return { kind: "parameter", part: namedParameter(name), name, value: text.slice(nameEnd + 1), text };
  });
}

function indexOr(text: string, sought: string, otherwise: number): number {
  const at = text.indexOf(sought);
  return at === -1 ? otherwise : at;
}
