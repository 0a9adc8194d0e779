import { tokenizeMacros } from "../macros";
import { holdsMarkup } from "../reading/markup";
import {
  continuesSlot,
  isOneMacro,
  isUrlValue,
  slotsAmong,
  type UrlComponent,
  type UrlReading,
} from "../reading/reading";
import { roleOfName } from "../reading/vocabulary";
import { rolesOf } from "../trackers/roles";
import { PLACES, type UrlFinding, type UrlRule } from "./rule";

/** P28: characters beside a macro that become part of the value. */
export const textBesideMacro: UrlRule = {
  id: "P28",
  name: "text-beside-macro",
  title: "characters beside a macro",
  severity: "error",
  runsIn: PLACES,
  why: "Quotation marks, brackets and the punctuation of a sentence come along when a URL is copied. They become part of the value, and the partner finds no such click. Only warnings: other text beside the click ID, which a few partners want, and quotation marks around a fixed value.",
  source: "RFC 3986, section 3.4: all characters between = and & are the value",
  fix: "Let the macro stand alone.",
  bad: 'https://t.partner.net/pb?cid="#s2#"&payout=#price#',
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url) => {
    if (holdsMarkup(url.url)) return [];
    const clickIds = new Set(rolesOf(url).clickIds);
    return [
      ...url.parameters.flatMap((part) => beside(part, clickIds.has(part))),
      ...besideInPath(url),
      ...behindUrl(url),
    ];
  },
};

const QUOTE =
  /["'`\u00b4\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]|%(?:22|27|60|C2%(?:B4|AB|BB)|E2%80%(?:98|99|9A|9C|9D|9E))/i;
const MARKS =
  /^(?:["'`\u00b4\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb()[\]{}<>.,;:!?*|\\/^~+\-_=@\u2026]|%(?:0[0-9A-F]|2[0-9A-F]|3[A-F]|40|5[B-F]|60|7[B-E]|C2%(?:A0|B4|AB|BB)|E2%80%(?:8[B-F]|98|99|9A|9C|9D|9E)|EF%BB%BF)){1,8}$/i;

function beside(part: UrlComponent, isClickId: boolean): UrlFinding[] {
  const { value, macros, text } = part;
  if (macros.length === 0) return quoted(part);
  if (isOneMacro(part)) return [];
  if (isJson(value) || isNested(value)) return [];
  const tokens = tokenizeMacros(value);
  const around = [tokens[0], tokens.at(-1)].flatMap((one) =>
    one?.macro === undefined && one ? [one.text] : [],
  );
  const literals = tokens.flatMap((one) => (one.macro === undefined ? [one.text] : []));
  const what = "has characters beside the macro that the partner receives as part of the value";
  const isAmount = roleOfName(part.plain) === "amount";
  const isMarked = around.some((one) => MARKS.test(one) && !isElsewhere(one, isAmount));
  const isQuoted = literals.some((one) => QUOTE.test(one));
  if (isMarked || isQuoted) {
    // Other values may be lists or sentences.
    const isOne = isClickId || isAmount || roleOfName(part.plain) === "transactionId";
    if (isOne || isQuoted) return [{ part, what, quoted: text }];
    return macros.length > 1 ? [] : [{ part, what, quoted: text, severity: "warning" }];
  }
  if (tokens.some(({ macro }, index) => macro !== undefined && tokens[index + 1]?.macro === macro)) {
    return [{ part, what: "has the same macro twice", quoted: text }];
  }
  if (!isClickId || slotsAmong(macros).length === 0 || isOneClickId(macros, literals)) return [];
  return [{ part, what: "has more than the click ID", quoted: text, severity: "warning" }];
}

// A long click ID fills two sub IDs. Other rules find what is left of a parameter, of a macro or of another platform.
function isOneClickId(macros: readonly string[], literals: readonly string[]): boolean {
  const [, ...more] = macros;
  const isChain = more.every((macro, index) => continuesSlot(macros[index] ?? "", macro));
  return literals.length === 0 ? isChain : literals.some((one) => /[=#]/.test(one));
}

// Other rules find a currency beside an amount, and a doubled "=".
function isElsewhere(text: string, isAmount: boolean): boolean {
  return /^=+$/.test(text) || (isAmount && /^%24$/.test(text));
}

function isJson(value: string): boolean {
  return /^(?:[{[]|%7B|%5B){1,2}\s*(?:"|%22)/i.test(value);
}

function quoted(part: UrlComponent): UrlFinding[] {
  const first = part.value.slice(0, 9);
  const isQuoted =
    QUOTE.exec(first)?.index === 0 && QUOTE.test(part.value.slice(-9)) && part.value.length > 2;
  const what = "has quotation marks around its value, which the partner receives with it";
  return isQuoted ? [{ part, what, quoted: part.text, severity: "warning" }] : [];
}

function besideInPath({ path, parameters }: UrlReading): UrlFinding[] {
  if (path.macros.length === 0) return [];
  const ends = parameters.length === 0 && /#[.,;:!]{1,4}$/.test(path.text);
  const isQuoted = path.text.split("/").some((segment) => segment.includes("#") && QUOTE.test(segment));
  const what = "has characters beside the macro that the partner receives as part of the value";
  return ends || isQuoted ? [{ part: path, what, quoted: path.text }] : [];
}

// A URL or a path as a value has signs of its own.
function isNested(value: string): boolean {
  return isUrlValue(value) || value.startsWith("/");
}

/** The punctuation of the sentence in which a URL stood. */
const BEHIND = /(?:[.,;:"'`\u2018\u2019\u201c\u201d\u2026)\]}>]|%(?:22|27|29|5D|7D|3E)){1,3}$/i;
const OPENS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{", ">": "<" };

// Behind a macro, it has been found already.
function behindUrl({ text, path, parameters }: UrlReading): UrlFinding[] {
  const part = parameters.at(-1) ?? path;
  const end = BEHIND.exec(text.slice(-9))?.[0] ?? "";
  if (
    end === "" ||
    isJson(part.value) ||
    isSentence(part.value) ||
    isElsewhereFound(part.text) ||
    part.text.endsWith(`#${end}`) ||
    isBalanced(part.text, end)
  )
    return [];
  return [{ part, what: "ends with the punctuation of a sentence", quoted: part.text, severity: "warning" }];
}

// "Acme Inc." and "(sale)" end like this on purpose.
function isSentence(value: string): boolean {
  return /%20|[+ ]|^(?:%22|["'])/i.test(value);
}

// An entity, a macro of another platform, and a URL in quotation marks have their own rules.
function isElsewhereFound(text: string): boolean {
  return /&?#?\w{1,8};$|(?:\}|%7D|\]|>)$/i.test(text) && /[&{[<]|^#|%7B|^(?:quot|lt|gt|amp|#)/i.test(text);
}

function isBalanced(text: string, end: string): boolean {
  const open = OPENS[end.charAt(0)];
  return open !== undefined && text.includes(open);
}
