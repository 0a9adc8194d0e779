import * as v from "valibot";
import type { HttpAnswer } from "../http/transport";
import type { Postback, PostbackDeclaration } from "../postback/postback";
import { type Reading, readEnvelope, unexpected } from "./envelope";
import { integer } from "./values";

/** One page of a list, as CAKE gave it. */
export interface Page<Row = Postback> {
  readonly rows: readonly Row[];
  /** Rows on the page, the unreadable ones included. */
  readonly size: number;
  /** Rows that could not be read. They make a listing incomplete, never shorter. */
  readonly unreadable: number;
  /** How many rows there are in all; CAKE says so only sometimes. */
  readonly total: number | undefined;
}

// ---- Requests are strict -------------------------------------------------------------------------------

/** The body fields of a create. Every field is sent, defaults too. */
export function createFields(declaration: PostbackDeclaration): Record<string, string | number> {
  return {
    affiliate_id: declaration.affiliateId,
    offer_id: declaration.offerId,
    postback_url: declaration.postbackUrl,
    postback_status: declaration.postbackStatus,
    postback_type_id: declaration.postbackTypeId,
  };
}

/** What an update may change; everything else identifies the postback. */
export type PostbackChanges = Partial<Pick<PostbackDeclaration, "postbackUrl" | "postbackStatus">>;

/** The body fields of an update: the id and what changes, nothing else. */
export function updateFields(postbackId: number, changes: PostbackChanges): Record<string, string | number> {
  return {
    postback_id: postbackId,
    ...(changes.postbackUrl === undefined ? {} : { postback_url: changes.postbackUrl }),
    ...(changes.postbackStatus === undefined ? {} : { postback_status: changes.postbackStatus }),
  };
}

// ---- Answers are tolerant where that is safe -----------------------------------------------------------

const postbackRow = v.pipe(
  v.object({
    postback_id: v.pipe(integer, v.minValue(1)),
    affiliate_id: integer,
    offer_id: integer,
    postback_url: v.string(),
    postback_status: v.string(),
    postback_type: v.string(),
  }),
  v.transform(
    (row): Postback => ({
      postbackId: row.postback_id,
      affiliateId: row.affiliate_id,
      offerId: row.offer_id,
      postbackUrl: row.postback_url,
      postbackStatus: row.postback_status,
      postbackType: row.postback_type,
    }),
  ),
);

/** The record of a create or an update. */
export function readRecord(answer: HttpAnswer): Reading<Postback> {
  const envelope = readEnvelope(answer);
  if (!envelope.ok) return envelope;
  const record = v.safeParse(postbackRow, envelope.value.postback);
  if (record.success) return { ok: true, value: record.output };
  return unexpected(`it says Success, but its record is not readable: ${issuesOf(record.issues)}`);
}

/** One page of the list. */
export function readPage(answer: HttpAnswer): Reading<Page> {
  const envelope = readEnvelope(answer);
  if (!envelope.ok) return envelope;
  const rows = envelope.value.postbacks ?? envelope.value.affiliate_postbacks;
  if (!Array.isArray(rows)) return unexpected("it says Success, but it holds no list of postbacks");
  const readable = rows.map((row) => v.safeParse(postbackRow, row)).filter((row) => row.success);
  const total = v.safeParse(integer, envelope.value.total_rows);
  return {
    ok: true,
    value: {
      rows: readable.map((row) => row.output),
      size: rows.length,
      unreadable: rows.length - readable.length,
      total: total.success ? total.output : undefined,
    },
  };
}

function issuesOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? "record"} should be ${issue.expected}`).join("; ");
}
