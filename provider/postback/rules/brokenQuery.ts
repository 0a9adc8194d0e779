import { groupsOf } from "../groupsOf";
import { BLANK } from "../reading/blanks";
import { plainName, type UrlComponent, type UrlReading } from "../reading/reading";
import { unmatchedHashes } from "../reading/unmatchedHashes";
import { clickIdRank, roleOfName } from "../reading/vocabulary";
import { isPixelCode, PLACES, type RuleFacts, type UrlFinding, type UrlRule } from "./rule";

const severity = "warning";

/** P15: a separator that is doubled or misplaced, or a parameter that is repeated or incomplete. */
export const brokenQuery: UrlRule = {
  id: "P15",
  name: "broken-query",
  title: "a doubled or misplaced separator",
  severity: "error",
  runsIn: PLACES,
  why: 'Parameters that were added by hand. After a second "?" they are part of the value before it. After a second "=" the value begins with "=". After a single "#" they are never sent. Only warnings: "&&", a repeated name, an empty value, and a complete URL as a value.',
  source: "RFC 3986, sections 3.4 and 3.5",
  fix: 'Write "?" before the first parameter, "&" before each other one, each name once with one "=", and "#" only around macros.',
  bad: "https://t.partner.net/pb?cid=#s2#?payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url, facts) => [
    ...url.parameters.flatMap((part) => misplaced(url, part)),
    ...fragments(url, facts),
    ...secondUrl(url),
    ...repetitions(url.parameters),
  ],
};

function misplaced(url: UrlReading, part: UrlComponent): UrlFinding[] {
  const { text, name, value, separator, macros } = part;
  return [
    ...(text.includes("?") ? secondQuery(url, part) : []),
    ...emptyParameter(),
    ...emptyName(),
    ...strangeName(),
    ...emptyValue(),
  ];

  function emptyParameter(): UrlFinding[] {
    if (separator.length < 2) return [];
    return [{ part: "the query", what: 'has an empty parameter: "&&"', severity }];
  }
  function strangeName(): UrlFinding[] {
    if (BLANK.test(name)) return [];
    // What is quoted here could be a secret whose name nobody recognizes.
    if (isMixed(name))
      return [{ part: "a parameter", what: "has a letter in its name that is not the one it looks like" }];
    if (/^[\w.[\]~$-]+$/.test(name) || !text.includes("=") || !isRead(part)) return [];
    return [{ part, what: "has a sign in its name that the partner does not expect", quoted: text }];
  }
  function emptyName(): UrlFinding[] {
    if (/^[=>]/.test(value) && name !== "") {
      return [{ part, what: 'has another sign behind "=", which belongs to the value', quoted: text }];
    }
    if (name !== "" || macros.length === 0) return [];
    return [{ part, what: "has a value and no name", quoted: text }];
  }
  function emptyValue(): UrlFinding[] {
    return value === "" && text.endsWith("=") && isRead(part)
      ? [{ part, what: "has no value", severity }]
      : [];
  }
}

// Letters of two alphabets look alike, and full-width ones like the usual ones.
function isMixed(name: string): boolean {
  return /[a-z]/i.test(name) ? /[\u0370-\u052f\uff01-\uff5e]|\\_/.test(name) : /[\uff01-\uff5e]/.test(name);
}

/** Whether partners read the value of a parameter of this name, however its signs are written. */
function isRead({ name }: UrlComponent): boolean {
  const plain = plainName(name.replace(/%[0-9a-f]{2}/gi, ""));
  return roleOfName(plain) !== undefined || clickIdRank(plain) !== undefined;
}

const AFTER_MACRO = /#\?(?=[A-Za-z_][\w.-]{0,39}=)/;

function secondQuery({ url }: UrlReading, part: UrlComponent): UrlFinding[] {
  const { text, value, at } = part;
  const found = AFTER_MACRO.exec(text);
  const mark = at + (found?.index ?? 0) + 1;
  const fix = found === null ? {} : { fixed: `${url.slice(0, mark)}&${url.slice(mark + 1)}` };
  return /^https?:/i.test(value)
    ? [{ part, what: 'is a complete URL whose "?" is not percent-encoded', quoted: value, severity }]
    : [{ part, what: 'has a second "?"', quoted: text, ...fix }];
}

function secondUrl({ path }: UrlReading): UrlFinding[] {
  return /https?:\/\//i.test(path.text)
    ? [{ part: path, what: "has a complete URL in it", quoted: path.text, severity }]
    : [];
}

// Another rule finds what is left of a macro.
function fragments(url: UrlReading, facts: RuleFacts): UrlFinding[] {
  if (isPixelCode(url.url, facts)) return [];
  const unmatched = unmatchedHashes(url, facts.macros).filter(({ isTorn }) => !isTorn);
  const quotedAt = new Map(unmatched.map(({ component, text }) => [component, text]));
  const what = 'has a "#" that belongs to no macro: what follows is never sent';
  return [...quotedAt].map(([part, quoted]) => ({ part, what, quoted }));
}

function repetitions(parameters: readonly UrlComponent[]): UrlFinding[] {
  const groups = groupsOf(parameters, ({ name }) => name);
  return groups.length === parameters.length ? [] : groups.flatMap(repetition);
}

// Some trackers take the first value and some the last, so which one the partner books is unknown.
function repetition(all: readonly UrlComponent[]): UrlFinding[] {
  const [first] = all;
  if (first === undefined || all.length < 2 || first.name === "" || first.name.endsWith("[]")) return [];
  const differs = new Set(all.map(({ value }) => value)).size > 1;
  return differs && all.some(({ macros }) => macros.length > 0)
    ? [
        {
          part: first,
          what: "is repeated with different values",
          quoted: all.map(({ text }) => text).join("&"),
        },
      ]
    : [{ part: first, what: "is repeated", severity }];
}
