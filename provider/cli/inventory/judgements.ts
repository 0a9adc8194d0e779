import { typeIdOf } from "../../postback/postback";
import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import { evaluateCrossRules, type SuppressibleCandidate } from "../../postback/rules/evaluateCrossRules";
import type { RuleSettings } from "../../postback/rules/rule";
import type { Pair } from "./pairs";

/** What a rule finds in a postback. */
export interface Found extends EvaluatedFinding {
  /** The ids of all postbacks that it is about; none where it is about this one alone. */
  readonly together?: readonly number[];
}

/** What the rules find in each of the postbacks, alone and beside the others of its instance. */
export function judgementsOf(pairs: readonly Pair[], rules: RuleSettings, today: Date): Found[][] {
  const candidates = pairs.map(candidateOf);
  const found = pairs.map((pair, index): Found[] => {
    const candidate = candidates[index];
    if (candidate === undefined) return [];
    const context = { domain: pair.source.instance, isSecret: isSecret(pair) };
    return evaluate(candidate, rules, context, candidate.suppress);
  });
  for (const together of ofOneInstance(pairs, candidates)) {
    for (const { names, ...judgement } of evaluateCrossRules(together, rules, today)) {
      const together = names.flatMap((name) => pairs[Number(name)]?.id ?? []);
      for (const name of names) found[Number(name)]?.push({ ...judgement, together });
    }
  }
  return found;
}

/** Whether a program says that the URL is secret. One that no stack manages lies open in CAKE. */
export function isSecret({ managed }: Pair): boolean {
  return managed.some((one) => one.isSecret);
}

/** The URL at CAKE; undefined where the source does not tell it, as a file whose cell is empty. */
export function toldUrl({ live, source }: Pair): string | undefined {
  return live?.url === "" && source.kind === "csv" ? undefined : live?.url;
}

/** The URL at CAKE, or else in the state. */
export function urlOf(pair: Pair): string | undefined {
  if (pair.live) return toldUrl(pair);
  const [first] = pair.managed;
  return first?.url.kind === "known" && typeof first.url.value === "string" ? first.url.value : undefined;
}

// A postback that CAKE does not show is called by nobody: there is nothing to judge.
function candidateOf(pair: Pair, index: number): SuppressibleCandidate | undefined {
  const { live } = pair;
  const [first] = pair.managed;
  const postbackUrl = toldUrl(pair);
  if (live === undefined || postbackUrl === undefined) return undefined;
  return {
    name: String(index),
    postbackUrl,
    affiliateId: live.affiliateId ?? undefined,
    offerId: live.offerId ?? undefined,
    postbackStatus: live.status?.toLowerCase(),
    postbackTypeId: typeIdOf(live.type ?? "") ?? first?.postbackTypeId,
    clickIdSlot: first?.clickIdSlot,
    overlapUntil: first?.overlapUntil,
    suppress: first?.suppress,
  };
}

// Each campaign fires for its own conversions only, so that several of one affiliate and offer are no duplicates.
function ofOneInstance(
  pairs: readonly Pair[],
  candidates: readonly (SuppressibleCandidate | undefined)[],
): SuppressibleCandidate[][] {
  const sources = [...new Set(pairs.map(({ source }) => source))].filter(({ kind }) => kind !== "campaigns");
  return sources.map((source) =>
    candidates.filter(
      (candidate, index): candidate is SuppressibleCandidate =>
        candidate !== undefined && pairs[index]?.source === source,
    ),
  );
}
