import { findingsAt, holdsMarkup, type UrlComponent, urlComponents } from "../reading/reading";
import { type Meaning, meaningOf } from "../reading/vocabulary";
import { type Candidate, type Finding, PLACES, type UrlRule } from "./rule";

const foreignMacro: UrlRule = {
  id: "P01",
  name: "foreign-macro",
  title: "a macro of another platform",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE replaces only names between two hashes. It sends a macro of another platform unchanged, and the conversion matches no click.",
  source: 'CAKE article 5000546376 ("in its exact form"); mrpostback.com/cake',
  fix: "Write CAKE's macro: #price# for the payout, and usually #s2# for the click ID.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout={payout}",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: foreignMacros,
};

const placeholder: UrlRule = {
  id: "P02",
  name: "placeholder",
  title: "a placeholder of a template",
  severity: "error",
  runsIn: PLACES,
  why: "A text of the tracker's template was not replaced. The partner receives it unchanged.",
  source:
    "docs.bemob.com: such a URL is not tracked; doc.voluum.com, whose templates say REPLACE and OPTIONAL",
  fix: "Replace it with the value or the macro, or remove the parameter.",
  bad: "https://t.partner.net/pb?cid=REPLACE&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: placeholders,
};

/** The rules about texts that should have been replaced, and that CAKE sends unchanged. */
export const literalRules: readonly UrlRule[] = [foreignMacro, placeholder];

/**
 * The macros of other platforms. Brackets, underscores and names that may be an encoded letter count only as a complete
 * value or segment: `ids[a]=` and `%20off%20` are neither. Braces may also hold a GUID, which is not a macro.
 */
const FOREIGN = new RegExp(
  [
    /\$?(?:\{|%7B){1,3}(?![0-9a-f]{8}-)([\w.:|-]{1,60})(?:\}|%7D){1,3}/,
    /(?<=[=/])(?:\[|%5B)([a-z][\w-]{1,59})(?:\]|%5D)(?=[&/?#]|$)/,
    /%%?(?![0-9a-f]{2})([a-z]\w{1,39})%%?(?![0-9a-f]{2})/,
    /(?<==)%([a-z]\w{1,39})%(?=&|$)/,
    /(?<==)__([a-z]\w{1,38}[a-z0-9])__(?=&|$)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

function foreignMacros({ postbackUrl, clickIdSlot }: Candidate): Finding[] {
  const fixed = postbackUrl.replace(FOREIGN, (text, ...groups: unknown[]) => {
    const meaning = meaningOf(nameIn(groups), clickIdSlot);
    return meaning?.isSure ? `#${meaning.macro}#` : text;
  });
  return findingsAt(urlComponents(postbackUrl), ({ text }) =>
    [...text.matchAll(FOREIGN)].map(([quoted, ...groups]) =>
      foreignFinding(quoted, meaningOf(nameIn(groups), clickIdSlot), fixed),
    ),
  );
}

function foreignFinding(quoted: string, meaning: Meaning | undefined, fixed: string): Omit<Finding, "part"> {
  const what = "has a macro of another platform, which CAKE does not replace";
  if (meaning === undefined) return { what, quoted };
  if (!meaning.isSure) return { what: `${what}; the click ID is usually #${meaning.macro}#`, quoted };
  return { what: `${what}; CAKE's is #${meaning.macro}#`, quoted, fixed };
}

// Each spelling has its own group, and one of them has the name.
function nameIn(groups: readonly unknown[]): string {
  return String(groups.find((group) => typeof group === "string") ?? "");
}

// These count only as complete values or segments, and only in capitals: "optional" and "ENTERPRISE" may be values.
const CAPITALS =
  /^(?:REPLACE|OPTIONAL|PLACEHOLDER|TODO|TBD|(?:REPLACE|INSERT|ENTER|YOUR)[_-][A-Z0-9_-]{2,60}|(?:CLICK|SUB|TX|TRANSACTION)[_-]?ID)$/;
const ANY_CASE =
  /^(?:your[_-]?(?:click|sub|transaction|campaign|affiliate|network|tracking|security|api|token|secret|value|id)[\w-]{0,40}|(?:replace|change)[_-]?(?:me|this)|x{3,60}|\.{3}|…)$/i;
const IN_ANGLES = /<[\w .-]{1,60}>|%3C[\w.-]{1,60}%3E/i;
const YOUR_HOST =
  /(?:^|[.@])your[_-]?(?:own[_-]?|custom[_-]?)?(?:tracking[_-]?)?(?:domain|subdomain|tracker|host|server|site|company|network)(?=[.:]|$)/i;
/** The names of parameters in which "xxx" is a category of offers. */
const CATEGORY = /^(?:cat|category|vertical|niche|genre|tags?|kw|keywords?)$/i;

function placeholders({ postbackUrl }: Candidate): Finding[] {
  const what = "still has the placeholder of a template";
  const mayHoldAngles = holdsMarkup(postbackUrl);
  return findingsAt(urlComponents(postbackUrl), (component) =>
    holdsPlaceholder(component) || (!mayHoldAngles && IN_ANGLES.test(component.text))
      ? [{ what, quoted: component.value }]
      : [],
  );
}

function holdsPlaceholder({ kind, name, value }: UrlComponent): boolean {
  if (kind === "host") return YOUR_HOST.test(value);
  if (kind === "path") return value.split("/").some(isPlaceholder);
  return !CATEGORY.test(name) && isPlaceholder(value);
}

function isPlaceholder(text: string): boolean {
  return CAPITALS.test(text) || ANY_CASE.test(text);
}
