import { plainName, type UrlComponent } from "../../reading/reading";
import { isKnownName, roleOfName } from "../../reading/vocabulary";
import { beginningsOf, holdsMacro, type Lost } from "./lost";

const ENCODED = "%(?:25){0,2}3D|\uff1d";
const BEFORE_MACRO = new RegExp(
  `^(?<name>[A-Za-z_]\\w{0,39}(?:[.-]\\w{1,40}){0,5})(?<mark>${ENCODED}|[^\\w#=;&]{1,2})?#`,
  "i",
);

/**
 * A parameter without "=".
 *
 * @param isOnly Whether it is the only one. A receiver may then take the query as one value: `?#s2#`.
 */
export function lostEquals(part: UrlComponent, isOnly: boolean): Lost[] {
  const { text, at } = part;
  const finding = { part, what: 'has no "=", so the value sticks to the name', quoted: text };
  // What follows the name may be a secret, so it is not quoted.
  if (!holdsMacro(text)) return isGluedName(text) ? [{ part, what: finding.what, severity: "warning" }] : [];
  // Tradedoubler has values in brackets: ?organization(1)tduid(#s2#).
  if (IN_BRACKETS.test(text) || (isOnly && /^#\w+#$/.test(text))) return [];
  const { name, mark = "" } = BEFORE_MACRO.exec(text)?.groups ?? {};
  // In offer-#oid# the sign may belong to the value.
  if (name === undefined || /^[-.]/.test(mark)) return [finding];
  const valueAt = at + name.length;
  return [{ ...finding, edits: [{ at: valueAt, end: valueAt + mark.length, text: "=" }] }];
}

/** A percent-encoded "=" before another one. */
export function encodedEquals(part: UrlComponent): Lost[] | undefined {
  const isEncoded = ENCODED_IN_NAME.test(part.name);
  return isEncoded ? [{ part, what: 'has a percent-encoded "="', quoted: part.text }] : undefined;
}

const ENCODED_IN_NAME = new RegExp(`^[^=]{1,40}?(?:${ENCODED})`, "i");
const IN_BRACKETS = /^\w{1,40}\([^()]{0,100}\)(?:\w{1,40}\([^()]{0,100}\)){0,50}$/;
const MAX_LENGTH = 80;

// statusapproved, currency:USD, sale%3D1. A name alone, such as "pixel", may be meant.
function isGluedName(text: string): boolean {
  // Other rules find an entity and a macro of another platform.
  if (text.length > MAX_LENGTH || /;|^\W.*\W$/.test(text) || IN_BRACKETS.test(text)) return false;
  // A route may be the query: index.php?/postback/track.
  if (/^[\w./-]*\/[\w./-]*$/.test(text)) return false;
  if (/[^\w.[\]-]/.test(text)) return true;
  const [, word = "", sign = ""] = /^([A-Za-z_]{2,40})([-.\d]?)/.exec(text) ?? [];
  if (sign !== "" && isKnownName(plainName(word))) return true;
  return beginningsOf(plainName(word)).some((name) => roleOfName(name) !== undefined);
}
