import { type CutParameter, replaced } from "../cut";
import type { Way } from "../way";

const separator = (name: string, sign: string): Way => ({
  name: `double ${name}`,
  broken: (good) =>
    good.separators.filter(({ text }) => text === sign).map((one) => replaced(good, one, sign + sign)),
});

/** Something is there twice. */
export const doubleWays: readonly Way[] = [
  separator("an ampersand", "&"),
  separator("the question mark", "?"),
  separator("an equals sign", "="),
  {
    name: "double a hash",
    broken: (good) =>
      good.macros.flatMap((macro) =>
        [`#${macro.text}`, `${macro.text}#`, `#${macro.text}#`].map((text) => replaced(good, macro, text)),
      ),
  },
  {
    name: "double a macro",
    broken: (good) => good.macros.map((macro) => replaced(good, macro, macro.text + macro.text)),
  },
  {
    name: "double a parameter, with another value",
    broken: (good) =>
      good.parameters.filter(hasMacro).flatMap((one) => {
        const others = ["#s3#", "#price#", "1"].filter((text) => text !== one.value.text);
        return others.flatMap((text) => [
          `${good.url}&${one.name}=${text}`,
          replaced(good, { start: one.start, end: one.start }, `${one.name}=${text}&`),
        ]);
      }),
  },
  {
    name: "double a name",
    broken: (good) =>
      good.parameters
        .filter(hasMacro)
        .map(({ start, name }) => replaced(good, { start, end: start }, `${name}=`)),
  },
  {
    name: "double the scheme",
    broken: (good) =>
      ["https://https://", "https://http://", "https:https://", "https//https://"].map((text) =>
        replaced(good, good.scheme, text),
      ),
  },
  { name: "double the URL", broken: ({ url }) => [url + url, `${url},${url}`, `${url}&${url}`] },
];

function hasMacro({ value }: CutParameter): boolean {
  return value.text.includes("#");
}
