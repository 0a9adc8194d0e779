import type { CrossCandidate } from "../../postback/rules/crossRule";
import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import { type EvaluatedCrossFinding, evaluateCrossRules } from "../../postback/rules/evaluateCrossRules";
import { type OwnPatterns, ownPatterns } from "../../postback/rules/ownPatterns";
import type { RuleSettings } from "../../postback/rules/rule";
import type { DeclaredPostback } from "../input/declared";
import type { PostbackChange } from "./changes";

/** What weighs the rules, for the `cake:rules` of an explicit provider or, without any, for the stack. */
export type SettingsFor = (rules: string | undefined) => RuleSettings;

/** What the rules say about a change. */
export interface ChangeFindings {
  /** What the change breaks; what was broken before is not in it. */
  readonly newFindings: readonly EvaluatedFinding[];
  /** What was broken before and still is. */
  readonly existing: number;
}

/**
 * For each change, compares what the rules find after it with what they found before.
 *
 * @param domain The CAKE instance of postbacks whose provider the preview does not show.
 */
export function findingsOf(
  changes: readonly PostbackChange[],
  settingsFor: SettingsFor,
  domain: string | undefined,
): ChangeFindings[] {
  const urls = changes.flatMap(({ after }) => toCandidate(after).map(({ postbackUrl }) => postbackUrl));
  const patterns = ownPatterns(urls);
  return changes.map((change) =>
    findingsOfOne(change, {
      ...{ settings: settingsFor(change.rules), patterns },
      domain: change.instance ?? domain,
    }),
  );
}

/** How a change is evaluated. */
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
  settingsFor: SettingsFor,
  today: Date,
): EvaluatedCrossFinding[] {
  // By position, as two postbacks may have one name.
  const candidates = (side: "before" | "after") =>
    changes.flatMap(({ instance, rules, ...change }, index) =>
      toCandidate(change[side]).map((one) => ({
        ...{ ...one, name: String(index), instance },
        settings: settingsFor(rules),
      })),
    );
  const of = (side: "before" | "after") => {
    const all = candidates(side);
    return [...new Set(all.map(({ settings }) => settings))].flatMap((settings) =>
      evaluateCrossRules(
        all.filter((one) => one.settings === settings),
        settings,
        today,
      ),
    );
  };
  const keysOf = ({ rule, names, part }: EvaluatedCrossFinding) =>
    names.map((name) => JSON.stringify([rule, part, name]));
  const before = new Map<string, Set<EvaluatedCrossFinding>>();
  for (const old of of("before"))
    for (const key of keysOf(old)) before.set(key, (before.get(key) ?? new Set()).add(old));
  // Where only fewer postbacks break it than before, nothing is newly broken.
  const found = of("after").filter((one) => {
    const keys = keysOf(one);
    const olds = [...(before.get(keys[0] ?? "") ?? [])];
    return !olds.some((old) => keys.every((key) => before.get(key)?.has(old)));
  });
  return found.map((one) => ({
    ...one,
    names: one.names.flatMap((name) => changes[Number(name)]?.name ?? []),
  }));
}

function evaluateSide(
  side: DeclaredPostback | undefined,
  { settings, domain, patterns }: ReviewContext,
): EvaluatedFinding[] {
  const [candidate] = toCandidate(side);
  if (candidate === undefined || side?.url.kind !== "known") return [];
  const known = { domain, isSecret: side.url.isSecret, patterns };
  return evaluate(candidate, settings, known, side.suppress);
}

function toCandidate(side: DeclaredPostback | undefined): Omit<CrossCandidate, "name">[] {
  if (side?.url.kind !== "known" || typeof side.url.value !== "string") return [];
  return [{ ...side, postbackUrl: side.url.value }];
}

// The same mistake at the same place is an old one, however it is spelled now.
function keyOf({ rule, part }: EvaluatedFinding): string {
  return `${rule} ${part}`;
}
