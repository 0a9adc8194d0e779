import { withEdits } from "../reading/edits";
import { holdsMarkup } from "../reading/markup";
import { isOneMacro, isUrlValue, type UrlComponent, type UrlReading } from "../reading/reading";
import { encodedAmpersand, gluedParameter } from "./lost/ampersand";
import { encodedEquals, lostEquals } from "./lost/equals";
import { holdsMacro, type Lost } from "./lost/lost";
import { lostQuestionMark } from "./lost/questionMark";
import { PLACES, type UrlRule } from "./rule";

/** P27: what follows a lost separator sticks to what precedes it. */
export const lostSeparator: UrlRule = {
  id: "P27",
  name: "lost-separator",
  title: "a lost separator",
  severity: "error",
  runsIn: PLACES,
  why: 'Without "?" there are no parameters. Without "&" the next parameter sticks to the value before it. Without "=" a value sticks to its name. The same happens if one is percent-encoded. The partner receives a click ID that it has never sent. Only a warning: where all that sticks together is fixed.',
  source: 'RFC 3986, section 3.4; two public templates that lost their "?"',
  fix: 'Write "?" before the first parameter, "&" before each other one, and "=" after each name.',
  bad: "https://t.partner.net/pb?cid=#s2#payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url) => {
    if (holdsMarkup(url.url)) return [];
    const isOnly = url.parameters.length === 1;
    const lost = [...lostQuestionMark(url), ...url.parameters.flatMap((part) => lostIn(part, isOnly))];
    const all = lost.length === 0 ? lookalikes(url) : lost;
    const edits = all.flatMap(({ edits = [] }) => edits);
    const fixed = edits.length === 0 ? "" : withEdits(url.url, edits);
    return all.map(({ edits: own, ...finding }) => (own === undefined ? finding : { ...finding, fixed }));
  },
};

function lostIn(part: UrlComponent, isOnly: boolean): readonly Lost[] {
  const { text, name, value } = part;
  if (!text.includes("=")) return lostEquals(part, isOnly);
  // Nearly all values are one macro or one plain text.
  if (isPlain(name) && (isPlain(value) || isOneMacro(part))) return [];
  if (holdsMacro(name)) {
    return [{ part, what: "has a macro in its name, because a separator is missing", quoted: text }];
  }
  if (isNested(value)) return [];
  return encodedEquals(part) ?? encodedAmpersand(part) ?? gluedParameter(part) ?? [];
}

function isPlain(text: string): boolean {
  return /^[\w.,~-]*$/.test(text);
}

// A complete URL or a JSON text as a value has separators of its own.
function isNested(value: string): boolean {
  return isUrlValue(value) || /^(?:[{[]|%7B|%5B)/i.test(value);
}

/** Characters that look like "&", "=" or "?": full-width and small. */
const LOOKALIKE = /[\uff06\uff1d\uff1f\ufe60\ufe66\ufe56]|%EF%BC%(?:86|9D|9F)/i;

function lookalikes({ components }: UrlReading): Lost[] {
  const what = "has a character that looks like a separator and is none";
  return components
    .filter(({ text }) => LOOKALIKE.test(text))
    .map((part) => ({ part, what, quoted: part.text }));
}
