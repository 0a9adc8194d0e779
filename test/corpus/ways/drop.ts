import { allReplaced, type CutMacro, type CutUrl, replaced } from "../cut";
import type { Way } from "../way";

const separator = (name: string, sign: string): Way => ({
  name: `drop ${name}`,
  broken: (good) => good.separators.filter(({ text }) => text === sign).map((one) => replaced(good, one, "")),
});

/** Something is lost. */
export const dropWays: readonly Way[] = [
  separator("an ampersand", "&"),
  separator("the question mark", "?"),
  separator("an equals sign", "="),
  {
    name: "drop all separators",
    broken: (good) => (good.separators.length > 0 ? [allReplaced(good, good.separators, () => "")] : []),
  },
  {
    name: "drop a hash",
    broken: (good) =>
      good.macros.flatMap((macro) => [
        replaced(good, macro, `#${macro.name}`),
        replaced(good, macro, `${macro.name}#`),
      ]),
  },
  {
    name: "drop both hashes",
    broken: (good) => good.macros.map((macro) => replaced(good, macro, macro.name)),
  },
  {
    name: "drop a letter of a macro",
    broken: (good) =>
      good.macros.flatMap((macro) => withoutLetter(macro).map((text) => replaced(good, macro, text))),
  },
  {
    name: "drop the scheme",
    broken: (good) =>
      ["", "//", "https:", "https:/", "https//", "://", "ttps://"].map((text) =>
        replaced(good, good.scheme, text),
      ),
  },
  { name: "drop the host", broken: (good) => [replaced(good, good.host, "")] },
  { name: "drop the name of the click ID", broken: withoutName },
  { name: "drop the value of the click ID", broken: withoutValue },
  { name: "drop the click ID", broken: withoutClickId },
  {
    name: "cut the URL inside a macro, or before the click ID",
    broken: (good) => cutOff(good, (at) => isInsideMacro(good, at) || at <= clickIdEnd(good)),
  },
  {
    name: "cut the URL elsewhere",
    broken: (good) => cutOff(good, (at) => !isInsideMacro(good, at) && at > clickIdEnd(good)),
    unseen: "what is left may be complete",
  },
];

function withoutLetter({ name }: CutMacro): string[] {
  return [...name].map((_, at) => `#${name.slice(0, at)}${name.slice(at + 1)}#`);
}

function withoutName(good: CutUrl): string[] {
  const { clickId } = good;
  if (clickId === undefined) return [];
  const { start, value } = clickId;
  return [
    replaced(good, { start, end: value.start - 1 }, ""),
    replaced(good, { start, end: value.start }, ""),
  ];
}

function withoutValue(good: CutUrl): string[] {
  const { clickId } = good;
  if (clickId === undefined) return [];
  const { value } = clickId;
  return [replaced(good, value, ""), replaced(good, { start: value.start - 1, end: value.end }, "")];
}

function withoutClickId(good: CutUrl): string[] {
  const { clickId, url } = good;
  if (clickId === undefined) return [];
  const { start, end } = clickId;
  const isLast = end === url.length;
  return [replaced(good, isLast ? { start: start - 1, end } : { start, end: end + 1 }, "")];
}

/** The beginnings of the URL, from the path on. */
function cutOff({ url, host }: CutUrl, isWanted: (at: number) => boolean): string[] {
  const ends = Array.from({ length: url.length - host.end }, (_, index) => host.end + index);
  return ends.filter(isWanted).map((at) => url.slice(0, at));
}

function isInsideMacro({ macros }: CutUrl, at: number): boolean {
  return macros.some(({ start, end }) => at > start && at < end);
}

/** Where the first sub ID ends: before it, nothing tells the partner which click it is. */
function clickIdEnd({ macros }: CutUrl): number {
  return (macros.find(({ name }) => /^s[1-5]$/.test(name))?.end ?? 1) - 1;
}
