import type { Fact } from "./fact";
import type { Facts } from "./facts";

/** One line of what was seen: a name, and words for people. */
export type Line = readonly [name: string, words: string];

/** What was seen, in words. */
export function factLines(facts: Facts): Line[] {
  const { setup } = facts;
  return [
    ["Proxy", say(facts.proxy, ({ host, from }) => `${host} (from ${from})`)],
    ["Address", say(facts.address, ({ addresses }) => addresses.join(", "))],
    ["TLS", say(facts.tls, tlsWords)],
    ["Server", say(facts.server, ({ ms }) => `answers, the first time in ${ms} ms`)],
    ["Key", say(facts.key, ({ shownBy }) => `accepted (${shownBy})`)],
    ["Create endpoint", say(facts.createEndpoint, () => "there")],
    ["Update endpoint", say(facts.updateEndpoint, () => "there")],
    ["Request log", say(facts.requestLog, () => "there")],
    ["List", say(facts.list, listWords)],
    ...(facts.list.kind === "seen" ? listLines(facts) : []),
    ["Answer times", timeWords(facts.times)],
    ["Endpoints used", setup.endpoints === "all" ? "documented and assumed ones" : "documented ones only"],
  ];
}

function listLines(facts: Facts): Line[] {
  return [
    ["Known postbacks", say(facts.known, knownWords)],
    ["Rows count from", say(facts.rowBase, baseWords)],
    [
      "Total",
      say(facts.totals, ({ said, counted }) =>
        said === counted ? "given, and right" : `given as ${said}, but ${counted} came`,
      ),
    ],
    ["Page limit", say(facts.pageLimit, limitWords)],
    ["Filters", filterWords(facts.filters)],
  ];
}

function say<T>(fact: Fact<T>, words: (value: T) => string): string {
  if (fact.kind === "seen") return words(fact.value);
  return fact.kind === "notThere" ? `no: ${fact.why}` : `not known: ${fact.why}`;
}

type ValueOf<F> = Extract<F, { kind: "seen" }> extends { value: infer T } ? T : never;

function tlsWords({ protocol, validUntil, daysLeft, verified }: ValueOf<Facts["tls"]>): string {
  const trust = verified ? "certificate verified" : "certificate NOT verified";
  return `${protocol}, ${trust}, valid until ${validUntil} (days left: ${daysLeft})`;
}

function listWords({ postbacks, affiliates, active, pages, ms, flaws }: ValueOf<Facts["list"]>): string {
  const whole = flaws.length === 0 ? "complete" : `perhaps not complete: ${flaws.join("; ")}`;
  return `postbacks: ${postbacks} (active: ${active}), affiliates: ${affiliates}; pages: ${pages}, in ${ms} ms; ${whole}`;
}

function knownWords({ shown, lacking }: ValueOf<Facts["known"]>): string {
  return [
    ...(shown.length > 0 ? [`shown: ${shown.join(", ")}`] : []),
    ...(lacking.length > 0 ? [`not shown: ${lacking.join(", ")}`] : []),
  ].join("; ");
}

function baseWords({ base, rowZero }: ValueOf<Facts["rowBase"]>): string {
  if (base === 0) return "0";
  return {
    first: "1 (0 is taken for 1)",
    refused: "1 (0 is refused)",
    lost: "1 (from 0, a page lacks a row)",
  }[rowZero];
}

function limitWords({ rows, exact }: ValueOf<Facts["pageLimit"]>): string {
  return exact ? `${rows} rows` : `at least ${rows} rows: all of them came on one page`;
}

function filterWords(filters: Facts["filters"]): string {
  const words = Object.entries(filters).map(([name, fact]): [string, string] => [
    name,
    say(fact, (value) => value),
  ]);
  const [first] = words;
  if (first && words.every(([, same]) => same === first[1])) return first[1];
  return words.map(([name, said]) => `${name}: ${said}`).join("; ");
}

function timeWords({ calls, medianMs, slowestMs, throttled }: Facts["times"]): string {
  const slowed = throttled > 0 ? `; asked to slow down: ${throttled} times` : "";
  return `${calls} answers, half of them within ${medianMs} ms, the slowest after ${slowestMs} ms${slowed}`;
}
