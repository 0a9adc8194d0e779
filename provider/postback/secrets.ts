import { tokenizeMacros } from "./macros";

/**
 * A text that nobody but its partner should read: from `at`, up to and without `end`. `name` is the parameter that holds
 * it, as it is spelled; undefined for a login.
 */
export interface SecretRange {
  readonly at: number;
  readonly end: number;
  readonly name?: string | undefined;
}

const MASK = "***";

/**
 * What partners take for secrets in a URL or a part of one: the values of such parameters, and what stands before the
 * `@` of a host. Whoever wrote the URL may have forgotten its `?`, torn a macro, or escaped the whole for HTML or JSON,
 * so a parameter counts wherever it stands, also in a URL inside the URL. Macros are not secret. In their order; no two
 * touch.
 */
export function secretRanges(url: string): SecretRange[] {
  const found = readingsOf(url).flatMap(({ text, at }) =>
    [...parametersIn(text), ...pathPairsIn(text), ...jsonIn(text), ...loginsIn(text)].map((one) => ({
      ...one,
      at: at(one.at),
      end: at(one.end),
    })),
  );
  return merged(found).flatMap((one) => withoutMacros(url, one));
}

/** Whether a partner's secret stands in the URL. */
export function holdsSecret(url: string): boolean {
  return secretRanges(url).length > 0;
}

/** The URL, or a part of one, with `***` in the place of each secret. */
export function maskUrl(url: string): string {
  return maskedFrom(0, url);
}

/** The value of a parameter with `***` in the place of each secret: all of it where partners take its name for one. */
export function maskValue(name: string, value: string): string {
  const before = `?${name}=`;
  return maskedFrom(before.length, `${before}${value}`);
}

/** A text that may quote URLs, such as what another program said, with `***` in the place of each secret. */
export function maskText(text: string): string {
  return text
    .split("\n")
    .map((line) => maskUrl(line))
    .join("\n");
}

/** The text from a place on. What stands before it only tells what is secret behind it. */
function maskedFrom(start: number, text: string): string {
  let [shown, done] = ["", start];
  for (const { at, end } of secretRanges(text).filter((one) => one.end > start)) {
    shown += `${text.slice(done, Math.max(at, start))}${MASK}`;
    done = end;
  }
  return `${shown}${text.slice(done)}`;
}

// What is left of a value without its macros, unless that is a switch such as secure=1.
const SWITCH = /^(?:\d|true|false|yes|no|on|off)?$/i;

function withoutMacros(url: string, { at, end, name }: SecretRange): SecretRange[] {
  const value = url.slice(at, end);
  if (name !== undefined && SWITCH.test(value)) return [];
  return tokenizeMacros(value).flatMap((token) =>
    token.macro === undefined ? [{ at: at + token.at, end: at + token.at + token.text.length, name }] : [],
  );
}

// ---- Names ---------------------------------------------------------------------------------------------

/** Names that partners take for secrets, whatever stands before them: `security_token`, `clientSecret`, `x[api_key]`. */
const SECRET_ENDINGS =
  /(?:token|secret|password|passwd|passphrase|passcode|pwd|psw|signature|hmac|jwt|checksum|credentials?|authorization|bearer|(?:api|auth|access|secret|security|private|postback|shared|signing)key|(?:security|secret|auth|verification)(?:code|hash))$/;

/** Short ones, which mean it as a word of their own only: `auth_key` and `[key]`, not `keyword`. */
const SECRET_WORDS = new Set([
  "key",
  "pass",
  "sig",
  "sign",
  "auth",
  "hash",
  "secure",
  "md5",
  "sha1",
  "sha256",
]);

// A longer name is none; what stands before its end does not matter.
const MAX_NAME_LENGTH = 64;

/** Whether partners take a parameter of this name for a secret, however it is spelled. */
function isSecretName(name: string): boolean {
  const words = name
    .slice(-MAX_NAME_LENGTH)
    // Letters of full width are letters.
    .normalize("NFKC")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return SECRET_WORDS.has(words.at(-1) ?? "") || SECRET_ENDINGS.test(words.join(""));
}

// ---- Where they stand ----------------------------------------------------------------------------------

// In "&amp;sign=" the name begins behind the entity, and in prose behind a blank or a quotation mark.
const NAME = /(?<=^|[?&#;/=\s"'(,])[^?&#;/=\s"'(,]+(?==)/g;

function parametersIn(text: string): SecretRange[] {
  let next = 0;
  return [...text.matchAll(NAME)]
    .filter(([name]) => isSecretName(name))
    .map(({ 0: name, index }) => {
      const at = index + name.length + 1;
      if (next < at) next = indexOr(text, "&", at);
      return { at, end: next, name };
    });
}

// "/token/8f3a9b2c/pb": a route that has its parameters in the path. "/auth/callback" and "/hash/v2" are plain words.
const PATH_PAIR = /(?<=[^/]\/)(?<name>[^?&#;/=\s"'(,]{1,64})\/(?=(?<value>(?=[a-z_.~-]*\d)[\w.~-]{8,}))/gi;

function pathPairsIn(text: string): SecretRange[] {
  return [...text.matchAll(PATH_PAIR)]
    .filter(({ groups }) => isSecretName(groups?.name ?? ""))
    .map(({ 0: { length }, index, groups }) => {
      const at = index + length;
      return { at, end: at + (groups?.value?.length ?? 0), name: groups?.name };
    });
}

// Also one in single quotes, as JavaScript writes it.
const JSON_MEMBER = /(?<quote>["'])(?<name>[^"'\\]{1,64})\k<quote>\s{0,8}:\s{0,8}/g;

function jsonIn(text: string): SecretRange[] {
  return [...text.matchAll(JSON_MEMBER)]
    .filter(({ groups }) => isSecretName(groups?.name ?? ""))
    .map(({ 0: { length }, index, groups }) => {
      const start = index + length;
      const quote = /["']/.exec(text.charAt(start))?.[0];
      const at = quote === undefined ? start : start + 1;
      return { at, end: endOfJson(text, at, quote), name: groups?.name };
    });
}

function endOfJson(text: string, from: number, quote: string | undefined): number {
  for (let at = from; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quote === undefined ? /[,}\]\s&]/.test(letter) : letter === quote) return at;
    if (letter === "\\") at++;
  }
  return text.length;
}

// At the beginning a host may lack its scheme, and a password may hold what ends it in a URL inside the URL.
const FIRST_LOGIN = /^(?<before>(?:[^/?]*[:/]\/+)?)(?<login>[^/?]*)@/;
const LOGIN = /(?<=\/\/)[^/?&]*(?=@)/g;

function loginsIn(text: string): SecretRange[] {
  const { before = "", login = "" } = FIRST_LOGIN.exec(text)?.groups ?? {};
  const others = [...text.matchAll(LOGIN)].map(({ 0: { length }, index }) => ({
    at: index,
    end: index + length,
  }));
  const all = [{ at: before.length, end: before.length + login.length }, ...others];
  return all.filter(({ at, end }) => end > at);
}

function indexOr(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? text.length : at;
}

// ---- Readings ------------------------------------------------------------------------------------------

/** A text as somebody reads it who has unescaped it some times. */
export interface Reading {
  readonly text: string;
  /** Where each of its characters, and its end, stands in the text as it is. */
  readonly at: (index: number) => number;
}

// A URL in a URL in a URL. Without a bound, "%2525…" would be read as often as it is long.
const MAX_ESCAPES = 3;
const ESCAPED = /%(?<byte>[0-9a-f]{2})|\\u(?<unit>[0-9a-f]{4})|\\(?<self>\/)/gi;

/**
 * A text as it is, and as it reads unescaped once, twice and so on, as a URL or as JSON. Each for itself: what is
 * escaped belongs to a value here, and ends one there.
 */
export function readingsOf(text: string): Reading[] {
  const readings: Reading[] = [{ text, at: (index) => index }];
  for (let last = readings[0]; last && readings.length <= MAX_ESCAPES; ) {
    const next = /[%\\]/.test(last.text) ? unescaped(last) : undefined;
    if (next) readings.push(next);
    last = next;
  }
  return readings;
}

// A place for each character in one walk: whoever asks for all of them must not search for each.
function unescaped({ text, at }: Reading): Reading {
  const places = new Uint32Array(text.length + 1);
  let [length, done] = [0, 0];
  const keep = (end: number) => {
    while (done < end) places[length++] = done++;
  };
  const shorter = text.replace(ESCAPED, (...match) => {
    const { byte, unit, self } = match.at(-1) as Record<"byte" | "unit" | "self", string | undefined>;
    const [sequence, index] = [match[0], match[4] as number];
    keep(index);
    places[length++] = index;
    done = index + sequence.length;
    return self ?? String.fromCharCode(Number.parseInt(byte ?? unit ?? "", 16));
  });
  keep(text.length + 1);
  return { text: shorter, at: (index) => at(places[index] ?? text.length) };
}

/** Ranges of one text in their order, of which no two touch. */
export function merged(found: readonly SecretRange[]): SecretRange[] {
  const apart: SecretRange[] = [];
  for (const one of [...found].sort((first, second) => first.at - second.at)) {
    const last = apart.at(-1);
    if (last === undefined || last.end < one.at) apart.push(one);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, one.end) };
  }
  return apart;
}
