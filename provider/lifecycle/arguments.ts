import { formatMessage, type Message } from "../message";
import { FIELD_NAMES, type FieldName, fieldOf } from "../postback/fields";
import { CLICK_ID_SLOTS } from "../postback/macros";
import { POSTBACK_STATUSES, POSTBACK_TYPE_IDS, POSTBACK_TYPES } from "../postback/postback";
import { builtInRules } from "../postback/rules/builtInRules";
import { isDay } from "../postback/rules/readCandidate";
import { maskText } from "../postback/secrets";
import { isHttpUrl, partsIfUrl } from "../postback/url";
import { foundText } from "../settings/foundText";
import { meantBy } from "../settings/nearest";
import { messages, phrases } from "./messages";
import { isUnknown } from "./unknown";

type Bag = Readonly<Record<string, unknown>>;

/** What is wrong with the value of an argument. */
interface Problem {
  /** The part of the value, where it is not the whole. */
  readonly part?: string;
  readonly expected: string;
  /** Undefined where it is missing. */
  readonly found: string | undefined;
}

/** The argument, or the part of it, that has such a value. */
export interface InvalidValue {
  readonly name: string;
  readonly expected: string;
  /** Undefined where a required argument is missing. */
  readonly found: string | undefined;
}

const { expected } = phrases;

const VALIDATORS: Readonly<Record<FieldName, (value: unknown) => Problem | undefined>> = {
  affiliateId: (value) => integer(value, 1, expected.affiliateId),
  offerId: (value) => integer(value, 0, expected.offerId),
  postbackUrl,
  postbackStatus: (value) => oneOf(value, POSTBACK_STATUSES),
  postbackTypeId: (value) => oneOf(value, POSTBACK_TYPE_IDS, typeList()),
  adopt,
  suppress: suppressions,
  clickIdSlot: (value) => oneOf(value, CLICK_ID_SLOTS),
  overlapUntil: day,
};

const BUILT_IN = new Set(builtInRules.map(({ id }) => id));

const DEFAULTS = Object.fromEntries(FIELD_NAMES.map((name) => [name, fieldOf(name).default]));
const OUTPUTS = ["postbackId", "postbackType", "domain"];
// Set by the class itself, not by a person.
const INTERNAL = ["urlParts"];

interface CheckedArguments {
  readonly inputs: Record<string, unknown>;
  readonly invalid: readonly InvalidValue[];
  readonly problems: readonly string[];
}

/**
 * Fills defaults and reports every problem that can be seen in one resource alone, all at once.
 *
 * @param secrets The arguments that the program calls secret. None of them is quoted.
 */
export function checkArguments(news: Bag, secrets: readonly string[] = []): CheckedArguments {
  const inputs: Record<string, unknown> = { ...present(DEFAULTS), ...present(news) };
  if (isEmptyObject(inputs.suppress)) delete inputs.suppress;
  if ("urlParts" in inputs && !isUnknown(inputs.postbackUrl))
    inputs.urlParts = partsIfUrl(inputs.postbackUrl);
  const invalid = FIELD_NAMES.flatMap((name) => problemWith(name, inputs[name], secrets.includes(name)));
  const problems = [...unknownArguments(inputs), ...invalid.map(problemMessage)];
  return { inputs, invalid, problems: problems.map(formatMessage) };
}

function problemWith(name: FieldName, value: unknown, isSecret: boolean): InvalidValue[] {
  if (isUnknown(value) || (value === undefined && !fieldOf(name).isRequired)) return [];
  const problem = VALIDATORS[name](value);
  if (problem === undefined) return [];
  const found = value === undefined ? undefined : problem.found;
  const { part = "", expected } = problem;
  return isSecret && found !== undefined
    ? [{ name, expected, found: phrases.secretValue }]
    : [{ name: name + part, expected, found }];
}

function problemMessage({ name, expected, found }: InvalidValue): Message {
  return found === undefined
    ? messages.argumentMissing(name)
    : messages.argumentInvalid(name, expected, found);
}

function unknownArguments(inputs: Bag): Message[] {
  return Object.keys(inputs)
    .filter((name) => !FIELD_NAMES.some((known) => known === name) && !INTERNAL.includes(name))
    .map((name) =>
      OUTPUTS.includes(name)
        ? messages.argumentIsOutput(name)
        : messages.argumentUnknown(name, meantBy([name], FIELD_NAMES)),
    );
}

function integer(value: unknown, least: number, wanted: string): Problem | undefined {
  const isRight = typeof value === "number" && Number.isSafeInteger(value) && value >= least;
  return isRight ? undefined : { expected: wanted, found: foundText(value) };
}

// Never quoted: it may be secret, and the engine prints what is wrong with it.
function postbackUrl(value: unknown): Problem | undefined {
  if (typeof value !== "string") return { expected: "a string", found: foundText(value) };
  if (value.trim() === "") return { expected: expected.url, found: "an empty string" };
  return isHttpUrl(value) ? undefined : { expected: expected.url, found: "a string that does not" };
}

function oneOf(
  value: unknown,
  allowed: readonly (string | number)[],
  described = allowed.join(", "),
): Problem | undefined {
  if (allowed.some((one) => one === value)) return undefined;
  const found = typeof value === "string" ? JSON.stringify(maskText(value)) : foundText(value);
  return { expected: `one of ${described}`, found };
}

function typeList(): string {
  return POSTBACK_TYPE_IDS.map((id) => `${id} (${POSTBACK_TYPES[id]})`).join(", ");
}

function adopt(value: unknown): Problem | undefined {
  if (typeof value !== "object" || value === null)
    return { expected: expected.adopt, found: foundText(value) };
  const { postbackId: id } = value as Bag;
  if (isUnknown(id) || (Number.isSafeInteger(id) && Number(id) > 0)) return undefined;
  return {
    part: ".postbackId",
    expected: expected.postbackId,
    found: id === undefined ? undefined : foundText(id),
  };
}

function suppressions(value: unknown): Problem | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { expected: expected.suppress, found: foundText(value) };
  for (const [rule, reason] of Object.entries(value)) {
    if (!/^[A-Z][A-Z0-9-]{1,19}$/.test(rule) || (/^P/.test(rule) && !BUILT_IN.has(rule)))
      return { expected: expected.suppress, found: `the key ${JSON.stringify(maskText(rule))}` };
    if (isUnknown(reason)) continue;
    if (typeof reason !== "string" || reason.trim() === "")
      return { part: `.${rule}`, expected: expected.reason, found: foundText(reason) };
  }
  return undefined;
}

function day(value: unknown): Problem | undefined {
  return isDay(value) ? undefined : { expected: expected.day, found: foundText(value) };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function present(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined && value !== null));
}
