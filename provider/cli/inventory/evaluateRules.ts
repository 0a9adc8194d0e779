import { typeIdOf } from "../../postback/postback";
import type { CrossCandidate } from "../../postback/rules/crossRule";
import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import { evaluateCrossRules } from "../../postback/rules/evaluateCrossRules";
import { ownPatterns } from "../../postback/rules/ownPatterns";
import type { RuleSettings } from "../../postback/rules/rule";
import { maskUrl } from "../../postback/secrets";
import type { MatchedPostback } from "./matchPostbacks";
import type { OtherPostback } from "./report";
import { urlHost } from "./urlShape";

/** What a rule finds in a postback. */
export interface PostbackFinding extends EvaluatedFinding {
  /** All postbacks that it is about; none where it is about this one alone. */
  readonly together?: readonly OtherPostback[];
}

/** What the rules find in each of the postbacks, alone and beside the others of its instance. */
export function evaluateRules(
  pairs: readonly MatchedPostback[],
  rules: RuleSettings,
  today: Date,
): PostbackFinding[][] {
  const candidates = pairs.map(toCandidate);
  const patterns = ownPatterns(candidates.flatMap((one) => one?.postbackUrl ?? []));
  const found = pairs.map((pair, index): PostbackFinding[] => {
    const candidate = candidates[index];
    if (candidate === undefined) return [];
    const context = { domain: pair.source.instance, isSecret: isSecret(pair), patterns };
    return evaluate(candidate, rules, context, candidate.suppress);
  });
  // Each campaign fires for its own conversions only, so that several of one affiliate and offer are no duplicates.
  const firing = candidates.filter((one, index): one is CrossCandidate => {
    return one !== undefined && pairs[index]?.source.kind !== "campaigns";
  });
  for (const { names, ...finding } of evaluateCrossRules(firing, rules, today)) {
    const together = names.flatMap((name) => toOtherPostback(pairs[Number(name)]));
    for (const name of names) found[Number(name)]?.push({ ...finding, together });
  }
  return found;
}

function toOtherPostback(pair: MatchedPostback | undefined): OtherPostback[] {
  if (pair === undefined) return [];
  const url = isSecret(pair) ? undefined : knownUrl(pair);
  return [{ id: pair.id, host: url === undefined ? null : urlHost(maskUrl(url)) }];
}

/** Whether a program says that the URL is secret. One that no stack manages lies open in CAKE. */
export function isSecret({ managed }: MatchedPostback): boolean {
  return managed.some((one) => one.isSecret);
}

/** The URL at CAKE; undefined where the source does not tell it, as a file whose cell is empty. */
export function liveUrl({ live, source }: MatchedPostback): string | undefined {
  return live?.url === "" && source.kind === "csv" ? undefined : live?.url;
}

/** The URL at CAKE, or else in the state. */
export function knownUrl(pair: MatchedPostback): string | undefined {
  if (pair.live) return liveUrl(pair);
  const [first] = pair.managed;
  return first?.url.kind === "known" && typeof first.url.value === "string" ? first.url.value : undefined;
}

// A postback that CAKE does not show is called by nobody: there is nothing to judge.
function toCandidate(pair: MatchedPostback, index: number): CrossCandidate | undefined {
  const { live, source, managed } = pair;
  const postbackUrl = liveUrl(pair);
  if (live === undefined || postbackUrl === undefined) return undefined;
  return {
    ...reviewValues(pair),
    name: String(index),
    instance: source.instance,
    postbackUrl,
    affiliateId: live.affiliateId ?? undefined,
    offerId: live.offerId ?? undefined,
    postbackStatus: live.status ?? undefined,
    postbackTypeId: typeIdOf(live.type ?? "") ?? live.stated?.postbackTypeId ?? managed[0]?.postbackTypeId,
  };
}

// Each resource that manages the postback may allow what a rule finds in it, and so may a file that lists it.
function reviewValues({
  live,
  managed,
}: MatchedPostback): Pick<CrossCandidate, "clickIdSlot" | "overlapUntil" | "suppress"> {
  const all = [...managed, ...(live?.stated ? [live.stated] : [])];
  const days = all.flatMap(({ overlapUntil }) => overlapUntil ?? []).sort();
  return {
    clickIdSlot: all.find(({ clickIdSlot }) => clickIdSlot !== undefined)?.clickIdSlot,
    overlapUntil: days.at(-1),
    suppress: Object.assign({}, ...managed.map(({ suppress }) => suppress)),
  };
}
