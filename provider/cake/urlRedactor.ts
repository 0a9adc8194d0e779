import { unescape as unescaped } from "node:querystring";
import { type Redact, redactor } from "../http/redact";
import { pieces } from "../postback/macros";
import { secretStretches } from "../postback/secrets";

/** Shorter values are in every message, and no secrets. */
const MIN_SECRET = 4;

/**
 * Takes a URL that was sent out of what CAKE says to it: whole, without its scheme, its part behind the host, and each
 * value that partners take for a secret, in every spelling.
 */
export function urlRedactor(url: string | undefined, redact: Redact): Redact {
  if (url === undefined) return redact;
  const bare = url.replace(/^[a-z]+:\/\//i, "");
  const found = secretStretches(url).map(({ at, end }) => url.slice(at, end));
  // A login is a name and a password.
  const secrets = found.flatMap((secret) => [secret, secret.slice(secret.indexOf(":") + 1)]);
  const forms = [
    url,
    bare,
    bare.replace(/^[^/?]*/, ""),
    ...secrets,
    ...secrets.map((secret) => unescaped(secret)),
  ];
  const ofUrl = redactor(forms.filter((form) => form.length >= MIN_SECRET && holdsText(form)));
  return (text) => ofUrl(redact(text));
}

// A macro alone is the same for every partner.
function holdsText(value: string): boolean {
  return pieces(value).some(({ macro }) => macro === undefined);
}
