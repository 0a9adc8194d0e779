import { macrosIn, maskMacros } from "./macros";

/**
 * The parts of a postback URL as a reviewer sees them. Values are exactly those of the URL: not decoded, with their
 * macros. A repeated parameter has a list of values.
 */
export interface UrlParts {
  /** Host and port, after a user name if there is one. */
  host: string;
  /** The path, from its first slash to the `?`. */
  path: string;
  /** The parameters by name, as in the URL. */
  query: Record<string, string | string[]>;
  /** The text after a `#` that does not belong to a macro. CAKE never sends it, so it is usually a mistake. */
  fragment?: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const HTTP_URL = /^(?<scheme>https?):\/\/(?<host>[^/?#\s]+)/i;

/** Whether the text is an absolute http or https URL, which may have macros. */
export function isHttpUrl(url: string): boolean {
  return HTTP_URL.test(maskMacros(url));
}

/** Where a URL leads, without its parameters. */
interface UrlAddress {
  readonly host: string;
  readonly path: string;
  /** The query with its `?`, and the fragment. */
  readonly rest: string;
}

/**
 * Host and path of a postback URL without `new URL()`, which would read `#s2#&payout=…` as a fragment. CAKE may return a
 * text that is not a URL: a text without a scheme is read as if it began with its host.
 */
export function urlAddress(url: string): UrlAddress {
  const start = urlScheme(url).length;
  const masked = maskMacros(url);
  const found = masked.slice(start).search(/[?#]/);
  const end = found === -1 ? url.length : start + found;
  const slash = masked.indexOf("/", start);
  const pathAt = slash === -1 || slash > end ? end : slash;
  return { host: url.slice(start, pathAt), path: url.slice(pathAt, end), rest: url.slice(end) };
}

/** Splits a postback URL into the parts that a reviewer sees. */
export function urlParts(url: string): UrlParts {
  const { host, path, rest } = urlAddress(url);
  const at = maskMacros(rest).indexOf("#");
  const fragmentAt = at === -1 ? rest.length : at;
  return {
    ...{ host, path, query: parameters(rest.slice(1, fragmentAt)) },
    ...(fragmentAt < rest.length ? { fragment: rest.slice(fragmentAt + 1) } : {}),
  };
}

/**
 * The parts of the URL that a program gives. There are none if it is not a URL, which check reports with all other
 * problems.
 */
export function partsIfUrl(given: unknown): UrlParts | Record<string, never> {
  return typeof given === "string" && isHttpUrl(given) ? urlParts(given) : {};
}

/**
 * Whether two texts may be the same URL in different spellings, as CAKE may trim, escape or re-encode it. This does not
 * prove that CAKE calls the same URL: `%23s2%23` is a spelling of `#s2#`, but not a macro.
 */
export function isSpellingOf(one: string, other: string): boolean {
  return one === other || plainSpelling(one) === plainSpelling(other);
}

/**
 * Whether CAKE may have returned the URL that was sent: in any spelling, but with the same macros in the same order.
 */
export function isEchoOf(answered: string, sent: string): boolean {
  return isSpellingOf(answered, sent) && String(macrosIn(answered)) === String(macrosIn(sent));
}

function plainSpelling(url: string): string {
  const bytes = Buffer.from(url.trim().replace(/&(?:amp|#38);/gi, "&")).toString("latin1");
  const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decoded.replace(/^[^/]*\/\/[^/?#]*/, (origin) => origin.toLowerCase());
}

function parameters(query: string): UrlParts["query"] {
  const values = new Map<string, string[]>();
  for (const pair of query.split("&").filter((text) => text !== "")) {
    const [name = "", ...rest] = pair.split("=");
    const value = rest.join("=");
    const all = values.get(name);
    if (all) all.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? "") : all]),
  );
}

/** The scheme with its `://`, or empty if the URL has none. */
export function urlScheme(url: string): string {
  return SCHEME.exec(url)?.[0] ?? "";
}

/** Names a parameter in a text that must not quote values, unless the name itself may be a value. */
export function namedParameter(name: string): string {
  return isParameterName(name) ? `parameter ${JSON.stringify(name)}` : "a parameter";
}

/**
 * Whether a text before "=" is surely a name. It may be a value that lost its "=", or a query that was encoded as a whole.
 */
export function isParameterName(name: string): boolean {
  return /^[\w.[\]-]{1,40}$/.test(name);
}
