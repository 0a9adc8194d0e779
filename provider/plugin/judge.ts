import { type CheckResult, rulesFindings } from "../lifecycle/check";
import type { ProviderContext } from "../lifecycle/context";
import { isUnknown } from "../lifecycle/unknown";
import { sentence } from "../postback/rules/evaluate";
import { forbiddenSecret, warningText } from "../postback/rules/findingText";

/**
 * Warns of what the rules find in a checked postback, and returns what must stop it: a secret that is not secret, where the
 * project makes an error of that. The class does so in a TypeScript program.
 */
export function judge(
  context: ProviderContext,
  { inputs, found: judged }: Pick<CheckResult, "inputs" | "found">,
  isSecret: boolean,
): string[] {
  if (isUnknown(inputs.postbackUrl)) return [];
  const found = judged ?? rulesFindings(context, inputs, isSecret);
  const forbidden = forbiddenSecret(found);
  if (forbidden !== undefined) return [sentence(forbidden)];
  for (const finding of found.filter(({ suppressed }) => suppressed === undefined))
    context.log("warning", warningText(finding, isSecret));
  return [];
}
