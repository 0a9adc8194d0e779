import type { Redact } from "../http/redact";
import { tokenizeMacros } from "../postback/macros";
import { merged, readingsOf, secretRanges } from "../postback/secrets";

/** Shorter values are in every message, and no secrets. */
const MIN_SECRET = 4;

/**
 * Takes a URL that was sent out of what CAKE says to it: whole, without its scheme, its part behind the host, and each
 * value that partners take for a secret, in every spelling. The message is read in its few spellings, and not the URL
 * written in its many: a URL may be as long as it likes.
 */
export function urlRedactor(url: string | undefined, redact: Redact): Redact {
  if (url === undefined) return redact;
  return (text) => withoutAny(redact(text), formsOf(url));
}

function formsOf(url: string): string[] {
  const bare = url.replace(/^[a-z]+:\/\//i, "");
  const found = secretRanges(url).map(({ at, end }) => url.slice(at, end));
  // A login is a name and a password.
  const secrets = found.flatMap((secret) => [secret, secret.slice(secret.indexOf(":") + 1)]);
  const forms = [url, bare, bare.replace(/^[^/?]*/, ""), ...secrets];
  return (
    forms
      .flatMap((form) => readingsOf(form).map((reading) => lower(reading.text)))
      // An escape stands for a byte, of which a letter may have several.
      .flatMap((form) => [form, Buffer.from(form).toString("latin1")])
      .filter((form) => form.length >= MIN_SECRET && holdsText(form))
  );
}

function withoutAny(text: string, forms: readonly string[]): string {
  const found = readingsOf(text).flatMap((reading) =>
    forms.flatMap((form) =>
      urlComponents(form, lower(reading.text)).map((at) => ({
        at: reading.at(at),
        end: reading.at(at + form.length),
      })),
    ),
  );
  return merged(found).reduceRight((rest, { at, end }) => `${rest.slice(0, at)}***${rest.slice(end)}`, text);
}

function urlComponents(form: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) places.push(at);
  return places;
}

// Without the letters whose other case is longer, which would move what stands behind them.
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

// A macro alone is the same for every partner.
function holdsText(value: string): boolean {
  return tokenizeMacros(value).some(({ macro }) => macro === undefined);
}
