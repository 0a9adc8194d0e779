import { type Envelope, isObject } from "./envelope";

/** The rows of a list's answer: its array, wherever it stands, and whether its rows are postbacks. */
export interface FoundRows {
  /** What CAKE calls the array. */
  readonly name: string;
  readonly rows: readonly unknown[];
  readonly arePostbacks: boolean;
}

// Siblings of the assumed list name their rows in the plural or the singular. Source: cake articles 13000118751, 13000118801.
const NAMES = [
  ...["postbacks", "affiliate_postbacks", "postback", "affiliate_postback"],
  ...["pixels", "affiliate_pixels", "pixel", "affiliate_pixel"],
];

// What a tracking pixel, a conversion and an error lack at least one of.
const FIELDS_OF_A_POSTBACK = ["postback_id", "affiliate_id", "postback_url"];

/**
 * Finds the rows at the top of an answer or under `response`. Rows that are postbacks count under any name; without
 * them, an array counts only under a name that postbacks have: `errors: []` is not an empty list.
 *
 * @param known The name under which this list had its rows before: an empty page has it, too.
 */
export function findRows(envelope: Envelope, known?: string): FoundRows | undefined {
  const places = [envelope, nested(envelope)];
  const arrays = places.flatMap(arraysIn);
  const named = [known, ...NAMES].flatMap((name) => arrays.filter((one) => one.name === name));
  const found = [...named, ...arrays].find(({ arePostbacks }) => arePostbacks) ?? named[0];
  // A list of one row may be no array.
  return found ?? NAMES.flatMap((name) => places.flatMap((place) => single(place, name)))[0];
}

/** What stands under `response`. */
export function nested({ response }: Envelope): Envelope {
  return isObject(response) ? response : {};
}

function arraysIn(fields: Envelope): FoundRows[] {
  return Object.entries(fields).flatMap(([name, rows]) =>
    Array.isArray(rows) ? [{ name, rows, arePostbacks: rows.some(isPostback) }] : [],
  );
}

function single(fields: Envelope, name: string): FoundRows[] {
  const row = fields[name];
  return isObject(row) ? [{ name, rows: [row], arePostbacks: isPostback(row) }] : [];
}

function isPostback(row: unknown): boolean {
  return isObject(row) && FIELDS_OF_A_POSTBACK.every((field) => Object.hasOwn(row, field));
}
