import * as v from "valibot";
import type { Postback } from "../postback/postback";
import { type Answer, jsonAnswer, legacyRefusal, legacySuccess } from "./answer";
import type { Behaviour } from "./behaviour";
import type { OperationContext } from "./operations";
import { type CampaignsRequest, campaignsRequest, type Fields } from "./wire";

// A campaign is not a postback: a client that confuses their IDs must fail.
const FIRST_CAMPAIGN_ID = 100_000;

/**
 * Documented: the campaigns of an affiliate or offer, with what they fire. The shape is that of soapy_cake's recorded
 * answers, in the JSON mode that pycake uses. The sandbox itself decides which rows become campaigns.
 */
export function campaigns({ behaviour, store }: OperationContext, fields: Fields): Answer {
  const reading = v.safeParse(campaignsRequest, fields);
  if (!reading.success) return cannotRead(reading.issues[0]);
  const request = reading.output;
  if (request.campaign_id + request.site_offer_id + request.source_affiliate_id === 0) {
    return legacyRefusal("Either campaign_id, site_offer_id or source_affiliate_id is required");
  }
  const rows = behaviour.campaigns === "none" ? [] : store.rows.filter((row) => isShown(row, behaviour));
  const wanted = rows.filter((row) => isWanted(row, request));
  if (String(request.sort_descending).toLowerCase() === "true") wanted.reverse();
  const page = pageOf(wanted, request);
  return legacySuccess({
    row_count: wanted.length,
    campaigns: page.map((row) => campaignRow(row, behaviour)),
  });
}

// A field that is missing or has a wrong type never reaches CAKE: the web server answers with HTTP 500.
function cannotRead(issue: v.BaseIssue<unknown>): Answer {
  const field = v.getDotPath(issue) ?? "request";
  const isMissing = issue.received === "undefined";
  return jsonAnswer(500, {
    Message: isMissing
      ? `Invalid web service call, missing value for parameter: '${field}'.`
      : "Input string was not in a correct format.",
    StackTrace: "",
    ExceptionType: isMissing ? "System.InvalidOperationException" : "System.FormatException",
  });
}

function isShown(row: Postback, { typeNames, visible }: Behaviour): boolean {
  return row.postbackType === typeNames[1] && row.offerId > 0 && visible(row);
}

function isWanted(row: Postback, request: CampaignsRequest): boolean {
  const { campaign_id, source_affiliate_id, site_offer_id } = request;
  return (
    (campaign_id === 0 || campaign_id === campaignIdOf(row)) &&
    (source_affiliate_id === 0 || source_affiliate_id === row.affiliateId) &&
    (site_offer_id === 0 || site_offer_id === row.offerId)
  );
}

// Rows 0 and 1 are both the first row, as soapy_cake found out. A limit of 0 means no limit.
function pageOf(
  rows: readonly Postback[],
  { start_at_row, row_limit }: CampaignsRequest,
): readonly Postback[] {
  const from = Math.max(0, start_at_row - 1);
  return rows.slice(from, row_limit === 0 ? undefined : from + row_limit);
}

function campaignRow(row: Postback, { ids, campaignNames }: Behaviour): Record<string, unknown> {
  const idOf = (value: number) => (ids === "string" ? String(value) : value);
  const [affiliate, offer] =
    campaignNames === "new" ? ["source_affiliate", "site_offer"] : ["affiliate", "offer"];
  return {
    campaign_id: idOf(campaignIdOf(row)),
    [affiliate]: {
      [`${affiliate}_id`]: idOf(row.affiliateId),
      [`${affiliate}_name`]: `Affiliate ${row.affiliateId}`,
    },
    [offer]: { [`${offer}_id`]: idOf(row.offerId), [`${offer}_name`]: `Offer ${row.offerId}` },
    original: true,
    account_status: { account_status_id: idOf(1), account_status_name: "Active" },
    ...(row.postbackStatus === "active" ? { pixel_info: pixelInfo(row) } : {}),
  };
}

function pixelInfo({ postbackUrl }: Postback): Record<string, unknown> {
  return {
    pixel_status: "Approved",
    pixel_html: null,
    hash_type: { hash_type_id: 0, hash_type_name: "None" },
    postback_url: postbackUrl,
    postback_delay_ms: null,
  };
}

function campaignIdOf({ postbackId }: Postback): number {
  return FIRST_CAMPAIGN_ID + postbackId;
}
