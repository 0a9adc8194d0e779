import { namedParameter, urlScheme } from "../url";
import type { Candidate, Finding } from "./rule";

/** A stretch of a URL that a finding can name. */
export interface UrlComponent {
  readonly kind: "host" | "path" | "parameter";
  /** What a finding calls it, without quoting more of the URL than a parameter's name. */
  readonly part: string;
  /** A parameter's name as it is spelled; empty elsewhere. */
  readonly name: string;
  /** A parameter's value; elsewhere the whole stretch. */
  readonly value: string;
  /** The whole stretch as it stands in the URL. */
  readonly text: string;
}

/**
 * Host, path and query of any text. Unlike `urlParts` it cuts nothing off at a hash that belongs to no macro: who
 * wrote `cid=#s2&payout=#price#` meant two parameters.
 */
export function splitUrl(url: string): Record<"host" | "path" | "query", string> {
  const text = trimmed(url);
  const rest = text.slice(urlScheme(text).length);
  const queryAt = indexOr(rest, "?", rest.length);
  const pathAt = Math.min(indexOr(rest, "/", queryAt), queryAt);
  return { host: rest.slice(0, pathAt), path: rest.slice(pathAt, queryAt), query: rest.slice(queryAt + 1) };
}

/** Host, path and parameters in their order. */
export function urlComponents(url: string): UrlComponent[] {
  const { host, path, query } = splitUrl(url);
  return [component("host", "the host", host), component("path", "the path", path), ...parameters(query)];
}

export function urlParameters(url: string): UrlComponent[] {
  return parameters(splitUrl(url).query);
}

/** What a look at each place finds, the same thing at the same part only once. */
export function findingsAt(
  components: readonly UrlComponent[],
  look: (component: UrlComponent) => readonly Omit<Finding, "part">[],
): Finding[] {
  const found = new Map<string, Finding>();
  for (const component of components) {
    for (const { what, ...others } of look(component)) {
      const key = `${component.part} ${what}`;
      if (!found.has(key)) found.set(key, { part: component.part, what, ...others });
    }
  }
  return [...found.values()];
}

/** A parameter's name in the one of its many spellings that rules compare: `click_id` is `clickid`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Blanks, line breaks, and what nobody sees: control characters, joiners of no width, marks of direction. */
export const BLANK = /[\p{Z}\p{Cc}\p{Cf}]/u;

/** The text without the blanks around it, those included that `trim` knows nothing of. */
export function trimmed(text: string): string {
  const isBlankAt = (at: number) => BLANK.test(text.charAt(at));
  let [start, end] = [0, text.length];
  while (start < end && isBlankAt(start)) start++;
  while (end > start && isBlankAt(end - 1)) end--;
  return text.slice(start, end);
}

/** Whether the text is HTML that calls something, and no URL. */
export function holdsMarkup(text: string): boolean {
  return /<\s*(?:img|iframe|script)\b/i.test(text);
}

/** Whether a postback is HTML because its type wants HTML. What a URL may not hold, that may. */
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
