import type { RuleSettings } from "../../postback/rules/rule";
import type { Source } from "../input/live/source";
import type { Stack } from "../input/stacks";
import { judgementsOf, urlOf } from "./judgements";
import { livesOn, pairsOf } from "./pairs";
import { postbackOf } from "./postback";
import type { InventoryReport, RuleText, SourceRead, StackRead } from "./report";
import { type Earlier, sinceOf } from "./since";
import { groupsOf, totalsOf } from "./totals";
import type { Filter } from "./where";

/** All that a report is made of. */
export interface Facts {
  readonly takenAt: Date;
  readonly sources: readonly Source[];
  readonly stacks: readonly Stack[];
  readonly rules: RuleSettings;
  /** All of them must hold. */
  readonly where: readonly Filter[];
  readonly earlier: Earlier | undefined;
}

/** Compares what is live with what the stacks have. No I/O. */
export function inventoryOf(facts: Facts): InventoryReport {
  const { takenAt, sources, stacks, rules, where, earlier } = facts;
  const pairs = pairsOf(sources, stacks);
  const found = judgementsOf(pairs, rules, takenAt);
  const all = pairs.map((pair, index) => ({
    postback: postbackOf(pair, found[index] ?? []),
    url: urlOf(pair),
  }));
  const postbacks = all
    .filter((one) => where.every(({ holds }) => holds(one)))
    .map(({ postback }) => postback);
  return {
    version: 1,
    takenAt: takenAt.toISOString(),
    isComplete: sources.every(({ incomplete }) => incomplete.length === 0),
    sources: sources.map(sourceRead),
    stacks: stacks.map((stack) => stackRead(stack, sources)),
    where: where.map(({ text }) => text),
    totals: totalsOf(postbacks),
    groups: groupsOf(postbacks),
    rules: rulesNamed(found.flat()),
    postbacks,
    since:
      earlier === undefined
        ? null
        : sinceOf(
            earlier,
            sources,
            all.map(({ postback }) => postback),
          ),
  };
}

function sourceRead(source: Source): SourceRead {
  const { instance, kind, file, rows, calls, incomplete, isReadInPart = false, statement } = source;
  return {
    instance,
    kind,
    file,
    postbacks: rows.length,
    calls,
    incomplete,
    isReadInPart,
    statement,
  };
}

function stackRead({ name, file, postbacks }: Stack, sources: readonly Source[]): StackRead {
  const elsewhere = postbacks.filter((postback) => !sources.some((source) => livesOn(source, postback)));
  return { stack: name, file, postbacks: postbacks.length, elsewhere: elsewhere.length };
}

function rulesNamed(found: readonly { rule: string; name: string; fix: string }[]): Record<string, RuleText> {
  const texts = new Map(found.map(({ rule, name, fix }): [string, RuleText] => [rule, { name, fix }]));
  return Object.fromEntries([...texts].sort(([one], [other]) => one.localeCompare(other)));
}
