import { tokenizeMacros } from "./macros";

/**
 * A text that only its partner should read, from `at` to `end`, which is not included. `name` is the parameter that
 * holds it, as it is spelled; undefined for a login.
 */
export interface SecretRange {
  readonly at: number;
  readonly end: number;
  readonly name?: string | undefined;
}

const MASK = "***";

/**
 * The secrets of partners in a URL or a part of one: values of secret parameters, and what precedes the `@` of a host.
 * The URL may lack its `?`, have a broken macro, or be escaped for HTML or JSON, so a parameter counts in every place,
 * including a URL inside the URL. Macros are not secret. The ranges are in the order of the text, and no two touch.
 */
export function secretRanges(url: string): SecretRange[] {
  if (cannotHoldSecret(url)) return [];
  const found = readingsOf(url).flatMap(({ text, at }) =>
    [...parametersIn(text), ...pathPairsIn(text), ...jsonIn(text), ...loginsIn(text), ...headersIn(text)].map(
      (one) => ({
        ...one,
        at: at(one.at),
        end: at(one.end),
      }),
    ),
  );
  return merged(found).flatMap((one) => withoutMacros(url, one));
}

/** Whether the URL has a secret of a partner. */
export function holdsSecret(url: string): boolean {
  return secretRanges(url).length > 0;
}

/** The URL, or a part of one, with `***` for each secret. */
export function maskUrl(url: string): string {
  return maskedFrom(0, url);
}

/** The value of a parameter with `***` for each secret. A parameter with a secret name is masked completely. */
export function maskValue(name: string, value: string): string {
  const before = `?${name}=`;
  return maskedFrom(before.length, `${before}${value}`);
}

/** A text that may quote URLs, such as the output of another program, with `***` for each secret. */
export function maskText(text: string): string {
  return text
    .split("\n")
    .map((line) => maskUrl(line))
    .join("\n");
}

/** The masked text from `start` on. The text before it only shows what is secret after it. */
function maskedFrom(start: number, text: string): string {
  let [shown, done] = ["", start];
  for (const { at, end } of secretRanges(text).filter((one) => one.end > start)) {
    shown += `${text.slice(done, Math.max(at, start))}${MASK}`;
    done = end;
  }
  return `${shown}${text.slice(done)}`;
}

// A value such as secure=1 is a switch and not a secret.
const SWITCH = /^(?:\d|true|false|yes|no|on|off)?$/i;

function withoutMacros(url: string, { at, end, name }: SecretRange): SecretRange[] {
  const value = url.slice(at, end);
  if (name !== undefined && SWITCH.test(value)) return [];
  return tokenizeMacros(value).flatMap((token) =>
    token.macro === undefined ? [{ at: at + token.at, end: at + token.at + token.text.length, name }] : [],
  );
}

// ---- Most URLs -----------------------------------------------------------------------------------------

/** The beginnings and ends of all names that mean a secret. */
const NAME_PARTS =
  /token|secret|pass|pwd|psw|sig|hmac|jwt|checksum|credential|authorization|bearer|key|auth|secure|hash|code|md5|sha/;

// Most URLs have neither a login nor an escaped or foreign letter nor any of these, and need no search.
function cannotHoldSecret(url: string): boolean {
  if (/[^ -~]|[%\\@]/.test(url)) return false;
  return !NAME_PARTS.test(url.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

// ---- Names ---------------------------------------------------------------------------------------------

/** Names that mean a secret with any prefix: `security_token`, `clientSecret`, `x[api_key]`. */
const SECRET_ENDINGS =
  /(?:token|secret|password|passwd|passphrase|passcode|pwd|psw|signature|hmac|jwt|checksum|credentials?|authorization|bearer|(?:api|auth|access|secret|security|private|postback|shared|signing)key|(?:security|secret|auth|verification)(?:code|hash))$/;

/** Short names, which mean a secret only as a separate word: `auth_key` and `[key]`, not `keyword`. */
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

const LATIN: Readonly<Record<string, string>> = {
  ...{ а: "a", в: "b", е: "e", к: "k", м: "m", н: "h", о: "o", р: "p", с: "c", т: "t", у: "y", х: "x" },
  ...{ ѕ: "s", і: "i" },
};

// A longer text is not a name, and only its end is compared.
const MAX_NAME_LENGTH = 64;

/** Whether a parameter of this name, in any spelling, is a secret. */
function isSecretName(name: string): boolean {
  const words = name
    .slice(-MAX_NAME_LENGTH)
    // Full-width letters count as letters, and those that look like Latin ones as these.
    .normalize("NFKC")
    .replace(/[а-яѕі]/gi, (letter) => LATIN[letter.toLowerCase()] ?? letter)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return SECRET_WORDS.has(words.at(-1) ?? "") || SECRET_ENDINGS.test(words.join(""));
}

// ---- Places -------------------------------------------------------------------------------------------

// In "&amp;sign=" the name begins after the entity, and in prose after a space or a quotation mark.
const NAME = /(?<=^|[?&#;/=\s"'(,])[^?&#;/=\uff1d\s"'(,]+(?=[=\uff1d])/g;

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

// A route such as "/token/8f3a9b2c/pb" has its parameters in the path. "/auth/callback" and "/hash/v2" are plain words.
const PATH_PAIR = /(?<=[^/]\/)(?<name>[^?&#;/=\s"'(,]{1,64})\/(?=(?<value>(?=[a-z_.~-]*\d)[\w.~-]{8,}))/gi;

function pathPairsIn(text: string): SecretRange[] {
  return [...text.matchAll(PATH_PAIR)]
    .filter(({ groups }) => isSecretName(groups?.name ?? ""))
    .map(({ 0: { length }, index, groups }) => {
      const at = index + length;
      return { at, end: at + (groups?.value?.length ?? 0), name: groups?.name };
    });
}

// Single quotes count, too, as in JavaScript.
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

// The first host may lack its scheme. A password in it may have characters that would end one in a nested URL.
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

// As in a command that was copied: "Authorization: Bearer 8f3a".
const HEADER =
  /(?<name>[A-Za-z][\w-]{2,63})(?:\s{0,4}:\s{0,4}["']?|\s{1,4}=\s{0,4}|(?<=bearer)[\s+]{1,4})(?:bearer[\s+]{1,4})?(?=[^\s/:])/gi;

function headersIn(text: string): SecretRange[] {
  return [...text.matchAll(HEADER)]
    .filter(({ groups }) => isSecretName(groups?.name ?? ""))
    .map(({ 0: { length }, index, groups }) => {
      const at = index + length;
      const found = /[\s&;,"'}#?]/.exec(text.slice(at, at + MAX_HEADER));
      return { at, end: Math.min(text.length, at + (found?.index ?? MAX_HEADER)), name: groups?.name };
    });
}

const MAX_HEADER = 2_000;

function indexOr(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? text.length : at;
}

// ---- Readings ------------------------------------------------------------------------------------------

/** A text after unescaping it some times. */
export interface Reading {
  readonly text: string;
  /** The position in the original text of each character, and of the end. */
  readonly at: (index: number) => number;
}

// This is enough for a URL in a URL in a URL. Without a limit, "%2525…" would be unescaped as often as it is long.
const MAX_ESCAPES = 3;
const ESCAPED = /%(?<byte>[0-9a-f]{2})|\\u(?<unit>[0-9a-f]{4})|\\(?<self>\/)/gi;

/**
 * A text unchanged, and unescaped once, twice and so on, as a URL or as JSON. Each reading is separate, because an
 * escaped character belongs to a value in one reading, and ends a value in the next.
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

// One pass computes the positions of all characters, so that no later call has to search.
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

/** Ranges of one text in their order, merged so that no two touch. */
export function merged(found: readonly SecretRange[]): SecretRange[] {
  const apart: SecretRange[] = [];
  for (const one of [...found].sort((first, second) => first.at - second.at)) {
    const last = apart.at(-1);
    if (last === undefined || last.end < one.at) apart.push(one);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, one.end) };
  }
  return apart;
}
