import { type Judgement, judge } from "../../postback/rules/judge";
import { type JudgedCandidate, judgeAll, type ManyJudgement } from "../../postback/rules/judgeAll";
import type { RuleSettings } from "../../postback/rules/rule";
import type { DeclaredPostback } from "../input/declared";
import type { Change } from "./changes";

/** What the rules say about a change. */
export interface Findings {
  /** What the change breaks; what was broken before is not in it. */
  readonly broken: readonly Judgement[];
  /** What was broken before and still is. */
  readonly old: number;
}

/** Compares what the rules find after a change with what they found before. */
export function findingsOf(change: Change, settings: RuleSettings, domain: string | undefined): Findings {
  const after = judged(change.after, settings, domain);
  // Most changes break nothing, and then what was before does not matter.
  if (after.length === 0) return { broken: [], old: 0 };
  const before = new Set(judged(change.before, settings, domain).map(keyOf));
  const broken = after.filter((one) => !before.has(keyOf(one)));
  return { broken, old: after.length - broken.length };
}

/** What postbacks break together by the changes, and did not before. */
export function brokenTogether(
  changes: readonly Change[],
  settings: RuleSettings,
  today: Date,
): ManyJudgement[] {
  const of = (side: "before" | "after") =>
    judgeAll(
      changes.flatMap((change) => candidateOf(change.name, change[side])),
      settings,
      today,
    );
  const keysOf = ({ rule, names, part }: ManyJudgement) =>
    names.map((name) => JSON.stringify([rule, part, name]));
  const before = new Map<string, Set<ManyJudgement>>();
  for (const old of of("before"))
    for (const key of keysOf(old)) before.set(key, (before.get(key) ?? new Set()).add(old));
  // Where only fewer postbacks break it than before, nothing is newly broken.
  return of("after").filter((one) => {
    const keys = keysOf(one);
    const olds = [...(before.get(keys[0] ?? "") ?? [])];
    return !olds.some((old) => keys.every((key) => before.get(key)?.has(old)));
  });
}

function judged(
  side: DeclaredPostback | undefined,
  settings: RuleSettings,
  domain: string | undefined,
): Judgement[] {
  const [candidate] = candidateOf("", side);
  if (candidate === undefined || side?.url.kind !== "known") return [];
  return judge(candidate, settings, { domain, isSecret: side.url.isSecret }, side.suppress);
}

function candidateOf(name: string, side: DeclaredPostback | undefined): JudgedCandidate[] {
  if (side?.url.kind !== "known" || typeof side.url.value !== "string") return [];
  return [{ ...side, name, postbackUrl: side.url.value }];
}

// The same mistake at the same place is an old one, however it is spelled now.
function keyOf({ rule, part }: Judgement): string {
  return `${rule} ${part}`;
}
