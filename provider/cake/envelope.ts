import type { HttpAnswer } from "../http/transport";
import type { CakeErrorKind } from "./errors";

/** A failed reading of an answer: what CAKE means by it, as far as it can be told. */
export interface Misreading {
  readonly ok: false;
  readonly kind: Exclude<CakeErrorKind, "unreached">;
  /** What the answer was, in words that quote no URL. */
  readonly what: string;
}

export type Reading<T> = { readonly ok: true; readonly value: T } | Misreading;

/** The fields of an answer, by CAKE's names. */
export type Envelope = Record<string, unknown>;

/** Whether CAKE said yes, whatever it was asked for. */
export function readSuccess(answer: HttpAnswer): Reading<true> {
  const envelope = readEnvelope(answer);
  return envelope.ok ? { ok: true, value: true } : envelope;
}

/** The one place that decides whether v2 said yes: HTTP 2xx, a JSON object, `request_status` exactly "Success". */
export function readEnvelope(answer: HttpAnswer): Reading<Envelope> {
  const envelope = jsonObject(answer.text);
  if (isOk(answer) && envelope?.request_status === "Success") return { ok: true, value: envelope };
  return whyNot(answer, envelope);
}

/**
 * The same for a legacy endpoint in its JSON mode: what it says lies inside `d`, and yes is `success: true`.
 * Source: the client pycake.
 */
export function readLegacyEnvelope(answer: HttpAnswer): Reading<Envelope> {
  const body = jsonObject(answer.text);
  const envelope = isObject(body?.d) ? body.d : body;
  if (isOk(answer) && envelope !== undefined && isTrue(envelope.success))
    return { ok: true, value: envelope };
  if (lacksMethod(answer, envelope)) return misreading("missing", `HTTP ${answer.status}`);
  if (isXml(answer)) return unexpected(`it is XML, and not the JSON that was asked for (${sizeOf(answer)})`);
  return whyNot(answer, envelope);
}

// How the web server of the legacy endpoints says that it has no such method, or none that speaks JSON.
const NO_JSON_METHOD = /unknown web method|request format is unrecognized/i;

function lacksMethod({ status, text }: HttpAnswer, envelope: Envelope | undefined): boolean {
  return status === 500 && NO_JSON_METHOD.test(envelope === undefined ? text : wordsOf(envelope));
}

function isXml({ status, text }: HttpAnswer): boolean {
  return status < 300 && /^\s*<\?xml/.test(text);
}

function isTrue(flag: unknown): boolean {
  return flag === true || flag === "true";
}

function whyNot(answer: HttpAnswer, envelope: Envelope | undefined): Misreading {
  const said = envelope === undefined ? "" : wordsOf(envelope);
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
  const what = `HTTP ${status}, ${verdictOf(envelope)}${quote(said)}`;
  if (BAD_KEY.test(said)) return misreading("key", what);
  if (NO_METHOD.test(said)) return misreading("missing", what);
  // Without a word of refusal, or with a record beside it, the answer says nothing: a write may have happened.
  const isRefusal = typeof word === "string" || envelope.success === false || envelope.success === "false";
  const holdsRecord = envelope.postback !== undefined;
  return isRefusal && !holdsRecord && word !== "Success" ? misreading("refused", what) : unexpected(what);
}

function verdictOf({ request_status: word, success }: Envelope): string {
  if (typeof word === "string") return `request_status "${inert(word)}"`;
  return typeof success === "boolean" ? `success ${success}` : `request_status ${typeof word}`;
}

function notJson(answer: HttpAnswer): Misreading {
  const size = sizeOf(answer);
  if (looksLikePage(answer)) return misreading("webPage", size);
  return unexpected(`it is ${answer.text === "" ? "an empty answer" : "not JSON"} (${size})`);
}

function sizeOf({ status, text }: HttpAnswer): string {
  return `HTTP ${status}, ${text.length} characters`;
}

function isOk({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

function looksLikePage(answer: HttpAnswer): boolean {
  return /^\s*</.test(answer.text);
}

function wordsOf(envelope: Envelope): string {
  const words = envelope.message ?? envelope.Message ?? envelope.error ?? envelope.request_message;
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
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value of an answer has fields. */
export function isObject(value: unknown): value is Envelope {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A misreading of an answer that is not what the article or the convention describes. */
export function unexpected(what: string): Misreading {
  return misreading("unexpected", what);
}

function misreading(kind: Misreading["kind"], what: string): Misreading {
  return { ok: false, kind, what };
}
