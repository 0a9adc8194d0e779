/**
 * What a change of a field does: `replace` makes another postback, `update` changes the live one, `record` changes only
 * the state, and `nothing` is not compared.
 */
export type ChangeEffect = "replace" | "update" | "record" | "nothing";

interface Field {
  readonly change: ChangeEffect;
  /** The name in requests to CAKE, if the field is sent. */
  readonly wireName?: string;
  readonly isRequired?: true;
  readonly default?: string | number;
}

/** Everything that a program can declare about a postback. */
export const FIELDS = {
  affiliateId: { change: "replace", wireName: "affiliate_id", isRequired: true },
  offerId: { change: "replace", wireName: "offer_id", isRequired: true },
  postbackUrl: { change: "update", wireName: "postback_url", isRequired: true },
  postbackStatus: { change: "update", wireName: "postback_status", default: "active" },
  postbackTypeId: { change: "replace", wireName: "postback_type_id", default: 1 },
  adopt: { change: "nothing" },
  suppress: { change: "record" },
  clickIdSlot: { change: "record" },
  overlapUntil: { change: "record" },
} as const satisfies Readonly<Record<string, Field>>;

/** What an ID must be, for messages. */
export const EXPECTED_IDS = {
  postbackId: "a CAKE postback ID such as 8801",
  affiliateId: "a CAKE affiliate ID such as 67890",
  offerId: "a CAKE offer ID such as 12345, or 0 for all offers",
} as const;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** The fields whose change has an effect. */
export type FieldsThat<Effect extends ChangeEffect> = {
  [Name in FieldName]: (typeof FIELDS)[Name]["change"] extends Effect ? Name : never;
}[FieldName];

export function fieldsThat<Effect extends ChangeEffect>(effect: Effect): FieldsThat<Effect>[] {
  return FIELD_NAMES.filter((name) => FIELDS[name].change === effect) as FieldsThat<Effect>[];
}

/** The description of any field. */
export function fieldOf(name: FieldName): Field {
  return FIELDS[name];
}
