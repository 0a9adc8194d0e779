import { HOST_FILTER } from "../../lookup/filter";
import { CodedError } from "../../message";
import { isHost } from "../../postback/hostnames";
import { macrosIn } from "../../postback/macros";
import { urlParameters } from "../../postback/reading/reading";
import { maskText } from "../../postback/secrets";
import { TRACKERS } from "../../postback/trackers";
import { nearest } from "../../settings/nearest";
import { ALL_CONDITIONS, about, optionWord } from "./conditions";
import { forms, messages } from "./messages";
import type { InventoryPostback } from "./report";
import { urlHost } from "./urlShape";

/** A postback with the URL that it has in CAKE, or else in the state; undefined where nobody may read it. */
interface Candidate {
  readonly postback: InventoryPostback;
  readonly url: string | undefined;
}

interface Field {
  readonly holds: (one: Candidate, wanted: string) => boolean;
  /** How a value is written, and what that is for people. */
  readonly form?: readonly [form: RegExp, must: string];
  /** All values that there are. */
  readonly values?: readonly string[];
}

const ID = [/^\d{1,15}$/, forms.id] as const;

/** What `--where` can ask for, by the word before its `=`. */
const FIELDS = {
  macro: {
    form: [/^#?\w+#?$/, forms.macro],
    holds: ({ url = "" }, wanted) => macrosIn(url).some((name) => isSame(name, wanted.replaceAll("#", ""))),
  },
  host: {
    form: [HOST_FILTER, forms.host],
    holds: ({ url = "" }, wanted) => isHost(urlHost(url), wanted),
  },
  parameter: {
    form: [/^[^?&=#]+$/, forms.parameter],
    holds: ({ url = "" }, wanted) => urlParameters(url).some(({ name }) => name === wanted),
  },
  affiliate: { form: ID, holds: ({ postback }, wanted) => postback.affiliateId === Number(wanted) },
  offer: { form: ID, holds: ({ postback }, wanted) => postback.offerId === Number(wanted) },
  id: { form: ID, holds: ({ postback }, wanted) => postback.id === Number(wanted) },
  instance: { holds: ({ postback }, wanted) => isSame(postback.instance, wanted) },
  stack: { holds: ({ postback }, wanted) => postback.managedBy.some(({ stack }) => isStack(stack, wanted)) },
  tracker: {
    values: Object.values(TRACKERS).map(({ name }) => name),
    holds: ({ postback }, wanted) => isSame(postback.tracker ?? "", wanted),
  },
  shape: {
    // A shape may hold commas itself.
    form: [/^\//, forms.shape],
    holds: ({ postback }, wanted) => postback.shape === wanted,
  },
  status: { holds: ({ postback }, wanted) => isSame(postback.status ?? "", wanted) },
  rule: { holds: ({ postback }, wanted) => postback.findings.some(({ rule }) => isSame(rule, wanted)) },
  is: {
    values: ALL_CONDITIONS.map(optionWord),
    holds: ({ postback }, wanted) => postback.is.some((one) => isSame(optionWord(one), wanted)),
  },
} as const satisfies Record<string, Field>;

type FieldName = keyof typeof FIELDS;

/** A `--where`, understood. */
export interface Filter {
  /** As it was given. */
  readonly text: string;
  readonly field: FieldName;
  readonly wanted: readonly string[];
  readonly holds: (one: Candidate) => boolean;
  /** Whether it asks for a condition that only the check of the hosts finds. */
  readonly needsHosts: boolean;
}

export const FILTER_FIELDS = Object.keys(FIELDS).join(", ");

/** Reads `macro=#reqid#` or `host=a.example,b.example`: any of the values. Throws a message for people. */
export function parseFilter(text: string): Filter {
  const at = text.indexOf("=");
  const field = text.slice(0, Math.max(at, 0));
  if (!isField(field)) throw new CodedError(messages.filterInvalid(quote(text), FILTER_FIELDS));
  const values = text.slice(at + 1);
  const wanted = (field === "shape" ? [values] : values.split(",")).map((value) => value.trim());
  if (wanted.includes("")) throw new CodedError(messages.filterEmpty(field));
  const { form, values: known, holds }: Field = FIELDS[field];
  const wrong = wanted.find((value) => form?.[0].test(value) === false);
  if (form && wrong !== undefined)
    throw new CodedError(messages.filterValueInvalid(field, form[1], quote(wrong)));
  if (known) refuseUnknown(field, wanted, known);
  const needsHosts = field === "is" && wanted.some((value) => HOST_WORDS.some((word) => isSame(word, value)));
  return { text, field, wanted, needsHosts, holds: (one) => wanted.some((value) => holds(one, value)) };
}

const HOST_WORDS = ALL_CONDITIONS.filter((one) => about(one).needsHosts).map(optionWord);

/** The values that a field can have in this report. */
export type KnownValues = Partial<Record<FieldName, readonly string[]>>;

/** Throws a message for people where a value cannot be: it would match nothing, and a typo would read as "all is well". */
export function refuseUnknownValues(filters: readonly Filter[], known: KnownValues): void {
  for (const { field, wanted } of filters) {
    const values = known[field];
    if (values) refuseUnknown(field, wanted, values);
  }
}

// A longer list would hide the suggestion.
const MAX_NAMED = 30;

function refuseUnknown(field: FieldName, wanted: readonly string[], known: readonly string[]): void {
  const isKnown = (value: string) =>
    known.some((one) => (field === "stack" ? isStack(one, value) : isSame(one, value)));
  const unknown = wanted.find((value) => !isKnown(value));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const noun = field === "is" ? "condition" : field;
  const names = known.length === 0 ? `No ${noun} is given.` : `It can be ${known.join(", ")}.`;
  const all = known.length > MAX_NAMED ? "" : names;
  const advice = [near === undefined ? "" : `Did you mean ${near}?`, all].filter(Boolean).join(" ");
  throw new CodedError(messages.filterValueUnknown(noun, quote(unknown), advice));
}

function quote(value: string): string {
  return JSON.stringify(maskText(value));
}

function isStack(stack: string, wanted: string): boolean {
  return `/${stack}`.endsWith(`/${wanted}`);
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
