import { FIELD_NAMES, type FieldName, fieldOf } from "../postback/fields";
import { POSTBACK_STATUSES, POSTBACK_TYPE_IDS, POSTBACK_TYPES } from "../postback/postback";
import { builtInRules } from "../postback/rules/builtInRules";
import { CLICK_ID_SLOTS } from "../postback/rules/rule";
import { isHttpUrl, partsIfUrl } from "../postback/url";
import { nearest } from "../settings/nearest";
import { isUnknown } from "./unknown";

type Bag = Readonly<Record<string, unknown>>;
/** Says what is wrong with a known value, or nothing. */
type Validate = (value: unknown) => string | undefined;

const VALIDATORS: Readonly<Record<FieldName, Validate>> = {
  affiliateId: (value) => wholeNumber(value, 1, "It is the id that CAKE shows for the affiliate."),
  offerId: (value) =>
    wholeNumber(value, 0, "It is the id that CAKE shows for the offer, or 0 for all offers."),
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

/** Fills defaults and reports every problem that can be seen in one resource alone, all at once. */
export function checkArguments(news: Bag): { inputs: Record<string, unknown>; problems: string[] } {
  const inputs: Record<string, unknown> = { ...present(DEFAULTS), ...present(news) };
  if (isEmptyObject(inputs.suppress)) delete inputs.suppress;
  if ("urlParts" in inputs && !isUnknown(inputs.postbackUrl))
    inputs.urlParts = partsIfUrl(inputs.postbackUrl);
  const problems = [
    ...unknownArguments(inputs),
    ...FIELD_NAMES.flatMap((name) => problemWith(name, inputs[name])),
  ];
  return { inputs, problems };
}

function problemWith(name: FieldName, value: unknown): string[] {
  if (isUnknown(value)) return [];
  if (value === undefined) return fieldOf(name).isRequired ? [`${name} is missing. It must be given.`] : [];
  const problem = VALIDATORS[name](value);
  return problem === undefined ? [] : [`${name} ${problem}`];
}

function unknownArguments(inputs: Bag): string[] {
  return Object.keys(inputs)
    .filter((name) => !FIELD_NAMES.some((known) => known === name) && !INTERNAL.includes(name))
    .map((name) =>
      OUTPUTS.includes(name)
        ? `${name} is an output: CAKE decides it. Remove it from the arguments.`
        : `${JSON.stringify(name)} is not an argument of AffiliatePostback.${suggestion(name)}`,
    );
}

function suggestion(name: string): string {
  const near = nearest(name, FIELD_NAMES);
  return near === undefined ? ` It takes ${FIELD_NAMES.join(", ")}.` : ` Did you mean ${near}?`;
}

function wholeNumber(value: unknown, least: number, meaning: string): string | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return undefined;
  const got = typeof value === "number" ? String(value) : typeof value;
  return `must be a whole number of at least ${least}, got ${got}. ${meaning}`;
}

function postbackUrl(value: unknown): string | undefined {
  if (typeof value !== "string")
    return `must be a text, got ${typeof value}. CAKE sends it as it stands, macros and all.`;
  if (value.trim() === "") return "is empty. Give the URL that the partner's tracker wants to be called at.";
  if (!isHttpUrl(value)) {
    return "must start with http:// or https:// and name a host. Otherwise CAKE cannot call the partner, and the conversions are lost to them.";
  }
  return undefined;
}

function oneOf(
  value: unknown,
  allowed: readonly (string | number)[],
  described = allowed.join(", "),
): string | undefined {
  if (allowed.some((one) => one === value)) return undefined;
  const got = typeof value === "number" || typeof value === "string" ? JSON.stringify(value) : typeof value;
  return `must be one of ${described}, got ${got}.`;
}

function typeList(): string {
  return POSTBACK_TYPE_IDS.map((id) => `${id} (${POSTBACK_TYPES[id]})`).join(", ");
}

function adopt(value: unknown): string | undefined {
  const id =
    typeof value === "object" && value !== null && "postbackId" in value ? value.postbackId : undefined;
  if (isUnknown(id) || (Number.isSafeInteger(id) && Number(id) > 0)) return undefined;
  return "must be { postbackId: <the id that CAKE shows for the postback> }.";
}

function suppressions(value: unknown): string | undefined {
  const wants = 'must be like { P12: "why this postback bears it" }';
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${wants}.`;
  for (const [rule, reason] of Object.entries(value)) {
    if (!/^[A-Z][A-Z0-9-]{1,19}$/.test(rule) || (/^P/.test(rule) && !BUILT_IN.has(rule)))
      return `${wants}: ${JSON.stringify(rule)} is not the id of a rule.`;
    if (isUnknown(reason)) continue;
    if (typeof reason !== "string" || reason.trim() === "")
      return `${wants}: the reason for ${rule} is missing. Whoever reads it in a year wants to know.`;
  }
  return undefined;
}

function day(value: unknown): string | undefined {
  const wants = 'must be a day of the calendar, such as "2026-12-31"';
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return `${wants}.`;
  // A date parser makes the third of March of the thirty-first of February.
  const date = new Date(`${value}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  return isDay ? undefined : `${wants}, found ${JSON.stringify(value)}.`;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function present(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined && value !== null));
}
