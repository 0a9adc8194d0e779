import { tokenizeMacros } from "../macros";
import { type Edit, withEdits } from "../reading/edits";
import { holdsMarkup } from "../reading/markup";
import { plainName, type UrlComponent, type UrlReading } from "../reading/reading";
import { isKnownName } from "../reading/vocabulary";
import { PLACES, type UrlFinding, type UrlRule } from "./rule";

/** P27: what follows a lost separator sticks to what precedes it. */
export const lostSeparator: UrlRule = {
  id: "P27",
  name: "lost-separator",
  title: "a lost separator",
  severity: "error",
  runsIn: PLACES,
  why: 'Without "?" there are no parameters, without "&" the next parameter sticks to the value before it, and without "=" a value sticks to its name. The same happens if one is percent-encoded. The partner receives a click ID that it has never sent.',
  source: 'RFC 3986, section 3.4; two public templates that lost their "?"',
  fix: 'Write "?" before the first parameter, "&" before each other one, and "=" after each name.',
  bad: "https://t.partner.net/pb?cid=#s2#payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url) => {
    if (holdsMarkup(url.url)) return [];
    const lost = [...lostQuestionMark(url), ...url.parameters.flatMap(lostIn)];
    const edits = lost.flatMap(({ edit }) => edit ?? []);
    const fixed = edits.length === 0 ? "" : withEdits(url.url, edits);
    return lost.map(({ edit, ...finding }) => (edit === undefined ? finding : { ...finding, fixed }));
  },
};

/** Something that was lost, and how to put it back if that is certain. */
interface Lost extends UrlFinding {
  readonly edit?: Edit;
}

const NAME = "[A-Za-z_][\\w.-]{0,39}";
const IN_PATH = new RegExp(`(?<mark>[&;\uff06\uff1f]|%26|%3F|/)(?<name>${NAME})(?<equals>=|%3D|\uff1d)`, "i");

function lostQuestionMark(url: UrlReading): Lost[] {
  const part = url.path.text === "" ? url.host : url.path;
  const match = part.text.length < MAX_PATH ? IN_PATH.exec(part.text) : null;
  if (match === null) return url.hasQuery ? [] : withoutSigns(part);
  const { mark = "", name = "", equals } = match.groups ?? {};
  // A path may have pairs of its own before its query: /id=5/pb?cid=#s2#.
  if (/[/;]/.test(mark) && (url.hasQuery || !isParameter(part.text.slice(match.index), name))) return [];
  const at = part.at + match.index;
  const edit = { at, end: at + mark.length, text: mark === "/" ? "/?" : "?" };
  const what = 'has parameters without a "?" before them, so it has no parameters at all';
  return [{ part, what, quoted: part.text, ...(equals === "=" && !url.hasQuery ? { edit } : {}) }];
}

// Another rule finds a path of this length.
const MAX_PATH = 2000;

// In a path, a pair is a parameter if a macro or another one follows.
function isParameter(rest: string, name: string): boolean {
  return rest.includes("&") || rest.includes("#") || isKnownName(plainName(name));
}

// /pb&cid#s2#&payout#price#
function withoutSigns(part: UrlComponent): Lost[] {
  const isBare = part.macros.length > 0 && /&[A-Za-z_]/.test(part.text);
  const what = 'has parameters without "?" and "=", so it has no parameters at all';
  return isBare ? [{ part, what, quoted: part.text }] : [];
}

function lostIn(part: UrlComponent): readonly Lost[] {
  const { text, name, value, macros } = part;
  // Nearly all values are one macro or one plain text.
  if (name !== "" && isPlain(name) && (isPlain(value) || isMacro(value, macros)) && text.includes("="))
    return [];
  if (!text.includes("=")) return lostEquals(part);
  if (holdsMacro(name)) {
    return [{ part, what: "has a macro in its name, because a separator is missing", quoted: text }];
  }
  if (isNested(value)) return [];
  return encoded(part) ?? glued(part) ?? [];
}

function isPlain(text: string): boolean {
  return /^[\w.,~-]*$/.test(text);
}

function isMacro(value: string, [macro, ...more]: readonly string[]): boolean {
  return macro !== undefined && more.length === 0 && value.length === macro.length + 2;
}

function holdsMacro(text: string): boolean {
  return text.includes("#") && tokenizeMacros(text).some(({ macro }) => macro !== undefined);
}

// A complete URL or a JSON text as a value has separators of its own.
function isNested(value: string): boolean {
  return /^(?:https?(?::|%3A)|[{[]|%7B|%5B)/i.test(value);
}

const WITHOUT_EQUALS = new RegExp(`^(?<name>${NAME})(?<mark>%3D|\uff1d|:)?#`, "i");

function lostEquals(part: UrlComponent): Lost[] {
  const { text, at } = part;
  const finding = { part, what: 'has no "=", so the value sticks to the name', quoted: text };
  if (!holdsMacro(text)) {
    const name = plainName(text.slice(0, MAX_NAME).replace(/(?:%3D|\d).*$/i, ""));
    const isGlued = /\d|%3D/i.test(text.slice(0, MAX_NAME)) && isKnownName(name);
    return isGlued ? [{ ...finding, severity: "warning" }] : [];
  }
  // A receiver may take the query as one value: ?#s2#.
  if (/^#\w+#$/.test(text)) return [];
  const { name, mark = "" } = WITHOUT_EQUALS.exec(text)?.groups ?? {};
  if (name === undefined) return [finding];
  const valueAt = at + name.length;
  return [{ ...finding, edit: { at: valueAt, end: valueAt + mark.length, text: "=" } }];
}

const MAX_NAME = 80;
const STARTS_WITH_PAIR = new RegExp(`^${NAME}%3D`, "i");
const ENCODED = new RegExp(`(?<mark>(?:%(?:25)?26|\uff06)(?:amp;)?)${NAME}(?<equals>=|%3D)`, "i");

function encoded(part: UrlComponent): Lost[] | undefined {
  const { text, name, at } = part;
  if (!/[%\uff06\uff1d]/.test(text)) return undefined;
  if (/^[^=]{1,40}(?:%3D|\uff1d)/i.test(name)) {
    return [{ part, what: 'has a percent-encoded "="', quoted: text }];
  }
  const match = ENCODED.exec(text);
  // A receiver may take a complete query as one value: data=cid%3D#s2#%26payout%3D#price#.
  if (match === null || STARTS_WITH_PAIR.test(part.value)) return undefined;
  const { mark = "", equals } = match.groups ?? {};
  const markAt = at + match.index;
  const edit = { at: markAt, end: markAt + mark.length, text: "&" };
  const what = 'has a percent-encoded "&", so the next parameter is part of its value';
  return [{ part, what, quoted: text, ...(equals === "=" ? { edit } : {}) }];
}

const GLUED = new RegExp(`(?<before>.?)(?<name>${NAME})=(?!$)`);
/** What people write between two parameters in place of "&". */
const OTHER_SEPARATOR = /^[;,|+/\\]$/;

function glued(part: UrlComponent): Lost[] | undefined {
  const { value, text, macros, at } = part;
  const match = value.includes("=") ? GLUED.exec(value) : null;
  if (match === null) return gluedWithoutEquals(part);
  const { before = "", name = "" } = match.groups ?? {};
  // Another rule finds a second "?".
  if (before === "?" || (macros.length === 0 && !isKnownName(plainName(name)))) return undefined;
  const nameAt = at + text.length - value.length + match.index + before.length;
  const isSeparated = OTHER_SEPARATOR.test(before) && value.charAt(match.index - 1) === "#";
  const edit = { at: isSeparated ? nameAt - 1 : nameAt, end: nameAt, text: "&" };
  const what = "has the next parameter in its value, because the separator is missing";
  return [{ part, what, quoted: text, ...(before === "#" || isSeparated ? { edit } : {}) }];
}

// cid=#s2#payout#price#, cid=#s2##price#
function gluedWithoutEquals(part: UrlComponent): Lost[] | undefined {
  const tokens = tokenizeMacros(part.value);
  const isGlued = tokens.some(({ text, macro }, index) => {
    if (macro === undefined)
      return index > 0 && /^[A-Za-z_]{2,40}$/.test(text) && isKnownName(plainName(text));
    const next = tokens[index + 1]?.macro;
    return next !== undefined && next !== macro && isMoneyOrClick(macro, next) && !continues(macro, next);
  });
  return isGlued ? [{ part, what: "has two values that stick together", quoted: part.text }] : undefined;
}

function isMoneyOrClick(...names: readonly string[]): boolean {
  return names.some((name) => name === "price" || /^s[1-5]$/.test(name));
}

// A long click ID fills two sub IDs: #s2##s3#.
function continues(macro: string, next: string): boolean {
  return /^s\d$/.test(macro) && next === `s${Number(macro.slice(1)) + 1}`;
}
