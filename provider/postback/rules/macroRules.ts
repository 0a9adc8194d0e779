import { macrosIn, tokenizeMacros } from "../macros";
import { findingsAt, urlComponents } from "../reading/reading";
import { escapedMacrosIn, unmatchedHashes, withPlainHashes } from "../reading/unmatchedHashes";
import { type Meaning, meaningOf } from "../reading/vocabulary";
import { clickIdRules } from "./clickIdRules";
import { literalRules } from "./literalRules";
import { type Candidate, type Finding, PLACES, type RuleContext, type UrlRule } from "./rule";

const tornMacro: UrlRule = {
  id: "P07",
  name: "torn-macro",
  title: "a macro that lost a hash",
  severity: "error",
  runsIn: PLACES,
  why: "A macro has a hash on both sides. If one is missing, CAKE replaces nothing, and it may not send what follows the other hash.",
  source: "CAKE article 5000593201, which itself misprints (#s2)",
  fix: "Put a hash on both sides of the macro's name.",
  bad: "https://t.partner.net/pb?cid=#s2&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ postbackUrl }, { macros }) => {
    const torn = unmatchedHashes(postbackUrl, macros).filter(({ isTorn }) => isTorn);
    const textOf = new Map(torn.map(({ component, text }) => [component, text]));
    return findingsAt([...textOf.keys()], (component) => [
      { what: "has a hash that neither opens nor closes a macro", quoted: textOf.get(component) ?? "" },
    ]);
  },
};

const unknownMacro: UrlRule = {
  id: "P08",
  name: "unknown-macro",
  title: "a macro that CAKE does not know",
  severity: "warning",
  runsIn: PLACES,
  why: "CAKE does not replace a macro that it does not know, and the partner receives the name instead of the value.",
  source: 'CAKE articles 5000546376 ("in its exact form") and 5000545788 (the list)',
  fix: 'Use a macro that CAKE replaces. If your CAKE instance replaces this one, add it to "macros" in cake:rules.',
  bad: "https://t.partner.net/pb?cid=#s2#&payout=#payout#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: unknownMacros,
};

const escapedMacro: UrlRule = {
  id: "P09",
  name: "escaped-macro",
  title: "a macro with encoded hashes",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE does not replace a macro whose hashes are percent-encoded. URLSearchParams and most form fields encode them.",
  source: "Node.js: searchParams.set writes %23s2%23; CAKE article 5000546376",
  fix: "Write the hashes unencoded.",
  bad: "https://t.partner.net/pb?cid=%23s2%23&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: escapedMacros,
};

/** The rules about CAKE's macros that send the partner nothing, or the wrong value. */
export const macroRules: readonly UrlRule[] = [
  ...literalRules,
  ...clickIdRules,
  ...[tornMacro, unknownMacro, escapedMacro],
];

function unknownMacros({ postbackUrl, clickIdSlot }: Candidate, { macros }: RuleContext): Finding[] {
  if (macrosIn(postbackUrl).every((name) => macros.has(name))) return [];
  const byLowerCase = new Map([...macros].map((name) => [name.toLowerCase(), name]));
  const meant = (name: string): Meaning | undefined => {
    const known = byLowerCase.get(name.toLowerCase());
    return known === undefined ? meaningOf(name, clickIdSlot) : { macro: known, isSure: true };
  };
  const fixed = tokenizeMacros(postbackUrl)
    .map(({ text, macro = "" }) => {
      const meaning = macro === "" || macros.has(macro) ? undefined : meant(macro);
      return meaning?.isSure ? `#${meaning.macro}#` : text;
    })
    .join("");
  return findingsAt(urlComponents(postbackUrl), ({ text }) =>
    macrosIn(text)
      .filter((name) => !macros.has(name))
      .map((name) => {
        const meaning = meant(name);
        const finding = { what: unknown(meaning), quoted: `#${name}#` };
        return meaning?.isSure ? { ...finding, fixed } : finding;
      }),
  );
}

function unknown(meaning: Meaning | undefined): string {
  if (meaning === undefined) return "has a macro that no article of CAKE names";
  const { macro, isSure } = meaning;
  return `has a macro that CAKE does not replace; ${isSure ? `#${macro}# is probably meant` : `the click ID is usually #${macro}#`}`;
}

function escapedMacros({ postbackUrl }: Candidate, { macros }: RuleContext): Finding[] {
  const fixed = withPlainHashes(postbackUrl, macros);
  return findingsAt(urlComponents(postbackUrl), ({ text }) =>
    escapedMacrosIn(text, macros).map((quoted) => ({
      what: "has a macro whose hashes are percent-encoded",
      quoted,
      fixed,
    })),
  );
}
