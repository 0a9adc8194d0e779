import { plainName } from "../reading/reading";
import type { AnswerKind, RefusalReason } from "./answers";
import type { Tracker } from "./tracker";

/** What a partner's server answered to a postback. */
export interface PartnerAnswer {
  readonly status: number;
  /** In lower case and without parameters; empty if the answer names none. */
  readonly mediaType: string;
  /** The text of the answer; undefined if it is not a text. */
  readonly text: string | undefined;
}

/** What an answer means. */
export interface AnswerReading {
  readonly kind: AnswerKind;
  /** Why the partner refused the call; undefined for all other kinds. */
  readonly reason?: RefusalReason;
}

/** What an answer means, as trackers mean it: the text counts more than the HTTP status. */
export function readAnswer(answer: PartnerAnswer, tracker?: Tracker): AnswerReading {
  const { status, text } = answer;
  if (status >= 300 && status < 400) return { kind: "redirect" };
  const said = text === undefined ? undefined : saidIn(text, tracker);
  if (status < 300) return ofSuccess(answer, said);
  if (status === 401 || status === 403 || status === 407) return { kind: "notAllowed" };
  const reason = said?.verdict === "refused" ? said.reason : "unstated";
  // Some trackers answer 404 or 500 for a click that they do not know.
  if (reason !== "unstated") return { kind: "refused", reason };
  if (status === 404 || status === 410) return { kind: "notFound" };
  if (status === 405 || status === 501) return { kind: "otherMethod" };
  if (status === 429) return { kind: "tooMany" };
  return status >= 500 ? { kind: "serverError" } : { kind: "refused", reason };
}

function ofSuccess({ mediaType, text }: PartnerAnswer, said: Said | undefined): AnswerReading {
  if (/^image\//.test(mediaType)) return { kind: "pixel" };
  if (text === undefined) return { kind: "unclear" };
  if (text.trim() === "") return { kind: "empty" };
  if (said?.page !== undefined) return { kind: said.page };
  if (said?.verdict === "refused") return { kind: "refused", reason: said.reason };
  return { kind: said?.verdict ?? "unclear" };
}

type Verdict = "accepted" | "refused";

/** What a text says. */
interface Said {
  readonly verdict: Verdict | undefined;
  readonly reason: RefusalReason;
  /** What the text is if it is a page for people. */
  readonly page?: "loginPage" | "webPage" | "empty";
}

/** The text that decides is at the beginning. A longer one is a page or data. */
const MAX_READ = 4_000;

function saidIn(whole: string, tracker: Tracker | undefined): Said {
  const text = whole.trim();
  if (tracker?.answers?.refusal?.test(text)) return { verdict: "refused", reason: reasonIn(text) };
  const json = parsed(text);
  if (json !== undefined) return inJson([json.value]);
  return isPage(text) ? inPage(text) : inText(text.slice(0, MAX_READ));
}

// ---- Fields ------------------------------------------------------------------------------------------

type FieldRole = "flag" | "outcome" | "code" | "error" | "message";

const FIELDS: Readonly<Record<FieldRole, readonly string[]>> = {
  flag: ["success", "successful", "ok", "accepted", "valid", "isvalid", "saved", "recorded", "issuccess"],
  outcome: ["status", "result", "state", "outcome", "response", "requeststatus", "responsestatus", "answer"],
  code: ["code", "statuscode", "httpcode", "httpstatus", "responsecode"],
  error: [
    ...["error", "errors", "err", "errmsg", "errormsg", "errormessage", "errorcode", "errordescription"],
    ...["exception", "fault", "failure", "failurereason", "rejectreason", "rejectionreason"],
    ...["haserror", "haserrors", "iserror", "failed"],
  ],
  message: ["message", "messages", "msg", "reason", "detail", "details", "description", "statusmessage"],
};
const ROLES = new Map(
  Object.entries(FIELDS).flatMap(([role, names]) => names.map((name) => [name, role as FieldRole] as const)),
);

function verdictOfField(role: FieldRole, value: unknown): Verdict | undefined {
  if (role === "error") return isNothing(value) ? undefined : "refused";
  if (typeof value === "object") return undefined;
  const text = String(value).trim();
  if (role === "flag" && text === "0") return "refused";
  if (/^[1-5]\d\d$/.test(text) && role !== "message") {
    if (Number(text) >= 400) return "refused";
    return role === "code" ? undefined : "accepted";
  }
  if (role === "code") return undefined;
  // Without a word, a number other than 1 means one thing on one platform, and another on the next.
  if (/^-?\d+$/.test(text)) return text === "1" && role !== "message" ? "accepted" : undefined;
  return verdictOfWords(text);
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0) return true;
  if (typeof value === "string") return /^(?:|0|false|null|none|no|no errors?)$/i.test(value.trim());
  return typeof value === "object" && Object.values(value).every(isNothing);
}

function ofFields(fields: readonly (readonly [name: string, value: unknown])[]): Said {
  const known = fields.flatMap(([name, value]) => {
    const role = ROLES.get(plainName(name));
    return role === undefined ? [] : [{ value, verdict: verdictOfField(role, value) }];
  });
  const verdicts = known.map(({ verdict }) => verdict);
  const text = known
    .map(({ value }) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join(" ");
  return { verdict: strongest(verdicts), reason: reasonIn(text) };
}

function strongest(verdicts: readonly (Verdict | undefined)[]): Verdict | undefined {
  return verdicts.includes("refused") ? "refused" : verdicts.find((verdict) => verdict !== undefined);
}

// ---- JSON --------------------------------------------------------------------------------------------

function parsed(text: string): { readonly value: unknown } | undefined {
  if (!/^[{["]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The fewest levels decide: what is deeper may repeat the parameters of the call. */
function inJson(level: readonly unknown[], depth = 0): Said {
  const texts = level.filter((value) => typeof value === "string");
  const fields = level.filter(isObject).flatMap((value) => Object.entries(value));
  const said = [ofFields(fields), ...texts.map(inText)];
  const verdict = strongest(said.map((one) => one.verdict));
  if (verdict !== undefined)
    return said.find((one) => one.verdict === verdict) ?? { verdict, reason: "unstated" };
  const deeper = level.flatMap((value) =>
    Array.isArray(value) ? value : isObject(value) ? Object.values(value).filter(isObject) : [],
  );
  return deeper.length === 0 || depth > MAX_DEPTH
    ? { verdict: undefined, reason: "unstated" }
    : inJson(deeper, depth + 1);
}

const MAX_DEPTH = 4;

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

// ---- Pages -------------------------------------------------------------------------------------------

const PAGE =
  /<!doctype html|<(?:html|head|body|title|form|div|table|script|iframe|frameset|meta|img|p|h\d|br|b|center|pre)\b/i;
const PASSWORD_FIELD = /<input\b[^<>]{0,500}\btype\s*=\s*["']?password/i;
const LOGIN_TITLE =
  /<title[^<>]{0,200}>[^<]{0,200}\b(?:log[ -]?[io]n|sign[ -]?[io]n|anmeld\w*|connexion|sso)\b/i;

function isPage(text: string): boolean {
  return !/^<\?xml/.test(text) && PAGE.test(text.slice(0, MAX_READ));
}

// A page without text that does something is one for people: that of a parked domain, for instance.
const LEADS_ON = /<(?:script|title|form|i?frame|frameset)\b|<meta\b[^<>]{0,200}\brefresh\b/i;

/** The longest text of a page that can be an answer, and not a page for people. */
const MAX_ANSWER = 200;

function inPage(text: string): Said {
  const visible = text
    .replace(/<(script|style|title)\b[^<>]*>[^<]*(?:<\/\1>)?/gi, " ")
    .replace(/<[^<>]*>/g, " ")
    .trim();
  const said = visible.length > MAX_ANSWER ? undefined : inText(visible);
  if (PASSWORD_FIELD.test(text) || LOGIN_TITLE.test(text))
    return { verdict: undefined, reason: "unstated", page: "loginPage" };
  if (said?.verdict !== undefined) return said;
  const isBlank = visible === "" && !LEADS_ON.test(text);
  return { verdict: undefined, reason: "unstated", page: isBlank ? "empty" : "webPage" };
}

// ---- Text --------------------------------------------------------------------------------------------

const XML_ELEMENT = /<(\w[\w-]{0,40})>([^<]{0,500})<\/\1>/g;
const PAIR =
  /(?:^|[\s;,&|{])["']?([a-z]\w{0,30})["']?\s{0,4}(?:[=:]|(?<=\s)-(?=\s))\s{0,4}["']?([^;,&\n|}"']{0,300})/gi;

function inText(text: string): Said {
  const pairs = [...text.matchAll(XML_ELEMENT), ...text.matchAll(PAIR)].map(
    ([, name = "", value = ""]) => [name, value.trim()] as const,
  );
  const said = ofFields(pairs);
  if (said.verdict !== undefined) return { ...said, reason: reasonIn(text) };
  return { verdict: verdictOfWords(text), reason: reasonIn(text) };
}

const WHAT =
  "click\\w*|trans\\w*|txid|sub ?id|cid|tid|visit\\w*|session|hit|id|token|hash|key|secret|signature|secure|param\\w*|argument|offer|campaign|goal|postback|conversion|lead|request|publisher|affiliate|advertiser|ip";
const WRONG =
  "invalid|unknown|wrong|bad|missing|incorrect|broken|expired|malformed|unrecogni[sz]ed|no such|non-?existent|unsupported|empty";
const ABSENT =
  "not (?:be )?(?:found|valid|exists?|allowed|active|registered|recogni[sz]ed|set|provided|accepted)|does(?:n't| not) exist|required|missing|invalid|mismatch|expired|unknown|denied|disabled|inactive|paused|stopped|closed|blocked|banned|rejected|empty";
const NOT_DONE = "found|recorded|saved|accepted|registered|tracked|processed|counted|attributed|matched";

const REFUSALS = [
  /^(?:-1|0|false|no|ko|nok|not ok|ignored|invalid)[.!]?$/,
  /^(?:error|err|fail(?:ed|ure)?|exception|fatal|denied|rejected|declined|refused|forbidden|unauthori[sz]ed|duplicate)\b/,
  /\bunsuccessful(?:ly)?\b/,
  new RegExp(`\\bno (?:${WHAT})\\b`),
  /\b(?:log ?in|sign ?in|authentication) (?:is )?required\b|\bplease (?:log|sign) ?in\b/,
  new RegExp(`\\b(?:${WRONG})\\b.{0,40}?\\b(?:${WHAT})\\b`),
  new RegExp(`\\b(?:${WHAT})\\b.{0,40}?\\b(?:${ABSENT})\\b`),
  new RegExp(
    `\\b(?:not|never|cannot|can't|couldn't|wasn't|isn't|no(?! errors?\\b))\\b.{0,20}?\\b(?:${NOT_DONE})\\b`,
  ),
  /\b(?:access|permission) denied\b|\bnot authori[sz]ed\b|\bconversion exists\b|\bduplicate (?:\w+ )?(?:click|conversion|transaction)\b/,
  /\balready (?:been )?(?:exists|converted|recorded|registered|processed|counted|used|tracked)\b|\b(?:rejected|declined|refused|failed)\b/,
];

const ACCEPTANCES = [
  /^(?:ok|okay|true|1|yes|done|success(?:ful(?:ly)?)?|accepted|approved|received|recorded|created|saved|queued|processed|completed?|valid|thanks?|thank you|no errors?(?: found)?)[.!;]?$/,
  /^(?:ok|success(?:ful(?:ly)?)?)\b/,
  /\b(?:conversion|postback|lead|event|transaction|request|sale|action)\b.{0,30}?\b(?:recorded|saved|tracked|accepted|registered|received|created|added|approved|processed|queued|logged|ok|success(?:ful(?:ly)?)?)\b/,
  /\b(?:recorded|saved|tracked|accepted|registered|received|processed) successfully\b|\bsuccessfully (?:recorded|saved|tracked|accepted|registered|received|processed)\b/,
];

function verdictOfWords(text: string): Verdict | undefined {
  const words = plainWords(text).replace(NO_ERROR, " ").trim();
  if (REFUSALS.some((pattern) => pattern.test(words))) return "refused";
  return ACCEPTANCES.some((pattern) => pattern.test(words)) ? "accepted" : undefined;
}

/** An error that is named to say that there is none. */
const NO_ERROR =
  /\berr(?:or)?s?(?: ?(?:code|msg|message))?\s{0,4}[=:]\s{0,4}(?:0|none|null|false|no|nil)(?!\w)/g;

/** `INVALID_CLICK_ID` and `invalidClickId` as words. */
function plainWords(text: string): string {
  return text
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .replace(/[_"']+(?!t\b)|\s+/g, " ")
    .trim()
    .toLowerCase();
}

const REASONS: readonly (readonly [RefusalReason, RegExp])[] = [
  [
    "access",
    /\b(?:access|log ?in|sign ?in|auth(?:ori[sz]\w*|entication|orization)?|unauthori[sz]ed|forbidden|permission|credentials?|security|secure|secret|signature|token|hash|api key|white-?list(?:ed)?|allow-?list(?:ed)?)\b|\bip\b.{0,30}?\b(?:denied|not|blocked)\b|\b(?:postback|security|secret|private|invalid|wrong|bad|missing|incorrect) key\b|\b(?:invalid|wrong|bad|unknown) ip\b/,
  ],
  ["duplicate", /\bduplicated?\b|\balready\b|(?<!not )\bexists\b/],
  ["click", /\b(?:click\w*|trans|transaction|transid|visit\w*|session|sub ?id|cid|tid|hit)\b/],
];

function reasonIn(text: string): RefusalReason {
  const words = plainWords(text);
  return REASONS.find(([, pattern]) => pattern.test(words))?.[0] ?? "unstated";
}
