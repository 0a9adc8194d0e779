import * as v from "valibot";
import type { HttpAnswer } from "../http/transport";
import { type Envelope, isObject, type Reading, readLegacyEnvelope, unexpected } from "./envelope";
import { integer, text } from "./values";
import { type Page, pageOf } from "./wire";

/** A campaign of CAKE's export: one affiliate that runs one offer, and what it fires for a conversion. */
export interface Campaign {
  readonly campaignId: number;
  readonly affiliateId: number;
  readonly offerId: number;
  /** Of the campaign itself, such as "Active", under CAKE's name. */
  readonly accountStatus: string | null;
  /** CAKE's word, such as "Approved"; null for a campaign without pixel. */
  readonly pixelStatus: string | null;
  /** Null where the campaign has none of its own. It may still fire that of the campaign it was made from. */
  readonly postbackUrl: string | null;
  readonly postbackDelayMs: number | null;
}

/** The export takes no less than one of these. */
export type CampaignFilter =
  | { readonly affiliateId: number; readonly offerId?: number | undefined }
  | { readonly affiliateId?: number | undefined; readonly offerId: number };

/**
 * The body fields of a request for a page of the export. None may be left out; 0 is "not given". The names are those
 * of version 8, as two public clients send them: what was `affiliate_id` and `offer_id` before has a prefix.
 */
export function campaignFields(
  { affiliateId = 0, offerId = 0 }: CampaignFilter,
  startAtRow: number,
  rowLimit: number,
): Record<string, string | number> {
  return {
    campaign_id: 0,
    site_offer_id: offerId,
    source_affiliate_id: affiliateId,
    channel_id: 0,
    account_status_id: 0,
    media_type_id: 0,
    start_at_row: startAtRow,
    row_limit: rowLimit,
    sort_field: "campaign_id",
    sort_descending: "FALSE",
  };
}

/** One page of the export. `row_count` is the number of all rows that match, as recorded answers show. */
export function readCampaignPage(answer: HttpAnswer): Reading<Page<Campaign>> {
  const envelope = readLegacyEnvelope(answer);
  if (!envelope.ok) return envelope;
  const total = v.safeParse(integer, envelope.value.row_count);
  // Without campaigns, a success has to say how many there are.
  const rows = envelope.value.campaigns ?? (total.success ? [] : undefined);
  if (!Array.isArray(rows)) return unexpected("it says success, but it holds no campaigns");
  return pageOf(rows, (row) => campaign(row) ?? "a campaign", [total.success ? total.output : undefined]);
}

const id = v.pipe(integer, v.minValue(1));
const optionalText = v.nullable(
  v.pipe(
    text,
    v.transform((value) => (value === "" ? null : value)),
  ),
);

const core = v.object({ campaignId: id, affiliateId: id, offerId: id, postbackUrl: optionalText });

function campaign(row: unknown): Campaign | undefined {
  if (!isObject(row)) return undefined;
  const pixel = fieldsIn(row, "pixel_info");
  const read = v.safeParse(core, {
    campaignId: row.campaign_id,
    affiliateId: idIn(row, "source_affiliate", "affiliate"),
    offerId: idIn(row, "site_offer", "offer"),
    postbackUrl: nilAsNull(pixel.postback_url),
  });
  if (!read.success) return undefined;
  const delay = v.safeParse(integer, pixel.postback_delay_ms);
  return {
    ...read.output,
    accountStatus: textOf(fieldsIn(row, "account_status").account_status_name),
    pixelStatus: textOf(pixel.pixel_status),
    postbackDelayMs: delay.success ? delay.output : null,
  };
}

/** The id in the first of these that the row has: `affiliate: { affiliate_id }`, and so on. */
function idIn(row: Envelope, ...names: readonly string[]): unknown {
  const name = names.find((one) => isObject(row[one]));
  return name === undefined ? undefined : fieldsIn(row, name)[`${name}_id`];
}

function fieldsIn(row: Envelope, name: string): Envelope {
  const fields = row[name];
  return isObject(fields) ? fields : {};
}

// What is empty in CAKE's XML (`xsi:nil`) is null in JSON, or an object that still says so.
function nilAsNull(value: unknown): unknown {
  const isNil = isObject(value) && Object.keys(value).every((key) => key.endsWith("nil"));
  return isNil ? null : (value ?? null);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
