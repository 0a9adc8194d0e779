/** A text that CAKE replaces with a value of the conversion when it calls a postback URL. */
export interface Macro {
  /** The name without hashes. */
  readonly name: string;
  readonly meaning: string;
  /** A value that a partner could receive for it. */
  readonly sample: string;
  /** The CAKE articles that list it. */
  readonly source: string;
}

const TOKENS = "articles 5000545788, 5000546376, 5000546096";
const REQUEST_IDS = "articles 5000546059, 13000103758";
const CREATE_SAMPLE = "the sample of article 13000118735 only";

/** The macros that CAKE's articles name. An instance may have more, which a project lists in `cake:rules`. */
export const MACROS: readonly Macro[] = [
  {
    name: "s1",
    meaning: "sub ID 1: the partner's own source, 50 characters",
    sample: "site-7",
    source: TOKENS,
  },
  {
    name: "s2",
    meaning: "sub ID 2: usually the partner's click ID, 100 characters",
    sample: "w7KJ2M9XQ4T1",
    source: TOKENS,
  },
  { name: "s3", meaning: "sub ID 3, 100 characters", sample: "sub3", source: TOKENS },
  { name: "s4", meaning: "sub ID 4, 100 characters", sample: "sub4", source: TOKENS },
  { name: "s5", meaning: "sub ID 5, 100 characters", sample: "sub5", source: TOKENS },
  { name: "price", meaning: "the affiliate's payout", sample: "12.50", source: TOKENS },
  { name: "leadid", meaning: "CAKE's ID of the conversion", sample: "5C2E81A7", source: TOKENS },
  { name: "tid", meaning: "the advertiser's transaction ID", sample: "ORDER-1001", source: TOKENS },
  { name: "affid", meaning: "the affiliate's ID", sample: "67890", source: TOKENS },
  { name: "oid", meaning: "the offer's ID", sample: "12345", source: TOKENS },
  { name: "campid", meaning: "the campaign's ID", sample: "2468", source: TOKENS },
  { name: "cid", meaning: "the creative's ID", sample: "135", source: TOKENS },
  { name: "udid", meaning: "the device's ID", sample: "device-1", source: TOKENS },
  { name: "ip", meaning: "the address of the conversion", sample: "192.0.2.1", source: TOKENS },
  { name: "sourceip", meaning: "the address of the click", sample: "192.0.2.2", source: TOKENS },
  {
    name: "source_ip",
    meaning: "another spelling of sourceip, in one article",
    sample: "192.0.2.2",
    source: TOKENS,
  },
  {
    name: "utcunixtime",
    meaning: "the time of the conversion, in seconds",
    sample: "1767225600",
    source: TOKENS,
  },
  { name: "sourcetime", meaning: "the time of the click", sample: "2026-01-01 00:00:00", source: TOKENS },
  {
    name: "sourcedate",
    meaning: "another spelling of sourcetime, in one article",
    sample: "2026-01-01",
    source: TOKENS,
  },
  {
    name: "reqid",
    meaning: "CAKE's session ID; not unique to a click",
    sample: "987654321",
    source: REQUEST_IDS,
  },
  { name: "oreqid", meaning: "CAKE's ID of the offer's request", sample: "987654322", source: REQUEST_IDS },
  { name: "vstid", meaning: "the visitor's ID", sample: "visitor-1", source: TOKENS },
  { name: "reqsessid", meaning: "unknown", sample: "session-1", source: CREATE_SAMPLE },
  { name: "status", meaning: "unknown", sample: "approved", source: CREATE_SAMPLE },
];

/** The names of the macros that CAKE's articles name. */
export const DOCUMENTED_MACROS: ReadonlySet<string> = new Set(MACROS.map(({ name }) => name));

/** The macros for an ID that many clicks and conversions share. */
export const SHARED_IDS: ReadonlySet<string> = new Set(["affid", "oid", "campid", "cid"]);

/** The sub IDs, one of which carries the partner's click ID. */
export const CLICK_ID_SLOTS = ["s1", "s2", "s3", "s4", "s5"] as const;
export type ClickIdSlot = (typeof CLICK_ID_SLOTS)[number];

const MACRO = /#[A-Za-z0-9_]+#/g;

/** A part of a URL: a macro, or the text between two macros. */
export interface UrlToken {
  readonly text: string;
  /** Where the text begins in the URL. */
  readonly at: number;
  /** The name of the macro as it is spelled; undefined for other text. */
  readonly macro?: string;
}

/** Cuts a URL at its macros. The texts of the tokens, put together, are the URL byte for byte. */
export function tokenizeMacros(url: string): UrlToken[] {
  const cut: UrlToken[] = [];
  let end = 0;
  for (const match of url.matchAll(MACRO)) {
    if (match.index > end) cut.push({ text: url.slice(end, match.index), at: end });
    cut.push({ text: match[0], at: match.index, macro: match[0].slice(1, -1) });
    end = match.index + match[0].length;
  }
  if (end < url.length) cut.push({ text: url.slice(end), at: end });
  return cut;
}

/** The names of the macros in a URL or in a value, in the order of the text. */
export function macrosIn(text: string): string[] {
  return text.includes("#") ? (text.match(MACRO)?.map((macro) => macro.slice(1, -1)) ?? []) : [];
}

/** The URL with each macro replaced by as many underscores, so that all positions stay the same. */
export function maskMacros(url: string): string {
  return tokenizeMacros(url)
    .map(({ text, macro }) => (macro === undefined ? text : "_".repeat(text.length)))
    .join("");
}

/**
 * What the partner would receive, with a sample for each macro that CAKE is known to replace. An unknown macro is kept,
 * as CAKE keeps it. Whether CAKE encodes values is not documented; the samples need no encoding.
 */
export function withSamples(url: string): string {
  return withValues(url, (name) => BY_NAME.get(name)?.sample);
}

/** The URL with a percent-encoded value in the place of each macro. A macro without a value is kept. */
export function withValues(url: string, toValue: (name: string) => string | undefined): string {
  return tokenizeMacros(url)
    .map(({ text, macro = "" }) => {
      const value = toValue(macro);
      return value === undefined ? text : encodeURIComponent(value);
    })
    .join("");
}

/** What CAKE's articles say about a macro; undefined if none names it. */
export function documentedMacro(name: string): Macro | undefined {
  return BY_NAME.get(name);
}

const BY_NAME = new Map(MACROS.map((macro) => [macro.name, macro]));
