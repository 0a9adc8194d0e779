import { tokenizeMacros } from "../../macros";
import type { Edit } from "../../reading/edits";
import { continuesSlot, plainName, slotsAmong, type UrlComponent } from "../../reading/reading";
import { isKnownName } from "../../reading/vocabulary";
import { endsOf, type Lost, NAME } from "./lost";

const STARTS_WITH_PAIR = new RegExp(`^${NAME}%3D`, "i");
const ENCODED =
  /(?<mark>(?:%(?:25){0,2}26|\\u0026|\uff06)(?:amp;)?)[A-Za-z_][\w.[\]-]{0,39}(?<equals>=|%(?:25){0,2}3D|\uff1d|$)/gi;

/** A percent-encoded "&", which does not end the value. */
export function encodedAmpersand(part: UrlComponent): Lost[] | undefined {
  const { text, value, at } = part;
  const all = [...text.matchAll(ENCODED)];
  // A receiver may take a complete query as one value: data=cid%3D#s2#%26payout%3D#price#.
  if (all.length === 0 || STARTS_WITH_PAIR.test(value)) return undefined;
  // "Tom%26Jerry" may be a value.
  const found = all.filter(({ index, groups }) => groups?.equals !== "" || text.charAt(index - 1) === "#");
  if (found.length === 0) return undefined;
  const edits = found.map(({ index, groups }) => {
    const markAt = at + index;
    return { at: markAt, end: markAt + (groups?.mark?.length ?? 0), text: "&" };
  });
  const isCertain = found.every(({ groups }) => groups?.equals === "=");
  const what = 'has a percent-encoded "&", so the next parameter is part of its value';
  return [{ part, what, quoted: text, ...(isCertain ? { edits } : {}) }];
}

const PAIR = new RegExp(`(?<before>.?)(?<name>${NAME})=(?!=*$)`, "g");
/** What people write between two parameters in place of "&". */
const OTHER_SEPARATOR = /^[;,|+/\\]$/;

/** Another parameter in the value, because "&" is missing or is another sign. */
export function gluedParameter(part: UrlComponent): Lost[] | undefined {
  const { value, text, macros, at } = part;
  const [first, ...more] = value.includes("=") ? value.matchAll(PAIR) : [];
  if (first === undefined) return macros.length === 0 ? undefined : gluedMacros(part);
  const { before = "", name = "" } = first.groups ?? {};
  // Another rule finds a second "?".
  if (before === "?") return undefined;
  if (macros.length === 0) return gluedFixed(part, before, name);
  const valueAt = at + text.length - value.length;
  const edits = [first, ...more].flatMap(({ index, groups }) => separated(value, index, groups) ?? []);
  const what = "has the next parameter in its value, because the separator is missing";
  const isCertain = edits.length === more.length + 1;
  return [
    { part, what, quoted: text, ...(isCertain ? { edits: edits.map((one) => moved(one, valueAt)) } : {}) },
  ];
}

// It is certain where the next name begins if a macro ends before it.
function separated(
  value: string,
  index: number,
  groups: Record<string, string> | undefined,
): Edit | undefined {
  const { before = "" } = groups ?? {};
  const at = index + before.length;
  if (before === "#") return endsWithMacro(value.slice(0, at)) ? { at, end: at, text: "&" } : undefined;
  const isSeparated = OTHER_SEPARATOR.test(before) && endsWithMacro(value.slice(0, index));
  return isSeparated ? { at: index, end: at, text: "&" } : undefined;
}

// A hash alone may be left of a fragment.
function endsWithMacro(text: string): boolean {
  return /(?:^|[^#])#\w{1,40}#$/.test(text.slice(-60));
}

function moved({ at, end, text }: Edit, by: number): Edit {
  return { at: at + by, end: end + by, text };
}

// status=approvedcurrency=USD, o=1234*e=56
function gluedFixed(part: UrlComponent, before: string, name: string): Lost[] | undefined {
  const plain = plainName(name);
  const isSeparated = /[^\w.~-]/.test(before);
  if (!isSeparated && !isKnownName(plain) && !endsOf(plain).some(isKnownName)) return undefined;
  const what = "may have the next parameter in its value, because the separator is missing";
  return [{ part, what, quoted: part.text, severity: "warning" }];
}

// cid=#s2#payout#price#, cid=#s2##price#
function gluedMacros(part: UrlComponent): Lost[] | undefined {
  const tokens = tokenizeMacros(part.value);
  const isGlued = tokens.some(({ text, macro }, index) => {
    if (macro === undefined) return index > 0 && isNameOfParameter(text);
    const next = tokens[index + 1]?.macro;
    return next !== undefined && next !== macro && isMoneyOrClick(macro, next) && !continuesSlot(macro, next);
  });
  return isGlued ? [{ part, what: "has two values that stick together", quoted: part.text }] : undefined;
}

function isNameOfParameter(text: string): boolean {
  return /^[A-Za-z_]{2,40}$/.test(text) && isKnownName(plainName(text));
}

function isMoneyOrClick(...names: readonly string[]): boolean {
  return names.includes("price") || slotsAmong(names).length > 0;
}
