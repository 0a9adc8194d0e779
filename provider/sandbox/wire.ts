import * as v from "valibot";
import {
  POSTBACK_STATUSES,
  POSTBACK_TYPE_IDS,
  type Postback,
  type PostbackTypeId,
} from "../postback/postback";
import type { Behaviour } from "./behaviour";

/** The fields of a request, by CAKE's names. */
export type Fields = Readonly<Record<string, unknown>>;

// Queries have only strings, and some clients send numbers in quotes.
const integer = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))]),
  v.safeInteger(),
);
const id = v.pipe(integer, v.minValue(1));
const idOrAll = v.pipe(integer, v.minValue(0));
const url = v.pipe(v.string(), v.nonEmpty());
const status = v.picklist(POSTBACK_STATUSES);
const typeId = v.pipe(
  integer,
  v.check((value) => POSTBACK_TYPE_IDS.some((known) => known === value)),
  v.transform((value) => value as PostbackTypeId),
);

/** Source: CAKE article 13000118735. */
export const createRequest = v.object({
  affiliate_id: id,
  offer_id: idOrAll,
  postback_url: url,
  postback_status: v.optional(status, "active"),
  postback_type_id: v.optional(typeId, 1),
});

/** Assumed: the id, and the changed fields under their create names. */
export const updateRequest = v.object({
  postback_id: id,
  affiliate_id: v.optional(id),
  offer_id: v.optional(idOrAll),
  postback_url: v.optional(url),
  postback_status: v.optional(status),
  postback_type_id: v.optional(typeId),
});

/** Assumed: the paging of the documented v2 lists, and the ids as filters. */
export const listRequest = v.object({
  postback_id: v.optional(id),
  affiliate_id: v.optional(id),
  offer_id: v.optional(idOrAll),
  start_at_row: v.optional(idOrAll),
  row_limit: v.optional(id),
});
export type ListRequest = v.InferOutput<typeof listRequest>;

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));

/** Source: CAKE article 13000118790. */
export const logsRequest = v.object({
  start_date: v.optional(day),
  end_date: v.optional(day),
  user_id: v.optional(id),
  request_method: v.optional(v.picklist(["GET", "POST"])),
  start_at_row: v.optional(idOrAll),
  row_limit: v.optional(id),
});
export type LogsRequest = v.InferOutput<typeof logsRequest>;

/** Source: the public clients of version 8. Every field is required; 0 means that it is not given. */
export const campaignsRequest = v.object({
  campaign_id: idOrAll,
  site_offer_id: idOrAll,
  source_affiliate_id: idOrAll,
  channel_id: idOrAll,
  account_status_id: idOrAll,
  media_type_id: idOrAll,
  start_at_row: idOrAll,
  row_limit: idOrAll,
  sort_field: v.union([v.string(), v.number()]),
  sort_descending: v.union([v.boolean(), v.pipe(v.string(), v.regex(/^(true|false)$/i))]),
});
export type CampaignsRequest = v.InferOutput<typeof campaignsRequest>;

type Reading<T> = { readonly fields: T } | { readonly refused: string };

/** Reads the fields of a request, or returns CAKE's text about the first invalid one. */
export function readRequest<S extends v.GenericSchema>(schema: S, fields: Fields): Reading<v.InferOutput<S>> {
  const reading = v.safeParse(schema, fields);
  if (reading.success) return { fields: reading.output };
  const [issue] = reading.issues;
  const word = issue.received === "undefined" ? "Missing" : "Invalid";
  return { refused: `${word} ${v.getDotPath(issue) ?? "request"}` };
}

/** A row as CAKE sends it: with the fields of the sample answer in CAKE's article, in the same order. */
export function wireRow(
  row: Postback,
  { ids, statusNames }: Pick<Behaviour, "ids" | "statusNames">,
): Record<string, unknown> {
  const nameOfStatus: Readonly<Record<string, string>> = statusNames;
  const idOf = (value: number) => (ids === "string" ? String(value) : value);
  return {
    postback_id: idOf(row.postbackId),
    affiliate_id: idOf(row.affiliateId),
    offer_id: idOf(row.offerId),
    postback_url: row.postbackUrl,
    postback_type: row.postbackType,
    postback_status: nameOfStatus[row.postbackStatus] ?? row.postbackStatus,
  };
}
