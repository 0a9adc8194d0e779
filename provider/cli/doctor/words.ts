import type { Fact } from "./fact";
import type { Facts } from "./facts";
import { couldLook } from "./judge";
import { counted } from "./text";
import type { Settled } from "./writes/settled";

/** One line of what was seen: a name, and words for people. */
export type Line = readonly [name: string, words: string];

/** What was seen, in words. What could not be looked at, for a reason that is told already, is left out. */
export function factLines(facts: Facts, settled: Settled = {}): Line[] {
  return [
    ...wayLines(facts),
    ...(facts.server.kind === "notThere" ? [] : [keyLine(facts)]),
    ...(couldLook(facts) ? cakeLines(facts, settled) : []),
    ["Answers", timeWords(facts.times)],
  ];
}

function wayLines({ proxy, address, tls, server }: Facts): Line[] {
  const through = proxy.kind === "notThere" ? "none" : say(proxy, ({ host, from }) => `${host} (${from})`);
  return [
    ["Proxy", through],
    ["Address", say(address, ({ addresses }) => addresses.join(", "))],
    ["TLS", say(tls, tlsWords)],
    ["Server", say(server, ({ ms }) => `answers, the first time after ${ms} ms`)],
  ];
}

function keyLine({ key }: Facts): Line {
  return ["Key", say(key, () => "accepted")];
}

function cakeLines(facts: Facts, settled: Settled): Line[] {
  const { setup, createEndpoint, updateEndpoint, requestLog, list } = facts;
  return [
    ["Endpoints", ENDPOINT_WORDS[setup.endpoints]],
    ["Create", settled.secondPost === undefined ? say(createEndpoint, () => "there") : TRIED],
    ["Update", settled.updateEndpoint === undefined ? say(updateEndpoint, () => "there") : TRIED],
    ["Request log", say(requestLog, () => "there")],
    ["List", say(list, listWords)],
    ...(list.kind === "seen" ? listLines(facts) : []),
  ];
}

const ENDPOINT_WORDS = {
  all: "documented and assumed ones",
  "without-list": "all but the list",
  documented: "documented ones only",
} as const;

const TRIED = "tried by the probe of writes, see below";

function listLines(facts: Facts): Line[] {
  return [
    ...(facts.known.kind === "seen" ? [knownLine(facts.known.value)] : []),
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
  const rows = `${counted(postbacks, "postback")} (${active} active) of ${counted(affiliates, "affiliate")}`;
  const whole = flaws.length === 0 ? "complete" : `perhaps not complete: ${flaws.join("; ")}`;
  return `${rows}, ${counted(pages, "page")} in ${ms} ms; ${whole}`;
}

function knownLine({ shown, lacking }: ValueOf<Facts["known"]>): Line {
  const words = [
    ...(shown.length > 0 ? [`shown: ${shown.join(", ")}`] : []),
    ...(lacking.length > 0 ? [`not shown: ${lacking.join(", ")}`] : []),
  ];
  return ["Known postbacks", words.join("; ")];
}

function baseWords({ base, rowZero }: ValueOf<Facts["rowBase"]>): string {
  if (base === 0) return "0";
  return {
    first: "1 (0 is taken for 1)",
    refused: "1 (0 is refused)",
    lost: "1 (a page asked for from 0 lacks a row)",
  }[rowZero];
}

function limitWords({ rows, exact }: ValueOf<Facts["pageLimit"]>): string {
  return exact ? `${rows} rows` : `at least ${rows}, which came on one page`;
}

function filterWords(filters: Facts["filters"]): string {
  const words = Object.entries(filters).map(([name, fact]): [string, string] => [
    name,
    say(fact, (value) => FILTER_WORDS[value]),
  ]);
  const [first] = words;
  if (first && words.every(([, same]) => same === first[1])) return first[1];
  return words.map(([name, said]) => `${name}: ${said}`).join("; ");
}

const FILTER_WORDS = { honoured: "work", ignored: "ignored, all rows come" } as const;

function timeWords({ calls, medianMs, slowestMs, throttled }: Facts["times"]): string {
  if (calls === 0) return "none";
  const slowed = throttled > 0 ? `; CAKE asked to slow down: ${throttled} times` : "";
  return `${calls}, half of them within ${medianMs} ms, the slowest after ${slowestMs} ms${slowed}`;
}
