import { CLICK_ID_SLOTS, macrosIn, tokenizeMacros, type UrlToken } from "../macros";
import { urlScheme } from "../url";
import { trimmed } from "./blanks";
import { hostNameIn } from "./hosts";

/** A part of a URL in its raw spelling. */
export interface UrlComponent {
  readonly kind: "host" | "path" | "parameter";
  /** The separators before it, as the URL has them: `?`, `&`, `&&`. */
  readonly separator: string;
  /** The name of a parameter as it is spelled; empty for host and path. */
  readonly name: string;
  /** The name in the spelling that rules compare: `click_id` is `clickid`. */
  readonly plain: string;
  /** The value of a parameter; the complete text for host and path. */
  readonly value: string;
  /** The complete text as the URL has it. */
  readonly text: string;
  /** Where the text begins in the URL. */
  readonly at: number;
  /** The names of the macros in the value, in their order. */
  readonly macros: readonly string[];
}

/**
 * A URL, read once for everyone who asks about it. Its parts, put together, are the text byte for byte. The text may
 * be anything. Unlike `urlParts`, a hash that belongs to no macro does not end the query, because the author of
 * `cid=#s2&payout=#price#` meant two parameters.
 */
export class UrlReading {
  /** The text without surrounding spaces. */
  readonly text: string;
  readonly scheme: string;
  readonly host: UrlComponent;
  readonly path: UrlComponent;
  readonly parameters: readonly UrlComponent[];
  /** Host, path and parameters in the order of the URL. */
  readonly components: readonly UrlComponent[];
  /** Whether a `?` begins the query. */
  readonly hasQuery: boolean;
  readonly #cached = new Map<unknown, unknown>();

  constructor(readonly url: string) {
    this.text = trimmed(url);
    const { text } = this;
    const start = this.text === url ? 0 : url.indexOf(text);
    this.scheme = urlScheme(text);
    const hostAt = this.scheme.length;
    const queryAt = indexOr(text, "?", hostAt, text.length);
    const pathAt = Math.min(indexOr(text, "/", hostAt, queryAt), queryAt);
    this.hasQuery = queryAt < text.length;
    this.host = component("host", start + hostAt, text.slice(hostAt, pathAt));
    this.path = component("path", start + pathAt, text.slice(pathAt, queryAt));
    this.parameters = this.hasQuery ? parametersIn(text, queryAt, start) : [];
    this.components = [this.host, this.path, ...this.parameters];
  }

  /** Host in its normal spelling; see {@link hostNameIn}. */
  get hostName(): string | undefined {
    return this.derive(hostNameOf);
  }

  /** The names of all macros in the order of the URL. */
  get macros(): readonly string[] {
    return this.derive(allMacros);
  }

  /** The URL cut at its macros. */
  get tokens(): readonly UrlToken[] {
    return this.derive(allTokens);
  }

  /** What a function finds in this URL, which it is asked only once. */
  derive<T>(from: (reading: UrlReading) => T): T {
    if (!this.#cached.has(from)) this.#cached.set(from, from(this));
    return this.#cached.get(from) as T;
  }
}

function hostNameOf({ scheme, host }: UrlReading): string | undefined {
  return scheme === "" ? undefined : hostNameIn(host.text);
}

function allMacros({ components }: UrlReading): string[] {
  return components.flatMap(({ kind, text, macros }) => (kind === "parameter" ? macrosIn(text) : macros));
}

function allTokens({ url }: UrlReading): UrlToken[] {
  return tokenizeMacros(url);
}

/** The parameters of any text, for those who read nothing else of it. */
export function urlParameters(url: string): readonly UrlComponent[] {
  return new UrlReading(url).parameters;
}

/** The name of a parameter in the spelling that rules compare: `click_id` is `clickid`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

const SLOTS: ReadonlySet<string> = new Set(CLICK_ID_SLOTS);

/** The sub IDs among macros. */
export function slotsAmong(macros: readonly string[]): string[] {
  return macros.filter((name) => SLOTS.has(name));
}

/** The sub IDs among macros that may carry the click ID: the first one is usually the partner's source. */
export function clickSlotsAmong(macros: readonly string[]): string[] {
  return slotsAmong(macros).filter((slot) => slot !== "s1");
}

/** Whether a macro is the sub ID behind another one: a long click ID fills two, `#s2##s3#`. */
export function continuesSlot(macro: string, next: string): boolean {
  return CLICK_ID_SLOTS.some((slot, at) => slot === macro && CLICK_ID_SLOTS[at + 1] === next);
}

/** Whether a value is one macro and nothing else. */
export function isOneMacro({ value, macros: [macro, ...more] }: UrlComponent): boolean {
  return macro !== undefined && more.length === 0 && value.length === macro.length + 2;
}

/** Whether a value begins like a complete URL. */
export function isUrlValue(value: string): boolean {
  return /^https?(?::|%3A)/i.test(value);
}

function component(kind: UrlComponent["kind"], at: number, text: string): UrlComponent {
  return { kind, at, text, value: text, name: "", plain: "", separator: "", macros: macrosIn(text) };
}

function parametersIn(text: string, queryAt: number, start: number): UrlComponent[] {
  const found: UrlComponent[] = [];
  let separator = "?";
  for (let at = queryAt + 1; at <= text.length; ) {
    const end = indexOr(text, "&", at, text.length);
    if (end === at) separator += text.charAt(at);
    else {
      found.push(parameter(text.slice(at, end), start + at, separator));
      separator = "&";
    }
    at = end + 1;
  }
  return found;
}

function parameter(text: string, at: number, separator: string): UrlComponent {
  const nameEnd = indexOr(text, "=", 0, text.length);
  const [name, value] = [text.slice(0, nameEnd), text.slice(nameEnd + 1)];
  return {
    kind: "parameter",
    separator,
    name,
    plain: plainName(name),
    value,
    text,
    at,
    macros: macrosIn(value),
  };
}

function indexOr(text: string, sought: string, from: number, otherwise: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? otherwise : at;
}
