import type { Settled } from "./settled";

/** What a probe of writes has settled, in words. What it did not come to is left out. */
export function settledLines(settled: Settled): [string, string][] {
  const { secondPost, identicalPost, updateEndpoint, statusUpdate, urlUpdate, shownById, shownInWhole } =
    settled;
  const all: [string, string | undefined][] = [
    ["A second POST with another URL", secondPost],
    ["A second, identical POST", identicalPost],
    ["The update endpoint", updateEndpoint === "there" ? "is there" : updateEndpoint],
    ["An update of the status alone", statusUpdate],
    ["An update of the URL alone", urlUpdate],
    ["The list, asked for the id", shown(shownById)],
    ["The list as a whole", shown(shownInWhole)],
  ];
  return all.flatMap(([what, said]) => (said === undefined ? [] : [[what, said]]));
}

function shown(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `shows a write at the latest after ${ms} ms`;
}
