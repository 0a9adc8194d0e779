import { urlRedactor } from "../../cake/urlRedactor";
import { decodeText } from "../../files/decode";
import { type Redact, redactor } from "../../http/redact";
import { maskValue, secretRanges } from "../../postback/secrets";
import { ANSWERS } from "../../postback/trackers/answers";
import { type AnswerReading, readAnswer } from "../../postback/trackers/readAnswer";
import type { Tracker } from "../../postback/trackers/tracker";
import type { CallOutcome } from "../network/call";
import { shortened } from "../output/text";
import type { TriedAnswer } from "./report";
import type { RenderedRequest } from "./request";

type Outcome = Exclude<CallOutcome, { kind: "private" }>;

/** What is known about a call beside its outcome. */
export interface AnswerContext {
  readonly request: RenderedRequest;
  readonly tracker: Tracker | undefined;
  readonly milliseconds: number;
  /** Whether the click ID is a sample, which most trackers refuse. */
  readonly isSample: boolean;
  readonly isSecret: boolean;
}

const MAX_SHOWN = 300;
const MAX_MEDIA_TYPE = 100;

/** What came of the call, with secrets masked, and what it means. */
export function describeAnswer(outcome: Outcome, context: AnswerContext): TriedAnswer {
  const { milliseconds, isSample } = context;
  if (outcome.kind !== "answer") {
    const { kind, what } = outcome;
    const nothing = { status: null, mediaType: null, bytes: 0, isComplete: false, text: null };
    return { ...meaningOf({ kind }, isSample), ...nothing, milliseconds, failure: what };
  }
  const { status, contentType, body, isComplete } = outcome;
  const redact = answerRedactor(context);
  const mediaType = (contentType.split(";")[0] ?? "").trim().toLowerCase();
  const text = textOf(outcome, mediaType);
  return {
    ...meaningOf(readAnswer({ status, mediaType, text }, context.tracker), isSample),
    ...{ status, milliseconds, bytes: body.length, isComplete },
    mediaType: shortened(redact(mediaType), MAX_MEDIA_TYPE),
    text: startOf(text, redact),
    redirectsTo: outcome.redirectsTo === undefined ? undefined : redact(outcome.redirectsTo),
  };
}

function meaningOf({ kind, reason }: AnswerReading, isSample: boolean) {
  const { means, verdict } = ANSWERS[kind];
  // A wrong token is refused whatever the click ID.
  const isExpected = kind === "refused" && isSample && reason !== "access";
  return { kind, means, reason, isExpected, verdict: isExpected ? ("fine" as const) : verdict };
}

// ---- The body ------------------------------------------------------------------------------------------

const NOT_TEXT = /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip)$/;

function textOf(
  { body, contentType, isComplete }: Extract<Outcome, { kind: "answer" }>,
  mediaType: string,
): string | undefined {
  if (NOT_TEXT.test(mediaType) && mediaType !== "image/svg+xml") return undefined;
  const text = decoded(body, contentType, isComplete);
  return text.includes("\0") ? undefined : text;
}

function decoded(body: Buffer, contentType: string, isComplete: boolean): string {
  const charset = /;\s*charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    if (!/^utf-?8$/i.test(charset)) return new TextDecoder(charset).decode(body);
  } catch {
    // A charset that nobody knows is no reason to show nothing.
  }
  return isComplete ? decodeText(body) : new TextDecoder().decode(body);
}

/** What is shown of a body. All of it is masked before it is cut: the beginning of a secret is secret, too. */
function startOf(text: string | undefined, redact: Redact): string | null {
  if (text === undefined) return null;
  const plain = withoutReferences(text)
    // What nobody sees could stand within a secret.
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain === "" ? null : shortened(redact(plain), MAX_SHOWN);
}

const REFERENCE = /&(#?)(\w{1,8});/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const MAX_NESTED = 3;

/** The text with its character references replaced, as a reader of a page sees it. */
function withoutReferences(text: string, depth = 0): string {
  const plain = text.replace(REFERENCE, (whole, hash: string, code: string) =>
    hash === "" ? (NAMED[code.toLowerCase()] ?? whole) : letterOf(code, whole),
  );
  return plain === text || depth >= MAX_NESTED ? plain : withoutReferences(plain, depth + 1);
}

function letterOf(code: string, whole: string): string {
  const point = Number(code.replace(/^x/i, "0x"));
  return Number.isInteger(point) && point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
}

// ---- Secrets -------------------------------------------------------------------------------------------

/** Shorter values are in every answer. */
const MIN_SECRET = 4;

/** Takes out of a text what the URL keeps secret, in every spelling, and what partners treat as secrets. */
function answerRedactor({ request, isSecret }: AnswerContext): Redact {
  const { url, reading } = request;
  const ranges = [url, reading.text].flatMap((text) =>
    secretRanges(text).map(({ at, end }) => text.slice(at, end)),
  );
  const parts = isSecret ? secretParts(request) : [];
  const secrets = [...ranges, ...parts].flatMap((secret) => [
    ...[secret, unescaped(secret)],
    // A login is a name and a password.
    secret.slice(secret.indexOf(":") + 1),
  ]);
  const spelled = redactor(secrets.filter(({ length }) => length >= MIN_SECRET));
  const byUrl = urlRedactor(reading.text, urlRedactor(url, spelled));
  // As the value of a parameter: an e-mail address in a sentence is not the login of a URL.
  return (text) => maskValue("", byUrl(text));
}

function secretParts({ sent, render }: RenderedRequest): string[] {
  return [
    ...[sent.host.text, sent.path.text].map(render),
    ...sent.path.text.split("/"),
    ...sent.parameters.map(({ value }) => render(value)),
  ];
}

function unescaped(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? text;
}
