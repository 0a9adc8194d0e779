/**
 * The types of the plugin's schema, by the names that stand in it. `test/docs/pluginSchema.ts` makes the schema of them,
 * of the tables and of the docstrings. A name without a row does not compile.
 */
import type { State } from "../lifecycle/state";
import type { LookupFilter } from "../lookup/filter";
import type { AffiliatePostbackRecord } from "../lookup/record";
import type { FieldName } from "../postback/fields";
import type { UrlParts } from "../postback/url";
import type { SettingSchema } from "../settings/settings";

/** A type in Pulumi's schema language. */
export interface SchemaType {
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly items?: SchemaType;
  readonly additionalProperties?: SchemaType;
  readonly $ref?: string;
}

type OutputName = Exclude<keyof State, `__${string}`>;
type PropertyName =
  | FieldName
  | OutputName
  | keyof AffiliatePostbackRecord
  | keyof LookupFilter
  | keyof UrlParts;

const STRING = { type: "string" } as const;
const INTEGER = { type: "integer" } as const;
const ANY = { $ref: "pulumi.json#/Any" } as const;

/** A type that the schema defines under a name of its own. */
export function named(name: string): SchemaType {
  return { $ref: `#/types/cake:index:${name}` };
}

function mapOf(additionalProperties: SchemaType): SchemaType {
  return { type: "object", additionalProperties };
}

/** Arguments, outputs, filters and parts of a URL. */
export const PROPERTY_TYPES = {
  affiliateId: INTEGER,
  offerId: INTEGER,
  postbackUrl: STRING,
  postbackStatus: STRING,
  postbackTypeId: named("PostbackType"),
  adopt: named("Adopt"),
  suppress: mapOf(STRING),
  clickIdSlot: named("ClickIdSlot"),
  overlapUntil: STRING,
  postbackId: INTEGER,
  postbackType: STRING,
  domain: STRING,
  urlParts: named("UrlParts"),
  host: STRING,
  path: STRING,
  // A repeated parameter has a list of values.
  query: mapOf(ANY),
  fragment: STRING,
  status: STRING,
} as const satisfies Readonly<Record<PropertyName, SchemaType>>;

/** Arguments that take less than CAKE answers: it may have more statuses than its articles name. */
export const ARGUMENT_TYPES: Readonly<Record<FieldName, SchemaType>> = {
  ...PROPERTY_TYPES,
  postbackStatus: named("PostbackStatus"),
};

/** Settings, by their kind. A choice has a type of its own, which bears the setting's name. */
export const SETTING_TYPES = {
  integer: INTEGER,
  seconds: INTEGER,
  flag: { type: "boolean" },
  domain: STRING,
  key: STRING,
  domains: { type: "array", items: STRING },
  paths: mapOf(STRING),
  proxy: STRING,
  rules: ANY,
} as const satisfies Readonly<Record<Exclude<SettingSchema["kind"], "choice">, SchemaType>>;
