import { formatMessage } from "../message";
import {
  type EvaluatedFinding,
  evaluate,
  type Suppressions,
  sentence,
  stops,
} from "../postback/rules/evaluate";
import type { Candidate } from "../postback/rules/rule";
import { checkArguments } from "./arguments";
import type { ProviderContext } from "./context";
import { messages, postbackName } from "./messages";
import type { Urn } from "./safety/ownership";
import { declaredKey } from "./safety/replacements";
import { requireReadableState } from "./safety/stateVersion";
import { urlHash } from "./state";
import { isUnknown } from "./unknown";

interface CheckFailure {
  /** Always empty: the engine would print the property's value, which may be secret. The reason names it. */
  readonly property: "";
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly CheckFailure[];
  /** What the rules found, where the URL had to be judged. */
  readonly found: readonly EvaluatedFinding[] | undefined;
}

type Bag = Readonly<Record<string, unknown>>;

/**
 * Fills defaults and reports every problem that needs no network to be seen, all at once: of the resource alone, of its
 * URL by the rules of the project, and of the resource among those that the run has declared so far.
 *
 * @param secrets The arguments that the program calls secret. Undefined where the door does not learn it.
 */
export function check(
  context: ProviderContext,
  urn: Urn,
  olds: Bag,
  news: Bag,
  secrets?: readonly string[],
): CheckResult {
  requireReadableState(olds);
  context.replacements.exists(urn, olds);
  const { inputs, problems } = checkArguments(news, secrets);
  // What exists is not adopted once more, or its URL would never be judged again.
  if (context.replacements.isKnown(urn)) delete inputs.adopt;
  const isJudged = problems.length === 0 && isToJudge(olds, inputs);
  const found = isJudged ? rulesFindings(context, inputs, secrets?.includes("postbackUrl")) : undefined;
  const broken = sentencesOf(found ?? []);
  if (broken.length > 0 && inputs.adopt !== undefined) {
    // Whether the live record has this very URL, create will know.
    context.warn(messages.adoptedUrlBreaksRules(broken));
    broken.length = 0;
  }
  const forced = Object.keys(olds).length === 0 ? context.replacements.forced(urn) : undefined;
  if (forced) context.changeLimit.plan(declaredKey(forced), postbackName(forced));
  // Its diff said that it is changed in place. Where it said that nothing changes, an earlier run has deleted the record.
  const isInVain = forced !== undefined && context.replacements.isChanged(urn);
  const inVain = isInVain ? [formatMessage(messages.replacedInVain(postbackName(forced)))] : [];
  const { rules } = context.settings;
  const crossed = context.duplicates.add(urn, olds, inputs, rules, context.today);
  for (const { severity, message } of crossed)
    if (severity === "warning") context.logOnce("warning", message);
  const stopping = crossed.filter(({ severity }) => severity === "error");
  const reasons = [
    ...problems,
    ...inVain,
    ...broken,
    ...stopping.map(({ message }) => formatMessage(message)),
  ];
  return { inputs, failures: reasons.map((reason) => ({ property: "", reason })), found };
}

// A URL is judged when it is new or changed. To put back what was applied last is neither.
function isToJudge(olds: Bag, { postbackUrl: url }: Bag): boolean {
  if (isUnknown(url) || url === olds.postbackUrl || typeof url !== "string") return false;
  return urlHash(url) !== olds.__applied;
}

/** The rules that stop this postback, each as a sentence that quotes no value. */
export function rulesBrokenBy(context: ProviderContext, inputs: Bag): string[] {
  return sentencesOf(rulesFindings(context, inputs));
}

function sentencesOf(found: readonly EvaluatedFinding[]): string[] {
  return found.filter(stops).map(sentence);
}

/**
 * What the rules find in a postback. What is not known yet is left out.
 *
 * @param isSecret Whether the program says that the URL is secret. Undefined where the door does not learn it.
 */
export function rulesFindings(
  { settings, patterns }: ProviderContext,
  inputs: Bag,
  isSecret?: boolean,
): EvaluatedFinding[] {
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknown(value)));
  return evaluate(
    known as unknown as Candidate,
    settings.rules,
    { domain: settings.domain, patterns, ...(isSecret === undefined ? {} : { isSecret }) },
    known.suppress as Suppressions | undefined,
  );
}
