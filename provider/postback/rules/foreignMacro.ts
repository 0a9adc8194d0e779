import { type ClickIdSlot, tokenizeMacros, type UrlToken } from "../macros";
import { withEdits } from "../reading/edits";
import { plainName, slotsAmong, type UrlComponent, type UrlReading } from "../reading/reading";
import { isKnownName, type Meaning, meaningOf, roleOfName } from "../reading/vocabulary";
import { rolesOf } from "../trackers/roles";
import { PLACES, type RuleFacts, type UrlFinding, type UrlRule } from "./rule";

/** P01: a macro of another platform. */
export const foreignMacro: UrlRule = {
  id: "P01",
  name: "foreign-macro",
  title: "a macro of another platform",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE replaces only names between two hashes. It sends a macro of another platform unchanged, and the conversion matches no click.",
  source: 'CAKE article 5000546376 ("in its exact form"); mrpostback.com/cake; the templates of 395 networks',
  fix: "Write CAKE's macro: #price# for the payout, and usually #s2# for the click ID.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout={payout}",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url, facts) => {
    const found = url.components.flatMap((part) => foreignIn(part).map((one) => ({ part, ...one })));
    return found.length === 0 ? [] : findings(url, facts, found);
  },
};

interface ForeignMacro {
  /** The macro with its brackets. */
  readonly text: string;
  readonly name: string;
}

type Placed = ForeignMacro & { readonly part: UrlComponent };

function findings(url: UrlReading, { clickIdSlot }: RuleFacts, found: readonly Placed[]): UrlFinding[] {
  const { clickIds } = rolesOf(url);
  const meant = found.map((one) => {
    const meaning = meaningOf(one.name, clickIdSlot);
    return { ...one, meaning, isSure: isSure(one, meaning, clickIds.includes(one.part), clickIdSlot) };
  });
  const edits = meant.flatMap(({ part, text, meaning, isSure }) => {
    const end = part.at + part.text.length;
    return isSure && meaning ? [{ at: end - text.length, end, text: `#${meaning.macro}#` }] : [];
  });
  const fixed = edits.length === 0 ? "" : withEdits(url.url, edits);
  return meant.map(({ part, text, meaning, isSure }) => ({
    ...{ part, what: described(meaning), quoted: text },
    ...(isSure ? { fixed } : {}),
  }));
}

// A macro within a longer value, or one whose meaning does not fit the parameter, may be meant otherwise.
function isSure(
  { part: { value, plain, kind }, text, name }: Placed,
  meaning: Meaning | undefined,
  isClickId: boolean,
  clickIdSlot: ClickIdSlot | undefined,
): boolean {
  if (meaning === undefined || !meaning.isSure || kind !== "parameter" || text !== value) return false;
  const { macro } = meaning;
  if (isClickId) return slotsAmong([macro]).length > 0 && macro === (clickIdSlot ?? name);
  const role = roleOfName(plain);
  if (role === "currency" || role === "status") return false;
  return role !== "amount" || macro === "price";
}

function described(meaning: Meaning | undefined): string {
  const what = "has a macro of another platform, which CAKE does not replace";
  if (meaning === undefined) return what;
  return meaning.isSure
    ? `${what}; CAKE's is #${meaning.macro}#`
    : `${what}; the click ID is usually #${meaning.macro}#`;
}

/** What a component must have at least one of. Nearly all have none, and then no pattern is tried. */
const SIGN = /[{}[\]<>$@~|^*!:(]|%[^23]|%%|%$|xx|__|--/i;

/** The macros of other platforms in a component. */
export function foreignIn({ kind, text, value }: UrlComponent): ForeignMacro[] {
  if (!SIGN.test(text)) return [];
  const anywhere = [...text.matchAll(ANYWHERE)].map(([whole, ...groups]) => ({
    text: whole,
    name: groups.find((group) => group !== undefined) ?? "",
  }));
  if (anywhere.length > 0 || kind === "host") return anywhere;
  // Another macro or a comma may stand beside it.
  const pieces = kind === "path" ? value.split("/") : tokenizeMacros(value).flatMap(literalsIn);
  return pieces.flatMap((one) => completeMacro(one) ?? []);
}

function literalsIn({ text, macro }: UrlToken): string[] {
  return macro === undefined ? text.split(",") : [];
}

/** Brackets that nobody writes for another reason. Braces may hold a GUID or JSON, which are not macros. */
const ANYWHERE = new RegExp(
  [
    /\$?(?:\{|%7B){1,3}(?![0-9a-f]{8}-)[$!=@]{0,2}\s?([a-z0-9][^{}&?#"<>\n]{0,60}?)[!=]?(?:\}|%7D){1,3}/,
    /(?:\[|%5B){2,3}([\w.-]{1,60})(?:\]|%5D){2,3}/,
    /\[=([\w.-]{1,60})=\]/,
    /<[%?]=?\s?\$?(\w{1,60})\s?[%?]>/,
    /\$_(?:GET|POST|REQUEST)\[['"]?(\w{1,60})['"]?\]/,
    /%%([a-z]\w{1,39})%%/,
    /%(?![0-9a-f]{2})([a-z]\w{1,39})%(?![0-9a-f]{2})/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

/** A word between signs that mirror each other: `[x]`, `$x$`, `--x--`, `*|x|*`. Quotation marks have another rule. */
const MIRRORED =
  /^(?<open>%5B|%24|%7C|__|xx|[^\w\s.,;"'`#?&/+<>]{1,3})(?<name>[a-z0-9][\w.: -]{0,60}?)(?<close>%5D|%24|%7C|__|xx|[^\w\s.,;"'`#?&/+<>]{1,3})$/i;
const CLOSES: Readonly<Record<string, string>> = {
  ...{ "[": "]", "(": ")", "{": "}" },
  ...{ "%5b": "%5d" },
};
/** A sign before a name: `:clickid`, `$clickid`, `@clickid`. */
const PREFIXED = /^(?:[$:@~^]|%24|%3A|%40)(?<name>[a-z]\w{1,39})$/i;
/** The placeholders of printf. */
const PRINTF = /^%[sdfiu]$/;

function completeMacro(text: string): ForeignMacro | undefined {
  if (PRINTF.test(text)) return { text, name: "" };
  const { open = "", name = "", close = "" } = MIRRORED.exec(text)?.groups ?? {};
  if (name !== "" && closes(open.toLowerCase(), close.toLowerCase())) {
    return isMacroBetween(open, name) ? { text, name } : undefined;
  }
  const prefixed = PREFIXED.exec(text)?.groups?.name;
  return prefixed !== undefined && isKnownName(plainName(prefixed)) ? { text, name: prefixed } : undefined;
}

function closes(open: string, close: string): boolean {
  if (open in CLOSES) return CLOSES[open] === close;
  return (
    [...open]
      .reverse()
      .map((sign) => CLOSES[sign] ?? sign)
      .join("") === close
  );
}

// Signs that also stand around plain words need a name that platforms use.
function isMacroBetween(open: string, name: string): boolean {
  if (/^(?:\[|%5B|%24|\$|__|--)/i.test(open)) return /^[a-z]/i.test(name);
  if (/^xx$/i.test(open)) return !/^x+$/i.test(name);
  return open !== "-" && open !== ":" && isKnownName(plainName(name));
}
