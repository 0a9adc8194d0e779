import { rulePage } from "../../postback/rules/explanation";
import type { RuleSettings } from "../../postback/rules/rule";
import type { Source } from "../input/live/source";
import type { Stack } from "../input/stacks";
import { compareReports, type EarlierReport } from "./compareReports";
import { evaluateRules, knownUrl, type PostbackFinding } from "./evaluateRules";
import type { Filter } from "./filters";
import { type CheckHosts, gapsIn, type HostChecks } from "./hosts/checkHosts";
import { checkedHosts, hostCheckOf, originsOf, type PostbackUrl } from "./hosts/partnerHosts";
import { toInventoryPostback, withHostCheck } from "./inventoryPostback";
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
  const all = evaluatePostbacks(facts);
  return toReport(facts, all, all.filter(matches(facts.where)), undefined);
}

/** The same with the partners' hosts. Only hosts of postbacks are checked that the other filters keep. */
export async function buildCheckedReport(facts: ReportInput, check: CheckHosts): Promise<InventoryReport> {
  const all = evaluatePostbacks(facts);
  const kept = all.filter(matches(facts.where.filter(({ needsHosts }) => !needsHosts)));
  const checks = await check(originsOf(kept));
  const checked = kept.map((one) => {
    return { ...one, postback: withHostCheck(one.postback, hostCheckOf(one, checks)) };
  });
  return toReport(facts, all, checked.filter(matches(facts.where)), checks);
}

interface Evaluated extends PostbackUrl {
  readonly findings: readonly PostbackFinding[];
}

function evaluatePostbacks({ sources, stacks, rules, takenAt }: ReportInput): Evaluated[] {
  const pairs = matchPostbacks(sources, stacks);
  const found = evaluateRules(pairs, rules, takenAt);
  return pairs.map((pair, index) => {
    const findings = found[index] ?? [];
    return { postback: toInventoryPostback(pair, findings), url: knownUrl(pair), findings };
  });
}

function matches(where: readonly Filter[]): (one: Evaluated) => boolean {
  return (one) => where.every(({ holds }) => holds(one));
}

function toReport(
  { takenAt, sources, stacks, where, earlier }: ReportInput,
  all: readonly Evaluated[],
  shown: readonly Evaluated[],
  checks: HostChecks | undefined,
): InventoryReport {
  const postbacks = shown.map(({ postback }) => postback);
  const now = all.map(({ postback }) => postback);
  return {
    version: 1,
    takenAt: takenAt.toISOString(),
    isComplete: sources.every(({ incomplete }) => incomplete.length === 0),
    sources: sources.map(toSourceRead),
    stacks: stacks.map((stack) => toStackRead(stack, sources)),
    where: where.map(({ text }) => text),
    totals: countTotals(postbacks),
    groups: countGroups(postbacks),
    rules: toRuleTexts(all.flatMap(({ findings }) => findings)),
    hosts: checks === undefined ? null : checkedHosts(shown, checks),
    hostsIncomplete: checks === undefined ? [] : gapsIn(checks.values()),
    postbacks,
    since: earlier === undefined ? null : compareReports(earlier, sources, now),
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
