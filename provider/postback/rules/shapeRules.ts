import { MACROS, macrosIn, tokenizeMacros } from "../macros";
import type { Candidate, Finding, RuleContext, UrlRule } from "./rule";
import { unmatchedHashes } from "./unmatchedHashes";
import {
  BLANK,
  findingsAt,
  holdsMarkup,
  isPixelCode,
  trimmed,
  urlComponents,
  urlParameters,
} from "./urlParameters";

const htmlEntity: UrlRule = {
  id: "P10",
  name: "html-entity",
  severity: "error",
  why: "Copied from a web page or an XML file, & becomes &amp;. The partner then receives a parameter that is called amp;payout, and none that is called payout.",
  source: "the URL standard: parameters are parted by & alone",
  fix: "Write & between the parameters.",
  bad: "https://t.partner.net/pb?cid=#s2#&amp;payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: htmlEntities,
};

const blank: UrlRule = {
  id: "P11",
  name: "blank",
  severity: "error",
  why: "Blanks, line breaks and invisible characters come along when a URL is copied. They become part of a value or make the call fail, and nobody sees them.",
  source: "the URL standard, which allows none of them; new URL() removes those around it without a word",
  fix: "Remove it, or write %20 where a blank is meant.",
  bad: " https://t.partner.net/pb?cid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: blanks,
};

const brokenQuery: UrlRule = {
  id: "P15",
  name: "broken-query",
  severity: "error",
  why: 'Parameters that were added by hand: after a second "?" they are part of the value before, and after a single "#" they are never sent. Warned of only: "&&", a name that stands twice, an empty value, and a whole URL as a value.',
  source: "RFC 3986, sections 3.4 and 3.5",
  fix: 'One "?" before the first parameter, one "&" before each other one, each name once, and no "#" but those of macros.',
  bad: "https://t.partner.net/pb?cid=#s2#?payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (candidate, context) => [
    ...secondQueries(candidate),
    ...fragments(candidate, context),
    ...looseEnds(candidate),
  ],
};

const longUrl: UrlRule = {
  id: "P21",
  name: "long-url",
  severity: "warning",
  why: "Servers and proxies cut off or refuse what is longer than about 2,000 characters, and macros grow when they are replaced: a sub id to 100 characters.",
  source: "help.claris.com on the usual limit; CAKE article 5000545788 on the length of sub ids",
  fix: "Leave out what the partner does not need.",
  bad: `https://t.partner.net/pb?cid=#s2#&payout=#price#&memo=${"0123456789".repeat(200)}`,
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#&memo=0123456789",
  find: lengths,
};

const wrongKind: UrlRule = {
  id: "P23",
  name: "wrong-kind",
  severity: "error",
  why: "A server-to-server postback (type 1) is a URL that CAKE calls: HTML is no address. What is warned of: the other types put something into the browser, which offers that are tracked by postbacks never reach.",
  source: "CAKE articles 5000546108 and 13000118735, which asks for a URL whatever the type",
  fix: "Give the URL alone, with type 1.",
  bad: '<img src="https://t.partner.net/pb?cid=#s2#&payout=#price#">',
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: kinds,
};

/** The rules about how a URL is written, whatever it says. */
export const shapeRules: readonly UrlRule[] = [htmlEntity, blank, brokenQuery, longUrl, wrongKind];

const AMPERSAND = /&(?:amp;|#38;|#x26;)+/gi;
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,6});/i;

function htmlEntities(candidate: Candidate): Finding[] {
  const { postbackUrl } = candidate;
  if (isPixelCode(candidate)) return [];
  const fixed = postbackUrl.replace(AMPERSAND, "&");
  const others = ENTITY.exec(fixed);
  return [
    ...(fixed === postbackUrl
      ? []
      : [{ part: "the URL", what: "holds &amp; where & is meant", quoted: "&amp;", fixed }]),
    ...(others === null
      ? []
      : [{ part: "the URL", what: "holds a character that is escaped for HTML", quoted: others[0] }]),
  ];
}

function blanks(candidate: Candidate): Finding[] {
  const { postbackUrl } = candidate;
  if (isPixelCode(candidate)) return [];
  const fixed = trimmed(postbackUrl);
  const inside = findingsAt(urlComponents(fixed), ({ text }) =>
    BLANK.test(text) ? [{ what: "holds a blank, a line break or an invisible character", quoted: text }] : [],
  );
  const around = { part: "the URL", what: "begins or ends with a blank or an invisible character" };
  if (fixed === postbackUrl) return inside;
  return [fixed === "" ? around : { ...around, fixed }, ...inside];
}

function secondQueries({ postbackUrl }: Candidate): Finding[] {
  return findingsAt(urlParameters(postbackUrl), ({ text, value }) => {
    if (!text.includes("?")) return [];
    return /^https?:/i.test(value)
      ? [{ what: 'is a whole URL whose "?" is not escaped', quoted: value, severity: "warning" as const }]
      : [{ what: 'holds a second "?"', quoted: text }];
  });
}

// What is left of a macro is another rule's.
function fragments(candidate: Candidate, { macros }: RuleContext): Finding[] {
  if (isPixelCode(candidate)) return [];
  const unmatched = unmatchedHashes(candidate.postbackUrl, macros).filter(({ isTorn }) => !isTorn);
  const quotedAt = new Map(unmatched.map(({ component, text }) => [component, text]));
  return findingsAt([...quotedAt.keys()], (component) => [
    {
      what: 'holds a "#" that belongs to no macro: what follows is never sent',
      quoted: quotedAt.get(component) ?? "",
    },
  ]);
}

function looseEnds({ postbackUrl }: Candidate): Finding[] {
  const parameters = urlParameters(postbackUrl);
  const values = new Map<string, string[]>();
  for (const { name, value } of parameters) {
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  const repetitions = new Map([...values].map(([name, all]) => [name, repeated(name, all)]));
  const severity = "warning";
  const doubled: Finding = { part: "the query", what: 'holds an empty parameter: "&&"', severity };
  return [
    ...(/[?&]&/.test(postbackUrl) ? [doubled] : []),
    ...findingsAt(parameters, ({ name }) => repetitions.get(name) ?? []),
    ...findingsAt(parameters, ({ text, value }) =>
      value === "" && text.endsWith("=") ? [{ what: "has no value", severity }] : [],
    ),
  ];
}

const MAX_URL_LENGTH = 2000;
// Sub ids are the only values whose limit is documented. The others are ids, amounts and addresses.
const MAX_VALUE_LENGTHS = new Map(MACROS.map(({ name }) => [name, /^s[2-5]$/.test(name) ? 100 : 50]));

function lengths({ postbackUrl }: Candidate): Finding[] {
  const part = "the URL";
  if (postbackUrl.length > MAX_URL_LENGTH) return [{ part, what: "is longer than 2,000 characters" }];
  const grown = tokenizeMacros(postbackUrl)
    .map(({ text, macro = "" }) => MAX_VALUE_LENGTHS.get(macro) ?? text.length)
    .reduce((sum, length) => sum + length, 0);
  const what = "may become longer than 2,000 characters when its macros are replaced";
  return grown > MAX_URL_LENGTH ? [{ part, what }] : [];
}

function kinds({ postbackUrl, postbackTypeId }: Candidate): Finding[] {
  if (postbackTypeId === undefined) return [];
  if (postbackTypeId === 1) {
    const what = "is HTML, and a server-to-server postback is a URL";
    return holdsMarkup(postbackUrl) ? [{ part: "the postback", what }] : [];
  }
  // An article asks for a URL with every type, so this may be what is wanted.
  const what = "is a bare URL of a type that needs the visitor's browser";
  return holdsMarkup(postbackUrl) ? [] : [{ part: "the postback", what, severity: "warning" }];
}

// Trackers take the first or the last: which value the partner books is then a matter of luck.
function repeated(name: string, values: readonly string[]): Omit<Finding, "part">[] {
  if (values.length < 2 || name === "" || name.endsWith("[]")) return [];
  const isCertain = new Set(values).size > 1 && values.some((value) => macrosIn(value).length > 0);
  return [
    isCertain
      ? { what: "stands more than once, with different values", severity: "error" }
      : { what: "stands more than once", severity: "warning" },
  ];
}
