import { macrosIn } from "../macros";
import type { UrlReading } from "../reading/reading";
import { type Meaning, meaningOf } from "../reading/vocabulary";
import { PLACES, type RuleFacts, type UrlFinding, type UrlRule } from "./rule";

/** P08: a macro that CAKE sends as it stands. */
export const unknownMacro: UrlRule = {
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
  find: (url, facts) => (url.macros.every((name) => facts.macros.has(name)) ? [] : unknownMacros(url, facts)),
};

function unknownMacros(url: UrlReading, { macros, clickIdSlot }: RuleFacts): UrlFinding[] {
  const byLowerCase = new Map([...macros].map((name) => [name.toLowerCase(), name]));
  const meant = (name: string): Meaning | undefined => {
    const known = byLowerCase.get(name.toLowerCase());
    return known === undefined ? meaningOf(name, clickIdSlot) : { macro: known, isSure: true };
  };
  const fixed = url.tokens
    .map(({ text, macro = "" }) => {
      const meaning = macro === "" || macros.has(macro) ? undefined : meant(macro);
      return meaning?.isSure ? `#${meaning.macro}#` : text;
    })
    .join("");
  return url.components.flatMap((part) =>
    macrosIn(part.text)
      .filter((name) => !macros.has(name))
      .map((name) => {
        const meaning = meant(name);
        const finding = { part, what: unknown(meaning), quoted: `#${name}#` };
        return meaning?.isSure ? { ...finding, fixed } : finding;
      }),
  );
}

function unknown(meaning: Meaning | undefined): string {
  if (meaning === undefined) return "has a macro that no article of CAKE names";
  const { macro, isSure } = meaning;
  return `has a macro that CAKE does not replace; ${isSure ? `#${macro}# is probably meant` : `the click ID is usually #${macro}#`}`;
}
