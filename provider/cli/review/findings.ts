import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import {
  type EvaluatedCrossFinding,
  evaluateCrossRules,
  type SuppressibleCandidate,
} from "../../postback/rules/evaluateCrossRules";
import type { RuleSettings } from "../../postback/rules/rule";
import type { DeclaredPostback } from "../input/declared";
import type { Change } from "./changes";

/** What the rules say about a change. */
export interface Findings {
  /** What the change breaks; what was broken before is not in it. */
  readonly broken: readonly EvaluatedFinding[];
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
): EvaluatedCrossFinding[] {
  const of = (side: "before" | "after") =>
    evaluateCrossRules(
      changes.flatMap((change) => candidateOf(change.name, change[side])),
      settings,
      today,
    );
  const keysOf = ({ rule, names, part }: EvaluatedCrossFinding) =>
    names.map((name) => JSON.stringify([rule, part, name]));
  const before = new Map<string, Set<EvaluatedCrossFinding>>();
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
): EvaluatedFinding[] {
  const [candidate] = candidateOf("", side);
  if (candidate === undefined || side?.url.kind !== "known") return [];
  return evaluate(candidate, settings, { domain, isSecret: side.url.isSecret }, side.suppress);
}

function candidateOf(name: string, side: DeclaredPostback | undefined): SuppressibleCandidate[] {
  if (side?.url.kind !== "known" || typeof side.url.value !== "string") return [];
  return [{ ...side, name, postbackUrl: side.url.value }];
}

// The same mistake at the same place is an old one, however it is spelled now.
function keyOf({ rule, part }: EvaluatedFinding): string {
  return `${rule} ${part}`;
}
