import { macrosIn, maskMacros } from "./macros";

/**
 * The parts of a postback URL as a reviewer thinks of them. Values stand exactly as in the URL: not decoded,
 * macros and all. A parameter that stands more than once has a list of values.
 */
export interface UrlParts {
  host: string;
  path: string;
  query: Record<string, string | string[]>;
  /** What follows a `#` that does not belong to a macro. CAKE sends it to nobody, so it is most often a mistake. */
  fragment?: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const HTTP_URL = /^(?<scheme>https?):\/\/(?<host>[^/?#\s]+)/i;

/** Whether the text is an absolute http or https URL, macros allowed. */
export function isHttpUrl(url: string): boolean {
  return HTTP_URL.test(maskMacros(url));
}

/**
 * Takes a postback URL apart without ever re-serialising it: `new URL()` would read `#s2#&payout=…` as a fragment.
 * What CAKE answers need not be a URL: a text without a scheme is read as one that begins with its host.
 */
export function urlParts(url: string): UrlParts {
  const masked = maskMacros(url);
  const start = urlScheme(url).length;
  const end = (at: number, fallback: number) => (at === -1 ? fallback : at);
  const fragmentAt = end(masked.indexOf("#", start), url.length);
  const queryAt = Math.min(end(masked.indexOf("?", start), fragmentAt), fragmentAt);
  const pathAt = Math.min(end(masked.indexOf("/", start), queryAt), queryAt);
  return {
    host: url.slice(start, pathAt),
    path: url.slice(pathAt, queryAt),
    query: parameters(url.slice(queryAt + 1, fragmentAt)),
    ...(fragmentAt < url.length ? { fragment: url.slice(fragmentAt + 1) } : {}),
  };
}

/** The parts of what a program gave as the URL. None where it is no URL, which check reports together with all other problems. */
export function partsIfUrl(given: unknown): UrlParts | Record<string, never> {
  return typeof given === "string" && isHttpUrl(given) ? urlParts(given) : {};
}

/**
 * Whether two texts may be one URL in two spellings, as an answer that trims, escapes or re-encodes would show it.
 * No proof that CAKE calls the same: `%23s2%23` is a spelling of `#s2#`, and no macro.
 */
export function isSpellingOf(one: string, other: string): boolean {
  return one === other || plainSpelling(one) === plainSpelling(other);
}

/** Whether an answer may show the URL that was sent: in another spelling, but with the same macros in the same order. */
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

/** The scheme with its `://`, empty where there is none. */
export function urlScheme(url: string): string {
  return SCHEME.exec(url)?.[0] ?? "";
}

/** A parameter in a text that may quote no value: by its name, as far as that can be no value itself. */
export function namedParameter(name: string): string {
  // What stands before a "=" is a name, unless it is a value that lost its "=" or a whole query that was encoded.
  return /^[\w.[\]-]{1,40}$/.test(name) ? `parameter ${JSON.stringify(name)}` : "a parameter";
}
