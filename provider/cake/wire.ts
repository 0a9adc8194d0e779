import * as v from "valibot";
import type { HttpAnswer } from "../http/transport";
import { FIELDS, type FieldsThat, fieldsThat } from "../postback/fields";
import { POSTBACK_STATUSES, type Postback, type PostbackDeclaration } from "../postback/postback";
import { isObject, type Reading, readEnvelope, unexpected } from "./envelope";
import { findRows, nested } from "./findRows";
import { integer, text } from "./values";

/** One page of a list, as CAKE gave it. */
export interface Page<Row = Postback> {
  readonly rows: readonly Row[];
  /** Rows on the page, the unreadable ones included. */
  readonly size: number;
  /** What is known of each row that could not be read. They make a list incomplete, never shorter. */
  readonly unreadable: readonly string[];
  /** How many rows there are in all; CAKE says so only sometimes. */
  readonly total: number | undefined;
}

// ---- Requests are strict -------------------------------------------------------------------------------

/** The body fields of a create. Every field is sent, defaults too. */
export function createFields(declaration: PostbackDeclaration): Record<string, string | number> {
  return named(declaration, [...fieldsThat("replace"), ...fieldsThat("update")]);
}

/** What an update may change; everything else identifies the postback. */
export type PostbackChanges = Partial<Pick<PostbackDeclaration, FieldsThat<"update">>>;

/** The body fields of an update: the id and what changes, nothing else. */
export function updateFields(postbackId: number, changes: PostbackChanges): Record<string, string | number> {
  return { postback_id: postbackId, ...named(changes, fieldsThat("update")) };
}

// By the table and not by what the values hold: they may hold what CAKE must not be sent.
function named(
  values: Partial<PostbackDeclaration>,
  names: readonly (keyof PostbackDeclaration)[],
): Record<string, string | number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[FIELDS[name].wireName, value]];
    }),
  );
}

// ---- Answers are tolerant where that is safe -----------------------------------------------------------

// CAKE's own pages write "Active". A status that no article names is kept as it is.
const status = v.pipe(
  text,
  v.transform((word) => POSTBACK_STATUSES.find((one) => one === word.trim().toLowerCase()) ?? word),
);

const postbackRow = v.pipe(
  v.object({
    postback_id: v.pipe(integer, v.minValue(1)),
    affiliate_id: integer,
    offer_id: integer,
    postback_url: text,
    postback_status: status,
    postback_type: text,
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
  const { postback } = envelope.value.postback === undefined ? nested(envelope.value) : envelope.value;
  const record = v.safeParse(postbackRow, postback);
  if (record.success) return { ok: true, value: record.output };
  return unexpected(`it says Success, but its record is not readable: ${issuesOf(record.issues)}`);
}

/** Reads one page of the list. */
export type PageReader = (answer: HttpAnswer) => Reading<Page>;

/**
 * A reader of one list's pages. It remembers under which name rows came that are postbacks, because the page past the last
 * row has none to be recognized by.
 */
export function pageReader(): PageReader {
  let known: string | undefined;
  return (answer) => {
    const envelope = readEnvelope(answer);
    if (!envelope.ok) return envelope;
    const found = findRows(envelope.value, known);
    if (found === undefined) return unexpected("it says Success, but it holds no list of postbacks");
    if (found.arePostbacks) known = found.name;
    const totals = [envelope.value, nested(envelope.value)].map(({ total_rows }) => total_rows);
    return pageOf(found.rows, readRow, totals);
  };
}

/** A page of rows that were read one by one: each is a value, or words for what could not be read. */
export function pageOf<Row extends object>(
  rows: readonly unknown[],
  read: (row: unknown) => Row | string,
  totals: readonly unknown[],
): Reading<Page<Row>> {
  const all = rows.map(read);
  return {
    ok: true,
    value: {
      rows: all.filter((row) => typeof row !== "string"),
      size: rows.length,
      unreadable: all.filter((row) => typeof row === "string"),
      total: totals.map((total) => v.safeParse(integer, total)).find(({ success }) => success)?.output as
        | number
        | undefined,
    },
  };
}

function readRow(row: unknown): Postback | string {
  const read = v.safeParse(postbackRow, row);
  if (read.success) return read.output;
  const id = v.safeParse(integer, isObject(row) ? row.postback_id : undefined);
  return `${id.success ? `postback ${id.output}` : "one without a readable id"} (${issuesOf(read.issues)})`;
}

// Field names only: a value may be a secret.
function issuesOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .map(({ type, message, ...issue }) => {
      const field = v.getDotPath({ type, message, ...issue }) ?? "record";
      return type === "check" ? `${field} holds ${message}` : `${field} should be ${issue.expected}`;
    })
    .join("; ");
}
