import * as v from "valibot";
import type { HttpAnswer } from "../http/transport";
import type { Postback, PostbackDeclaration } from "../postback/postback";
import type { CakeErrorKind } from "./errors";

/** A failed reading of an answer: what CAKE means by it, as far as it can be told. */
export interface Misreading {
  readonly ok: false;
  readonly kind: Exclude<CakeErrorKind, "unreached">;
  /** What the answer was, in words that quote no URL. */
  readonly what: string;
}

export type Reading<T> = { readonly ok: true; readonly value: T } | Misreading;

/** One page of a list, as CAKE gave it. */
export interface Page {
  readonly rows: readonly Postback[];
  /** Rows on the page, the unreadable ones included. */
  readonly size: number;
  /** Rows that could not be read. They make a listing incomplete, never shorter. */
  readonly unreadable: number;
  /** How many rows there are in all; CAKE says so only sometimes. */
  readonly total: number | undefined;
}

type Envelope = Record<string, unknown>;

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

const integer = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))]),
  v.safeInteger(),
);

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

/** Whether CAKE said yes, whatever it was asked for. */
export function readSuccess(answer: HttpAnswer): Reading<true> {
  const envelope = readEnvelope(answer);
  return envelope.ok ? { ok: true, value: true } : envelope;
}

/** The one place that decides whether CAKE said yes: HTTP 2xx, a JSON object, `request_status` exactly "Success". */
function readEnvelope(answer: HttpAnswer): Reading<Envelope> {
  const envelope = jsonObject(answer.text);
  const said = envelope === undefined ? "" : wordsOf(envelope);
  const isOk = answer.status >= 200 && answer.status < 300;
  if (isOk && envelope?.request_status === "Success") return { ok: true, value: envelope };
  if (answer.status === 429 || said === "Restricted") return misreading("throttled", `HTTP ${answer.status}`);
  if (answer.status >= 300 && answer.status < 400)
    return unexpected(`it redirects elsewhere (HTTP ${answer.status})`);
  // A 404 that speaks CAKE's language is about a record, and not about the endpoint.
  const isVerdict = typeof envelope?.request_status === "string";
  if ((answer.status === 404 || answer.status === 405) && !isVerdict) {
    return misreading("missing", `HTTP ${answer.status}`);
  }
  const isPage = envelope === undefined && looksLikePage(answer);
  if ((answer.status === 401 || answer.status === 403) && !isPage) {
    return misreading("key", `HTTP ${answer.status}${quote(said)}`);
  }
  if (answer.status >= 500)
    return misreading("lost", `CAKE's server broke (HTTP ${answer.status})${quote(said)}`);
  if (envelope === undefined) return notJson(answer);
  return refusal(answer.status, envelope, said);
}

// No failed v2 answer is published. These words are the ones that legacy endpoints and their clients know.
const BAD_KEY = /\b(api[ _-]?key|unauthori[sz]ed|(user|role|you)\b.*\bnot authori[sz]ed|authentication)\b/i;
const NO_METHOD =
  /\b(unknown|invalid|no such|not a valid|unsupported)\b.*\b(method|endpoint|action|resource)\b/i;

function refusal(status: number, envelope: Envelope, said: string): Misreading {
  const { request_status: word } = envelope;
  const verdict = typeof word === "string" ? `"${inert(word)}"` : typeof word;
  const what = `HTTP ${status}, request_status ${verdict}${quote(said)}`;
  if (BAD_KEY.test(said)) return misreading("key", what);
  if (NO_METHOD.test(said)) return misreading("missing", what);
  // Without a word of refusal, or with a record beside it, the answer says nothing: a write may have happened.
  const isRefusal = typeof word === "string" || envelope.success === false;
  const holdsRecord = envelope.postback !== undefined;
  return isRefusal && !holdsRecord && word !== "Success" ? misreading("refused", what) : unexpected(what);
}

function notJson(answer: HttpAnswer): Misreading {
  const size = `HTTP ${answer.status}, ${answer.text.length} characters`;
  if (looksLikePage(answer)) return misreading("webPage", size);
  return unexpected(`it is ${answer.text === "" ? "an empty answer" : "not JSON"} (${size})`);
}

function looksLikePage(answer: HttpAnswer): boolean {
  return /^\s*</.test(answer.text);
}

function wordsOf(envelope: Envelope): string {
  const words = envelope.message ?? envelope.error ?? envelope.request_message;
  return typeof words === "string" ? words.trim() : "";
}

function quote(said: string): string {
  return said === "" ? "" : `: "${inert(said)}"`;
}

const MAX_QUOTED_CHARACTERS = 200;

// CAKE's words end on a terminal and in logs: no control bytes, and no URL, which may hold a partner's secret.
function inert(words: string): string {
  const line = words.replace(/https?:\\?\/\\?\/\S*/gi, "[URL]").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ");
  if (line.length <= MAX_QUOTED_CHARACTERS) return line;
  // Cut between words: half an API key would not be found by the redaction that follows.
  return `${line.slice(0, MAX_QUOTED_CHARACTERS).replace(/\S*$/, "")}…`;
}

function jsonObject(text: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Envelope)
      : undefined;
  } catch {
    return undefined;
  }
}

function issuesOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? "record"} should be ${issue.expected}`).join("; ");
}

function unexpected(what: string): Misreading {
  return misreading("unexpected", what);
}

function misreading(kind: Misreading["kind"], what: string): Misreading {
  return { ok: false, kind, what };
}
