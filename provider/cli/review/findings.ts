import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import {
  type EvaluatedCrossFinding,
  evaluateCrossRules,
  type SuppressibleCandidate,
} from "../../postback/rules/evaluateCrossRules";
import { type OwnPatterns, ownPatterns } from "../../postback/rules/ownPatterns";
import type { RuleSettings } from "../../postback/rules/rule";
import type { DeclaredPostback } from "../input/declared";
import type { PostbackChange } from "./changes";

/** What the rules say about a change. */
export interface ChangeFindings {
  /** What the change breaks; what was broken before is not in it. */
  readonly newFindings: readonly EvaluatedFinding[];
  /** What was broken before and still is. */
  readonly existing: number;
}

/** For each change, compares what the rules find after it with what they found before. */
export function findingsOf(
  changes: readonly PostbackChange[],
  settings: RuleSettings,
  domain: string | undefined,
): ChangeFindings[] {
  const urls = changes.flatMap(({ after }) => toCandidate("", after).map(({ postbackUrl }) => postbackUrl));
  const context = { settings, domain, patterns: ownPatterns(urls) };
  return changes.map((change) => findingsOfOne(change, context));
}

/** What all changes of a review have in common. */
interface ReviewContext {
  readonly settings: RuleSettings;
  readonly domain: string | undefined;
  readonly patterns: OwnPatterns;
}

function findingsOfOne(change: PostbackChange, context: ReviewContext): ChangeFindings {
  const after = evaluateSide(change.after, context);
  // Most changes break nothing, and then what was before does not matter.
  if (after.length === 0) return { newFindings: [], existing: 0 };
  const before = new Set(evaluateSide(change.before, context).map(keyOf));
  const newFindings = after.filter((one) => !before.has(keyOf(one)));
  return { newFindings, existing: after.length - newFindings.length };
}

/** What postbacks break together by the changes, and did not before. */
export function newCrossFindings(
  changes: readonly PostbackChange[],
  settings: RuleSettings,
  today: Date,
): EvaluatedCrossFinding[] {
  const of = (side: "before" | "after") =>
    evaluateCrossRules(
      changes.flatMap((change) => toCandidate(change.name, change[side])),
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

function evaluateSide(
  side: DeclaredPostback | undefined,
  { settings, domain, patterns }: ReviewContext,
): EvaluatedFinding[] {
  const [candidate] = toCandidate("", side);
  if (candidate === undefined || side?.url.kind !== "known") return [];
  const known = { domain, isSecret: side.url.isSecret, patterns };
  return evaluate(candidate, settings, known, side.suppress);
}

function toCandidate(name: string, side: DeclaredPostback | undefined): SuppressibleCandidate[] {
  if (side?.url.kind !== "known" || typeof side.url.value !== "string") return [];
  return [{ ...side, name, postbackUrl: side.url.value }];
}

// The same mistake at the same place is an old one, however it is spelled now.
function keyOf({ rule, part }: EvaluatedFinding): string {
  return `${rule} ${part}`;
}
