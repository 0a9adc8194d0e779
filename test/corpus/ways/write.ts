import { allReplaced, type CutUrl, replaced, type Stretch } from "../cut";
import type { Way } from "../way";

type Spelling = (text: string) => string;

const percent: Spelling = (text) => text.replace(/[#&=?]/g, encodeURIComponent);
const percentTwice: Spelling = (text) => percent(text).replaceAll("%", "%25");
const fullWidth: Spelling = (text) =>
  text.replace(/[#&=?]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const html: Spelling = (text) => text.replaceAll("&", "&amp;").replaceAll("#", "&#35;");

const each = (name: string, parts: (good: CutUrl) => readonly Stretch[], spelling: Spelling): Way => ({
  name,
  broken: (good) => parts(good).map((one) => replaced(good, one, spelling(one.text))),
});
const all = (name: string, parts: (good: CutUrl) => readonly Stretch[], spelling: Spelling): Way => ({
  name,
  broken: (good) => (parts(good).length > 0 ? [allReplaced(good, parts(good), spelling)] : []),
});
const macros = (good: CutUrl) => good.macros;
const separators = (good: CutUrl) => good.separators;
const ampersands = (good: CutUrl) => good.separators.filter(({ text }) => text === "&");

/** A sign is written in another way. */
export const writeWays: readonly Way[] = [
  each("encode the hashes of a macro", macros, percent),
  each("encode the hashes of a macro twice", macros, percentTwice),
  all("encode the hashes of all macros", macros, percent),
  {
    name: "encode one hash of a macro",
    broken: (good) =>
      good.macros.flatMap((one) => [
        replaced(good, one, `%23${one.name}#`),
        replaced(good, one, `#${one.name}%23`),
      ]),
  },
  each("encode a separator", separators, percent),
  each("encode a separator twice", separators, percentTwice),
  all("encode all separators", separators, percent),
  {
    name: "encode the whole URL",
    broken: ({ url }) => [encodeURIComponent(url), encodeURI(url).replaceAll("#", "%23")],
  },
  each("write full-width hashes", macros, fullWidth),
  {
    name: "write one full-width hash",
    broken: (good) =>
      good.macros.flatMap((one) => [
        replaced(good, one, `＃${one.name}#`),
        replaced(good, one, `#${one.name}＃`),
      ]),
  },
  each("write a full-width separator", separators, fullWidth),
  each("escape an ampersand for HTML", ampersands, html),
  all("escape all ampersands for HTML", ampersands, html),
  all("escape all ampersands for HTML twice", ampersands, (text) => html(text).replaceAll("&", "&amp;")),
  each("escape the hashes of a macro for HTML", macros, html),
  {
    name: "write a Cyrillic letter in a macro",
    broken: (good) =>
      good.macros.flatMap((one) => cyrillic(one.text).map((text) => replaced(good, one, text))),
  },
  {
    name: "write a Cyrillic letter in the name of the click ID",
    broken: (good) => {
      const { clickId } = good;
      if (clickId === undefined) return [];
      const { start, name } = clickId;
      return cyrillic(name).map((text) => replaced(good, { start, end: start + name.length }, text));
    },
  },
  { name: "let HTML decode the start of a name", broken: decodedNames },
  {
    name: "write a comma instead of a dot in the host",
    broken: (good) => dotsOf(good).map((one) => replaced(good, one, ",")),
  },
  {
    name: "double a dot in the host",
    broken: (good) => dotsOf(good).map((one) => replaced(good, one, "..")),
  },
  {
    name: "write a macro in capitals",
    broken: (good) => good.macros.map((one) => replaced(good, one, one.text.toUpperCase())),
  },
];

function dotsOf({ host }: CutUrl): Stretch[] {
  return [...host.text].flatMap((sign, at) =>
    sign === "." ? [{ start: host.start + at, end: host.start + at + 1, text: sign }] : [],
  );
}

/** Characters of HTML that need no semicolon, so that a page or a mail shows "&currency" as "¤cy". */
const CHARACTERS: Readonly<Record<string, string>> = {
  ...{ curren: "¤", copy: "©", reg: "®", para: "¶", sect: "§", times: "×", not: "¬", deg: "°", cent: "¢" },
  ...{ pound: "£", yen: "¥", micro: "µ", macr: "¯", uml: "¨", eth: "ð", lt: "<", gt: ">", quot: '"' },
};

function decodedNames(good: CutUrl): string[] {
  return good.parameters.slice(1).flatMap(({ start, name }) =>
    Object.entries(CHARACTERS)
      .filter(([word]) => name.startsWith(word))
      .map(([word, sign]) => replaced(good, { start: start - 1, end: start + word.length }, sign)),
  );
}

// Some of them are on the same keys.
const CYRILLIC: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  e: "е",
  i: "і",
  o: "о",
  p: "р",
  s: "ѕ",
  x: "х",
};

function cyrillic(text: string): string[] {
  return [...text].flatMap((letter, at) => {
    const other = CYRILLIC[letter];
    return other === undefined ? [] : [text.slice(0, at) + other + text.slice(at + 1)];
  });
}
