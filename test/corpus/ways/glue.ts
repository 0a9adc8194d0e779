import { type CutMacro, type CutUrl, replaced } from "../cut";
import type { Way } from "../way";

const SIGNS = [";", ",", "|", "/", "+", "%20", "%0A", "$", "*", "^", "-", ":"];
const TEXTS = ["x", "1", "test", "-", "_", "id-"];

/** What belongs apart sticks together. */
export const glueWays: readonly Way[] = [
  {
    name: "write another sign instead of an ampersand",
    broken: (good) =>
      good.separators
        .filter(({ text }) => text === "&")
        .flatMap((one) => SIGNS.map((sign) => replaced(good, one, sign))),
  },
  {
    name: "write another sign instead of an equals sign",
    broken: (good) =>
      good.separators
        .filter(({ text }) => text === "=")
        .flatMap((one) => [":", "-", "%3A", "=>"].map((sign) => replaced(good, one, sign))),
  },
  {
    name: "write another sign instead of the question mark",
    broken: (good) =>
      good.separators
        .filter(({ text }) => text === "?")
        .flatMap((one) => ["&", "/", ";", "!", ":", ","].map((sign) => replaced(good, one, sign))),
  },
  {
    name: "lose the name between two values, one of them the click ID or the payout",
    broken: (good) => valuesTogether(good, true),
  },
  {
    name: "lose the name between two other values",
    broken: (good) => valuesTogether(good, false),
    unseen: "a value may have several parts",
  },
  { name: "write a text beside the click ID", broken: (good) => textBeside(good, clickIdMacros(good)) },
  { name: "write a text beside the payout", broken: (good) => textBeside(good, payoutMacros(good)) },
  {
    name: "write a text beside another macro",
    broken: (good) => {
      const known = new Set([...clickIdMacros(good), ...payoutMacros(good)]);
      return textBeside(
        good,
        good.macros.filter((one) => !known.has(one)),
      );
    },
    unseen: "an ID may have a text before or behind it",
  },
];

function textBeside(good: CutUrl, macros: readonly CutMacro[]): string[] {
  return macros.flatMap((one) =>
    TEXTS.flatMap((text) => [replaced(good, one, text + one.text), replaced(good, one, one.text + text)]),
  );
}

function clickIdMacros({ clickId, macros }: CutUrl): CutMacro[] {
  return macros.filter(
    ({ start, end }) => clickId !== undefined && start >= clickId.start && end <= clickId.end,
  );
}

function payoutMacros({ macros, path }: CutUrl): CutMacro[] {
  return macros.filter(({ name, start }) => name === "price" && start >= path.end);
}

function valuesTogether(good: CutUrl, isImportant: boolean): string[] {
  const important = new Set([
    good.clickId,
    ...good.parameters.filter(({ value }) => value.text === "#price#"),
  ]);
  return good.parameters
    .slice(1)
    .filter((one, index) => isImportant === [one, good.parameters[index]].some((each) => important.has(each)))
    .map(({ start, value }) => replaced(good, { start: start - 1, end: value.start }, ""));
}
