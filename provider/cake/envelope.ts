import type { HttpAnswer } from "../http/transport";
import type { CakeErrorKind } from "./errors";

/** A failed reading of an answer: what CAKE means by it, as far as it is known. */
export interface Misreading {
  readonly ok: false;
  readonly kind: Exclude<CakeErrorKind, "unreached">;
  /** What the answer was, without a URL. */
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
  if (isOk(answer) && isTrue(envelope?.success)) return { ok: true, value: envelope as Envelope };
  if (lacksMethod(answer, envelope)) return misreading("missing", `HTTP ${answer.status}`);
  if (isXml(answer)) return unexpected(`it is XML instead of JSON (${sizeOf(answer)})`);
  return whyNot(answer, envelope);
}

// How the web server of the legacy endpoints says that it has no such method, or none that speaks JSON.
const NO_JSON_METHOD = /unknown web method|request format is unrecognized/i;

function lacksMethod({ status, text }: HttpAnswer, envelope: Envelope | undefined): boolean {
  const said = envelope === undefined ? text.slice(0, MAX_READ_CHARACTERS) : statusText(envelope);
  return status === 500 && NO_JSON_METHOD.test(said);
}

function isXml({ status, text }: HttpAnswer): boolean {
  return status < 300 && text.trimStart().startsWith("<?xml");
}

function isTrue(flag: unknown): boolean {
  return flag === true || flag === "true";
}

// No failed v2 answer is published: only what CAKE's legacy articles and clients quote word for word has a meaning. Any
// other word is a refusal, whatever it mentions. What an outage or a firewall in between says is none of CAKE's.
const THROTTLED = new Set(["restricted"]);
const BAD_KEY = new Set(["invalid api key", "invalid api_key", "unauthorized", "not authorized"]);

function whyNot(answer: HttpAnswer, envelope: Envelope | undefined): Misreading {
  const { status, redirectsTo = "an address that cannot be read" } = answer;
  const said = envelope === undefined ? "" : statusText(envelope);
  const meaning = said.toLowerCase().replace(/[.!]+$/, "");
  const isVerdict = envelope !== undefined && (isText(envelope.request_status) || isFlag(envelope.success));
  if (status === 429 || (isVerdict && THROTTLED.has(meaning)))
    return misreading("throttled", `HTTP ${status}`);
  if (status >= 300 && status < 400) return unexpected(`it redirects to ${redirectsTo} (HTTP ${status})`);
  // A 404 that speaks CAKE's language is about a record, and not about the endpoint.
  if ((status === 404 || status === 405) && !isVerdict) return misreading("missing", `HTTP ${status}`);
  const isPage = envelope === undefined && looksLikePage(answer);
  if ((status === 401 && !isPage) || (isVerdict && BAD_KEY.has(meaning)))
    return misreading("key", `HTTP ${status}${quote(said)}`);
  if (status >= 500) return misreading("lost", `CAKE's server broke (HTTP ${status})${quote(said)}`);
  if (envelope === undefined) return notJson(answer);
  const what = `HTTP ${status}, ${verdictOf(envelope)}${quote(said)}`;
  // Without a word of refusal, or with a record beside it, the answer says nothing: a write may have happened.
  const isRefusal =
    isText(envelope.request_status) || envelope.success === false || envelope.success === "false";
  const { response } = envelope;
  const holdsRecord =
    envelope.postback !== undefined || (isObject(response) && response.postback !== undefined);
  return isRefusal && !holdsRecord && envelope.request_status !== "Success"
    ? misreading("refused", what)
    : unexpected(what);
}

function verdictOf({ request_status: word, success }: Envelope): string {
  if (isText(word)) return `request_status "${quotable(word)}"`;
  return typeof success === "boolean" ? `success ${success}` : `request_status ${typeof word}`;
}

function notJson(answer: HttpAnswer): Misreading {
  const size = sizeOf(answer);
  if (looksLikePage(answer)) return misreading("webPage", size);
  if (isTooDeep(answer.text)) return unexpected(`it is nested more than ${MAX_DEPTH} deep (${size})`);
  return unexpected(answer.text === "" ? `it is an empty answer (${size})` : `it is not JSON (${size})`);
}

function sizeOf({ status, text }: HttpAnswer): string {
  return `HTTP ${status}, ${text.length} characters`;
}

function isOk({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

function looksLikePage({ text }: HttpAnswer): boolean {
  return text.trimStart().startsWith("<");
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean" || value === "true" || value === "false";
}

const MAX_READ_CHARACTERS = 1_000;
const MAX_QUOTED_CHARACTERS = 200;

function statusText(envelope: Envelope): string {
  const words = envelope.message ?? envelope.Message ?? envelope.error ?? envelope.request_message;
  return isText(words) ? cut(words, MAX_READ_CHARACTERS).trim() : "";
}

function quote(said: string): string {
  return said === "" ? "" : `: "${quotable(said)}"`;
}

// A URL in any spelling, or a part of one: it may hold a partner's secret.
const SCHEME = /https?(?::|%3a|\\u003a)(?:\\?\/|%2f|\\u002f){2}/i;
const PARAMETER = /[?&]|%3f|%26|\\u003f|\\u0026/i;
const EQUALS = /=|%3d|\\u003d/i;

// What CAKE says is shown on terminals and in logs: one line, no control characters, no URL, and short.
function quotable(words: string): string {
  const line = cut(words, MAX_READ_CHARACTERS)
    .split(/[\p{Cc}\p{Cf}\s]+/u)
    .map((word) => (SCHEME.test(word) || (PARAMETER.test(word) && EQUALS.test(word)) ? "[URL]" : word))
    .join(" ");
  return cut(line, MAX_QUOTED_CHARACTERS);
}

// Before any pattern sees a text of somebody else, and between words: half an API key would not be found by the
// redaction that follows.
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.slice(0, length).search(/\s\S*$/);
  return `${text.slice(0, Math.max(0, end + 1))}…`;
}

const MAX_DEPTH = 64;

function jsonObject(text: string): Envelope | undefined {
  const value = parsedJson(text);
  return isObject(value) ? value : undefined;
}

/** The value of a JSON text from outside; undefined for any other text, and for one that is nested too deep. */
export function parsedJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPENING, CLOSING] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])];

/** Counted before the text is parsed: the parser takes half a minute for 30 MB of brackets. */
function isTooDeep(text: string): boolean {
  let [depth, isInString] = [0, false];
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isInString = !isInString;
    else if (isInString) at += code === BACKSLASH ? 1 : 0;
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
  }
  return depth > MAX_DEPTH;
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
