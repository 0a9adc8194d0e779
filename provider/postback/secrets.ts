import { plainName } from "./rules/places";
import { takesSecret } from "./rules/trackerRules";

/** Where something stands in a text that nobody but its partner should read: from `at`, up to and without `end`. */
export interface SecretStretch {
  readonly at: number;
  readonly end: number;
}

/**
 * What partners take for secrets in a URL or a part of one: the values of such parameters, and what stands before the
 * `@` of a host. Whoever wrote the URL may have forgotten its `?`, torn a macro, or escaped the whole for HTML, so a
 * parameter counts wherever it stands, also in a URL inside the URL. In their order; no two touch.
 */
export function secretStretches(url: string): SecretStretch[] {
  const found = readingsOf(url).flatMap(({ text, at }) =>
    stretchesIn(text).map((one) => ({ at: at(one.at), end: at(one.end) })),
  );
  return merged(found);
}

/** A text as somebody reads it who has unescaped it some times. */
export interface Reading {
  readonly text: string;
  /** Where each of its characters, and its end, stands in the text as it is. */
  readonly at: (index: number) => number;
}

// A URL in a URL in a URL. Without a bound, "%2525…" would be read as often as it is long.
const MOST_ESCAPED = 3;
const ESCAPED = /%(?<byte>[0-9a-f]{2})|\\u(?<unit>[0-9a-f]{4})|\\(?<self>\/)/gi;

/**
 * A text as it is, and as it reads unescaped once, twice and so on, as a URL or as JSON. Each for itself: what is
 * escaped belongs to a value here, and ends one there.
 */
export function readingsOf(text: string): Reading[] {
  const readings: Reading[] = [{ text, at: (index) => index }];
  for (let last = readings[0]; last && readings.length <= MOST_ESCAPED; ) {
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

function stretchesIn(text: string): SecretStretch[] {
  return [...valuesIn(text), ...loginsIn(text)].filter(({ at, end }) => end > at);
}

// In "&amp;sign=", the name begins behind the entity.
const NAME = /(?<=^|[?&#;/=])[^?&#;/=]+(?==)/g;

function valuesIn(text: string): SecretStretch[] {
  let next = 0;
  return [...text.matchAll(NAME)]
    .filter(([name]) => takesSecret(plainName(name).slice(-40)))
    .map(({ 0: name, index }) => {
      const at = index + name.length + 1;
      if (next < at) next = indexOr(text, "&", at);
      return { at, end: next };
    });
}

function indexOr(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? text.length : at;
}

// At the beginning a host may lack its scheme, and a password may hold what ends it in a URL inside the URL.
const FIRST_LOGIN = /^(?<before>(?:[^/?]*[:/]\/+)?)(?<login>[^/?]*)@/;
const LOGIN = /(?<=\/\/)[^/?&]*(?=@)/g;

function loginsIn(text: string): SecretStretch[] {
  const { before = "", login = "" } = FIRST_LOGIN.exec(text)?.groups ?? {};
  const others = [...text.matchAll(LOGIN)].map(({ 0: { length }, index }) => ({
    at: index,
    end: index + length,
  }));
  return [{ at: before.length, end: before.length + login.length }, ...others];
}

/** Stretches of one text in their order, of which no two touch. */
export function merged(found: readonly SecretStretch[]): SecretStretch[] {
  const apart: SecretStretch[] = [];
  for (const one of [...found].sort((first, second) => first.at - second.at)) {
    const last = apart.at(-1);
    if (last === undefined || last.end < one.at) apart.push(one);
    else apart[apart.length - 1] = { at: last.at, end: Math.max(last.end, one.end) };
  }
  return apart;
}
