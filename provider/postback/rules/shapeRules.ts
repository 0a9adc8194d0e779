import { MACROS, macrosIn, tokenizeMacros } from "../macros";
import {
  BLANK,
  findingsAt,
  holdsMarkup,
  isPixelCode,
  trimmed,
  urlComponents,
  urlParameters,
} from "../reading/reading";
import { unmatchedHashes } from "../reading/unmatchedHashes";
import { type Candidate, type Finding, PLACES, type RuleContext, type UrlRule } from "./rule";

const htmlEntity: UrlRule = {
  id: "P10",
  name: "html-entity",
  title: "a character that is escaped for HTML",
  severity: "error",
  runsIn: PLACES,
  why: "In a web page or an XML file, & is written as &amp;. If that is copied, the partner receives a parameter named amp;payout, and none named payout.",
  source: "the URL standard: only & separates parameters",
  fix: "Write & between the parameters.",
  bad: "https://t.partner.net/pb?cid=#s2#&amp;payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: htmlEntities,
};

const blank: UrlRule = {
  id: "P11",
  name: "blank",
  title: "a space or an invisible character",
  severity: "error",
  runsIn: PLACES,
  why: "When a URL is copied, spaces, line breaks and invisible characters may come with it. They become part of a value or make the call fail, and nobody sees them.",
  source: "the URL standard, which allows none of them; new URL() silently removes those around the URL",
  fix: "Remove it, or write %20 for a space.",
  bad: " https://t.partner.net/pb?cid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: blanks,
};

const brokenQuery: UrlRule = {
  id: "P15",
  name: "broken-query",
  title: "a doubled or misplaced separator",
  severity: "error",
  runsIn: PLACES,
  why: 'Parameters that were added by hand: after a second "?" they are part of the value before it, and after a single "#" they are never sent. Only warnings: "&&", a repeated name, an empty value, and a complete URL as a value.',
  source: "RFC 3986, sections 3.4 and 3.5",
  fix: 'Write "?" before the first parameter, "&" before each other one, each name once, and "#" only around macros.',
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
  title: "too many characters",
  severity: "warning",
  runsIn: PLACES,
  why: "Servers and proxies cut or refuse URLs of more than about 2,000 characters. Macros grow when they are replaced: a sub ID has up to 100 characters.",
  source: "help.claris.com on the usual limit; CAKE article 5000545788 on the length of sub IDs",
  fix: "Remove what the partner does not need.",
  bad: `https://t.partner.net/pb?cid=#s2#&payout=#price#&memo=${"0123456789".repeat(200)}`,
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#&memo=0123456789",
  find: lengths,
};

const wrongKind: UrlRule = {
  id: "P23",
  name: "wrong-kind",
  title: "HTML, or the wrong type",
  severity: "error",
  runsIn: PLACES,
  why: "A server-to-server postback (type 1) is a URL that CAKE calls, so it cannot be HTML. Only a warning: the other types need the visitor's browser, which offers with postback tracking never use.",
  source: "CAKE articles 5000546108 and 13000118735, which asks for a URL whatever the type",
  fix: "Use the URL alone, with type 1.",
  bad: '<img src="https://t.partner.net/pb?cid=#s2#&payout=#price#">',
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: kinds,
};

/** The rules about how a URL is written. */
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
      : [{ part: "the URL", what: "has &amp; instead of &", quoted: "&amp;", fixed }]),
    ...(others === null
      ? []
      : [{ part: "the URL", what: "has a character that is escaped for HTML", quoted: others[0] }]),
  ];
}

function blanks(candidate: Candidate): Finding[] {
  const { postbackUrl } = candidate;
  if (isPixelCode(candidate)) return [];
  const fixed = trimmed(postbackUrl);
  const inside = findingsAt(urlComponents(fixed), ({ text }) =>
    BLANK.test(text) ? [{ what: "has a space, a line break or an invisible character", quoted: text }] : [],
  );
  const around = { part: "the URL", what: "begins or ends with a space or an invisible character" };
  if (fixed === postbackUrl) return inside;
  return [fixed === "" ? around : { ...around, fixed }, ...inside];
}

function secondQueries({ postbackUrl }: Candidate): Finding[] {
  return findingsAt(urlParameters(postbackUrl), ({ text, value }) => {
    if (!text.includes("?")) return [];
    return /^https?:/i.test(value)
      ? [
          {
            what: 'is a complete URL whose "?" is not percent-encoded',
            quoted: value,
            severity: "warning" as const,
          },
        ]
      : [{ what: 'has a second "?"', quoted: text }];
  });
}

// Another rule finds what is left of a macro.
function fragments(candidate: Candidate, { macros }: RuleContext): Finding[] {
  if (isPixelCode(candidate)) return [];
  const unmatched = unmatchedHashes(candidate.postbackUrl, macros).filter(({ isTorn }) => !isTorn);
  const quotedAt = new Map(unmatched.map(({ component, text }) => [component, text]));
  return findingsAt([...quotedAt.keys()], (component) => [
    {
      what: 'has a "#" that belongs to no macro: what follows is never sent',
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
  const doubled: Finding = { part: "the query", what: 'has an empty parameter: "&&"', severity };
  return [
    ...(/[?&]&/.test(postbackUrl) ? [doubled] : []),
    ...findingsAt(parameters, ({ name }) => repetitions.get(name) ?? []),
    ...findingsAt(parameters, ({ text, value }) =>
      value === "" && text.endsWith("=") ? [{ what: "has no value", severity }] : [],
    ),
  ];
}

const MAX_URL_LENGTH = 2000;
// Only the limit of sub IDs is documented. The other values are IDs, amounts and addresses.
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
    const what = "is HTML, and a server-to-server postback must be a URL";
    return holdsMarkup(postbackUrl) ? [{ part: "the postback", what }] : [];
  }
  // An article asks for a URL with every type, so this may be intended.
  const what = "is a bare URL of a type that needs the visitor's browser";
  return holdsMarkup(postbackUrl) ? [] : [{ part: "the postback", what, severity: "warning" }];
}

// Some trackers take the first value and some the last, so which one the partner books is unknown.
function repeated(name: string, values: readonly string[]): Omit<Finding, "part">[] {
  if (values.length < 2 || name === "" || name.endsWith("[]")) return [];
  const isCertain = new Set(values).size > 1 && values.some((value) => macrosIn(value).length > 0);
  return [
    isCertain
      ? { what: "is repeated with different values", severity: "error" }
      : { what: "is repeated", severity: "warning" },
  ];
}
