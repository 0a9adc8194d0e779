import { type CutMacro, type CutParameter, type CutUrl, replaced } from "../cut";
import { PAYOUT_NAME, TRANSACTION_NAME } from "../names";
import type { Way } from "../way";

/** How other platforms write a macro. */
const STYLES: readonly (readonly [name: string, spelling: (name: string) => string])[] = [
  ["{name}", (name) => `{${name}}`],
  ["{{name}}", (name) => `{{${name}}}`],
  ["dollar and braces", (name) => `\${${name}}`],
  ["#{name}", (name) => `#{${name}}`],
  ["{!name!}", (name) => `{!${name}!}`],
  ["{$name}", (name) => `{$${name}}`],
  ["[name]", (name) => `[${name}]`],
  ["[[name]]", (name) => `[[${name}]]`],
  ["[[[name]]]", (name) => `[[[${name}]]]`],
  ["[=name=]", (name) => `[=${name}=]`],
  ["%name%", (name) => `%${name}%`],
  ["%%name%%", (name) => `%%${name}%%`],
  ["$name$", (name) => `$${name}$`],
  ["$name", (name) => `$${name}`],
  [":name", (name) => `:${name}`],
  ["__NAME__", (name) => `__${name.toUpperCase()}__`],
  ["@@NAME@@", (name) => `@@${name.toUpperCase()}@@`],
  ["--NAME--", (name) => `--${name.toUpperCase()}--`],
  ["##NAME##", (name) => `##${name.toUpperCase()}##`],
  ["<name>", (name) => `<${name}>`],
  ["xxnamexx", (name) => `xx${name}xx`],
  ["%7Bname%7D", (name) => `%7B${name}%7D`],
  ["%s", () => "%s"],
];

/** What other platforms call the value of CAKE's macro. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ s1: "source", s2: "clickid", s3: "sub3", s4: "sub4", s5: "sub5", price: "payout" },
  ...{ leadid: "conversion_id", tid: "order_id", oid: "offer_id", affid: "affiliate_id" },
};

const TEMPLATE_WORDS = [
  "REPLACE",
  "OPTIONAL",
  "xxx",
  "XXXXXX",
  "INSERT_HERE",
  "YOUR_VALUE",
  "...",
  "changeme",
];
const TEST_VALUES = ["test", "12345", "w7KJ2M9XQ4T1", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"];

/** A text of another platform, of a template or of a test stands where a macro of CAKE belongs. */
export const foreignWays: readonly Way[] = [
  ...STYLES.map(
    ([style, spelling]): Way => ({
      name: `write another platform's macro: ${style}`,
      broken: (good) => good.macros.map((one) => replaced(good, one, spelling(NAMES[one.name] ?? one.name))),
    }),
  ),
  {
    name: "leave a template's word",
    broken: (good) => good.macros.flatMap((one) => TEMPLATE_WORDS.map((word) => replaced(good, one, word))),
  },
  {
    name: "leave the name of a value",
    broken: (good) => good.macros.flatMap((one) => namesFor(one).map((word) => replaced(good, one, word))),
  },
  {
    name: "leave a click ID of a test",
    broken: (good) => fixed(good, good.clickId === undefined ? [] : [good.clickId], TEST_VALUES),
  },
  ...fixedWays("a transaction ID of a test", ["#leadid#", "#tid#"], TEST_VALUES, TRANSACTION_NAME),
  ...fixedWays("a payout of a test", ["#price#"], ["12.50", "1", "0"], PAYOUT_NAME),
];

/** A fixed value tells what it is only if the name of its parameter does. */
function fixedWays(what: string, macros: readonly string[], values: readonly string[], names: RegExp): Way[] {
  const parameters = (good: CutUrl, isNamed: boolean) =>
    good.parameters.filter(({ name, value }) => macros.includes(value.text) && names.test(name) === isNamed);
  return [
    { name: `leave ${what}`, broken: (good) => fixed(good, parameters(good, true), values) },
    {
      name: `leave ${what}, under a name that does not say so`,
      broken: (good) => fixed(good, parameters(good, false), values),
      unseen: "a fixed value may be on purpose",
    },
  ];
}

function fixed(good: CutUrl, parameters: readonly CutParameter[], values: readonly string[]): string[] {
  return parameters.flatMap(({ value }) => values.map((text) => replaced(good, value, text)));
}

function namesFor({ name }: CutMacro): string[] {
  const word = NAMES[name] ?? name;
  return [word.toUpperCase(), `${word.toUpperCase()}_HERE`];
}
