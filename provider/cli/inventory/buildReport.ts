import { rulePage } from "../../postback/rules/explanation";
import type { RuleSettings } from "../../postback/rules/rule";
import type { Source } from "../input/live/source";
import type { Stack } from "../input/stacks";
import { compareReports, type EarlierReport } from "./compareReports";
import { evaluateRules, knownUrl } from "./evaluateRules";
import type { Filter } from "./filters";
import { toInventoryPostback } from "./inventoryPostback";
import { isOnInstance, matchPostbacks } from "./matchPostbacks";
import type { InventoryReport, RuleText, SourceRead, StackRead } from "./report";
import { countGroups, countTotals } from "./totals";

/** All that a report is made of. */
export interface ReportInput {
  readonly takenAt: Date;
  readonly sources: readonly Source[];
  readonly stacks: readonly Stack[];
  readonly rules: RuleSettings;
  /** All of them must hold. */
  readonly where: readonly Filter[];
  readonly earlier: EarlierReport | undefined;
}

/** Compares what is live with what the stacks have. No I/O. */
export function buildReport(facts: ReportInput): InventoryReport {
  const { takenAt, sources, stacks, rules, where, earlier } = facts;
  const pairs = matchPostbacks(sources, stacks);
  const found = evaluateRules(pairs, rules, takenAt);
  const all = pairs.map((pair, index) => ({
    postback: toInventoryPostback(pair, found[index] ?? []),
    url: knownUrl(pair),
  }));
  const postbacks = all
    .filter((one) => where.every(({ holds }) => holds(one)))
    .map(({ postback }) => postback);
  return {
    version: 1,
    takenAt: takenAt.toISOString(),
    isComplete: sources.every(({ incomplete }) => incomplete.length === 0),
    sources: sources.map(toSourceRead),
    stacks: stacks.map((stack) => toStackRead(stack, sources)),
    where: where.map(({ text }) => text),
    totals: countTotals(postbacks),
    groups: countGroups(postbacks),
    rules: toRuleTexts(found.flat()),
    postbacks,
    since:
      earlier === undefined
        ? null
        : compareReports(
            earlier,
            sources,
            all.map(({ postback }) => postback),
          ),
  };
}

function toSourceRead(source: Source): SourceRead {
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

function toStackRead({ name, file, postbacks }: Stack, sources: readonly Source[]): StackRead {
  const elsewhere = postbacks.filter((postback) => !sources.some((source) => isOnInstance(source, postback)));
  return { stack: name, file, postbacks: postbacks.length, elsewhere: elsewhere.length };
}

function toRuleTexts(
  found: readonly { rule: string; name: string; fix: string }[],
): Record<string, RuleText> {
  const texts = new Map(
    found.map(({ rule, name, fix }): [string, RuleText] => [
      rule,
      { name, fix, page: rulePage({ id: rule, name }) },
    ]),
  );
  return Object.fromEntries([...texts].sort(([one], [other]) => one.localeCompare(other)));
}
