import { type CutUrl, replaced, type Stretch } from "../cut";
import type { Way } from "../way";

const QUOTES = ['""', "''", "“”", "‘’", "«»", "``"];
const BRACKETS = ["()", "[]", "{}", "<>"];
const ENCODED_QUOTES = [
  ["%22", "%22"],
  ["%27", "%27"],
] as const;
const PUNCTUATION = [".", ",", ";", ":", "!", ")", '"', "'", "]", "}", ">", "…"];

/** Signs of a text stand around a macro or a value, or behind it. */
export const quoteWays: readonly Way[] = [
  { name: "quote a macro", broken: (good) => good.macros.flatMap((one) => enclosed(good, one, QUOTES)) },
  {
    name: "quote a macro, encoded",
    broken: (good) =>
      good.macros.flatMap((one) =>
        ENCODED_QUOTES.map(([before, after]) => replaced(good, one, before + one.text + after)),
      ),
  },
  {
    name: "put a macro in brackets",
    broken: (good) => good.macros.flatMap((one) => enclosed(good, one, BRACKETS)),
  },
  {
    name: "leave punctuation behind a macro",
    broken: (good) =>
      good.macros.flatMap((one) => PUNCTUATION.map((sign) => replaced(good, one, one.text + sign))),
  },
  {
    name: "leave a quote before a macro",
    broken: (good) =>
      good.macros.flatMap((one) => ['"', "'", "“", "("].map((sign) => replaced(good, one, sign + one.text))),
  },
  {
    name: "quote a fixed value",
    broken: (good) => fixedValues(good).flatMap((one) => enclosed(good, one, QUOTES)),
  },
  {
    name: "quote the whole URL",
    broken: ({ url }) => [...QUOTES, ...BRACKETS].map((pair) => `${pair.at(0)}${url}${pair.at(1)}`),
  },
  { name: "leave punctuation behind the URL", broken: ({ url }) => PUNCTUATION.map((sign) => url + sign) },
];

function enclosed(good: CutUrl, one: Stretch, pairs: readonly string[]): string[] {
  return pairs.map((pair) => replaced(good, one, `${pair.at(0)}${one.text}${pair.at(1)}`));
}

function fixedValues({ parameters }: CutUrl): Stretch[] {
  return parameters.map(({ value }) => value).filter(({ text }) => text !== "" && !text.includes("#"));
}
