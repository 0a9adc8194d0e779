import { replaced, type Stretch } from "../cut";
import type { Way } from "../way";

const BLANKS = [
  ["a space", " "],
  ["a line break", "\n"],
  ["a no-break space", "\u00a0"],
  ["an invisible character", "\u200b"],
] as const;

/** A space or an invisible character comes in. */
export const blankWays: readonly Way[] = BLANKS.flatMap(([name, blank]): Way[] => [
  {
    name: `let ${name} in at a separator`,
    broken: (good) => good.separators.flatMap(bothEnds).map((at) => replaced(good, at, blank)),
  },
  {
    name: `let ${name} in at a macro`,
    broken: (good) =>
      good.macros
        .flatMap((one) => [...bothEnds(one), point(one.start + 1), point(one.start + 2), point(one.end - 1)])
        .map((at) => replaced(good, at, blank)),
  },
  {
    name: `let ${name} in at the host`,
    broken: (good) => bothEnds(good.host).map((at) => replaced(good, at, blank)),
  },
  { name: `let ${name} in around the URL`, broken: ({ url }) => [blank + url, url + blank] },
]);

function bothEnds({ start, end }: Stretch): Pick<Stretch, "start" | "end">[] {
  return [point(start), point(end)];
}

function point(at: number): Pick<Stretch, "start" | "end"> {
  return { start: at, end: at };
}
