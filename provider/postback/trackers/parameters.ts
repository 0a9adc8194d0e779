import { CLICK_ID_SLOTS, type ClickIdSlot, maskMacros } from "../macros";

/** The macro for a transaction ID, or none. */
export type TransactionId = "leadid" | "tid" | false;

/** How an option of a template is written in the URL. */
export interface Parameter<T = unknown> {
  /** The parameter's name in the URL, or `IN_PATH`. */
  readonly name: string;
  /** The default of the option; undefined if the parameter is then missing from the URL. */
  readonly fallback?: T;
  readonly isRequired?: boolean;
  /** What the option must be, as it follows "must be". */
  readonly expected: string;
  /** The text for a value, or `false` for no parameter; undefined if the option cannot have that value. */
  readonly write: (value: unknown) => string | false | undefined;
  /** The value for a text; undefined if there is no text, or if no value of the option makes it. */
  readonly read: (text: string | undefined) => T | undefined;
}

/** The name of a parameter that is a segment of the path. In the path it marks where the segment goes. */
export const IN_PATH = "*";

/** What a path has in the place of `IN_PATH`; empty if it has none, and undefined if the path is another one. */
export function segmentAt(template: string, path: string): string | undefined {
  const [before = "", after] = template.split(IN_PATH);
  if (after === undefined) return path === template ? "" : undefined;
  const segment = path.slice(before.length, path.length - after.length);
  return path === `${before}${segment}${after}` && /^[^/]+$/.test(segment) ? segment : undefined;
}

const SLOT_TEXTS = CLICK_ID_SLOTS.map((slot) => [slot, `#${slot}#`] as const);

/** Takes the click ID. */
export function clickId(name: string): Parameter<ClickIdSlot> {
  return choice(name, SLOT_TEXTS, "s2");
}

/** Takes the payout. */
export function payout(name: string, fallback = true): Parameter<boolean> {
  return choice(
    name,
    [
      [true, "#price#"],
      [false, false],
    ],
    fallback,
  );
}

/** Takes an ID of the conversion. */
export function transactionId(name: string, fallback: TransactionId = "leadid"): Parameter<TransactionId> {
  return choice(
    name,
    [
      ["leadid", "#leadid#"],
      ["tid", "#tid#"],
      [false, false],
    ],
    fallback,
  );
}

/** Takes one of the tracker's own values. */
export function oneOf<const T extends string | number>(name: string, values: readonly T[]): Parameter<T> {
  return choice(
    name,
    values.map((value) => [value, String(value)]),
  );
}

/** Takes an ID of the tracker. */
export function id(name: string, kind?: "required"): Parameter<number> {
  return {
    name,
    expected: "an integer of at least 1",
    isRequired: kind === "required",
    write: (value) => (Number.isSafeInteger(value) && Number(value) >= 1 ? String(value) : undefined),
    read: (text) => (text === undefined ? undefined : Number(text)),
  };
}

/** Takes a text that is the same for every conversion. */
export function text(name: string, kind?: "required"): Parameter<string> {
  return matching(name, /^[^#]+$/, "URL-encoded text without a macro", kind);
}

/** Takes a currency. */
export function currency(name: string): Parameter<string> {
  return matching(name, /^[A-Z]{3}$/, 'a currency code such as "EUR"');
}

/** Takes a segment of the path. */
export function segment(): Parameter<string> {
  return matching(IN_PATH, /^[\w-]+$/, "one segment of the path: letters, digits, _ and -", "required");
}

// What a query may have unencoded. The caller encodes the rest, because only the caller knows what it means.
const URL_ENCODED = /^(?:[\w.~!$'()*+,;:@/=-]|%[0-9A-Fa-f]{2})+$/;

/** Whether a value, which may have macros, needs no further encoding in a URL. */
export function isValue(value: unknown): value is string {
  return typeof value === "string" && URL_ENCODED.test(maskMacros(value));
}

function matching(name: string, pattern: RegExp, expected: string, kind?: "required"): Parameter<string> {
  return {
    name,
    expected,
    isRequired: kind === "required",
    write: (value) => (isValue(value) && pattern.test(value) ? value : undefined),
    read: (found) => found,
  };
}

/** Takes one of these values, each with its text in the URL; `false` is no parameter. */
export function choice<T extends string | number | boolean>(
  name: string,
  texts: readonly (readonly [value: T, text: string | false])[],
  fallback?: T,
): Parameter<T> {
  return {
    name,
    expected: `one of ${texts.map(([value]) => JSON.stringify(value)).join(", ")}`,
    ...(fallback === undefined ? {} : { fallback }),
    write: (value) => texts.find(([one]) => one === value)?.[1],
    read: (found) => texts.find(([, one]) => one === (found ?? false))?.[0],
  };
}
