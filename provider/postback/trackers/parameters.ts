import { maskMacros } from "../macros";
import { CLICK_ID_SLOTS, type ClickIdSlot } from "../rules/rule";

/** The macro for a transaction id, or none. */
export type TransactionId = "leadid" | "tid" | false;

/** How one option of a template stands in the URL. */
export interface Parameter<T = unknown> {
  /** The parameter's name in the URL, or `IN_PATH`. */
  readonly name: string;
  /** What the option is without being given; undefined for one that leaves nothing in the URL. */
  readonly fallback?: T;
  readonly isRequired?: boolean;
  /** What the option must be, to go on "must be". */
  readonly must: string;
  /** The text for a value, `false` for none; undefined where the option cannot be that value. */
  readonly write: (value: unknown) => string | false | undefined;
  /** The value for a text; undefined where there is none, or the option cannot stand for it. */
  readonly read: (text: string | undefined) => T | undefined;
}

/** The name of a parameter that is a segment of the path, and its place there. */
export const IN_PATH = "*";

const SLOT_TEXTS = CLICK_ID_SLOTS.map((slot) => [slot, `#${slot}#`] as const);

/** Takes the click id. */
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

/** Takes an id of the conversion. */
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

/** Takes one of the tracker's own words. */
export function oneOf<const T extends string | number>(name: string, values: readonly T[]): Parameter<T> {
  return choice(
    name,
    values.map((value) => [value, String(value)]),
  );
}

/** Takes an id of the tracker's. */
export function id(name: string, kind?: "required"): Parameter<number> {
  return {
    name,
    must: "a whole number of at least 1",
    isRequired: kind === "required",
    write: (value) => (Number.isSafeInteger(value) && Number(value) >= 1 ? String(value) : undefined),
    read: (text) => (text === undefined ? undefined : Number(text)),
  };
}

/** Takes a text that is the same for every conversion. */
export function text(name: string, kind?: "required"): Parameter<string> {
  return matching(
    name,
    /^[^#]+$/,
    "a text as it stands in a URL: encode what cannot stand there, and write no macro",
    kind,
  );
}

/** Takes a currency. */
export function currency(name: string): Parameter<string> {
  return matching(name, /^[A-Z]{3}$/, 'three capital letters such as "EUR"');
}

/** Takes a segment of the path. */
export function segment(): Parameter<string> {
  return matching(IN_PATH, /^[\w-]+$/, "the part of the path alone: letters, digits, _ and -", "required");
}

// What may stand in a query as it is; the rest must be encoded by whoever knows what it means.
const AS_IT_STANDS = /^(?:[\w.~!$'()*+,;:@/=-]|%[0-9A-Fa-f]{2})+$/;

/** Whether a value, macros allowed, can stand in a URL as it is. */
export function isValue(value: unknown): value is string {
  return typeof value === "string" && AS_IT_STANDS.test(maskMacros(value));
}

function matching(name: string, pattern: RegExp, must: string, kind?: "required"): Parameter<string> {
  return {
    name,
    must,
    isRequired: kind === "required",
    write: (value) => (isValue(value) && pattern.test(value) ? value : undefined),
    read: (found) => found,
  };
}

function choice<T extends string | number | boolean>(
  name: string,
  texts: readonly (readonly [value: T, text: string | false])[],
  fallback?: T,
): Parameter<T> {
  return {
    name,
    must: `one of ${texts.map(([value]) => JSON.stringify(value)).join(", ")}`,
    ...(fallback === undefined ? {} : { fallback }),
    write: (value) => texts.find(([one]) => one === value)?.[1],
    read: (found) => texts.find(([, one]) => one === (found ?? false))?.[0],
  };
}
