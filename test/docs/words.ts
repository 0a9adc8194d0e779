/** What texts for people avoid, and what they say instead. */
const UNWANTED: readonly (readonly [RegExp, string])[] = [
  [/(?<!there )\bis no (?!longer\b|more\b)/i, "is not a"],
  [/\bwhole (?:numbers?|list)\b/i, "integer, complete list"],
  [/\bswitch(?:es|ed|ing)? (?:it |them |postbacks? )?off\b/i, "deactivate"],
  [
    /\ba CAKE(?= |\.|,)(?! (?:account|API|affiliate|article|code|instance|offer|postback|URL))/,
    "a CAKE instance",
  ],
  [/\byour CAKE (?!API|account|instance)/, "your CAKE instance"],
  [/\bways? on\b/i, "options"],
  [/\b(?:bears?|borne)\b/i, "suppress"],
  [/\bmend(?:s|ed|ing)?\b/i, "fix"],
  [/\b(?:looks?|looked|looking) (?:at|for)\b|\ba look\b/i, "check, read, search"],
  [/\b(?:(?<!cannot )tells?|told)\b/i, "say, show, name"],
  [/\btak(?:e|es|en|ing) over\b/i, "adopt"],
  [/\bleft out\b|\bleaves? out\b/i, "skip"],
  [/\btwins?\b/i, "duplicate"],
  [/\bguards?\b/i, "check"],
  [/\bwhoever\b|\bwherever\b/i, "who, where"],
  [/\bit is not known\b|\bnot known\b/i, "unknown"],
];

/** What a text says that the project says otherwise: each with what to write instead. */
export function unwantedWords(text: string): string[] {
  return UNWANTED.flatMap(([pattern, better]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`"${found}": write ${better}`];
  });
}

export function sentencesIn(text: string): string[] {
  return text.split(/(?<=[.:;?!])\s+|\n/);
}

export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
