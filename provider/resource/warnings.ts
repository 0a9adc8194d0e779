import * as pulumi from "@pulumi/pulumi";
import { type Judgement, judge, type Suppressions, sentence } from "../postback/rules/judge";
import { type Candidate, type ClickIdSlot, ordinaryRules, type RuleSettings } from "../postback/rules/rule";
import { urlParts } from "../postback/url";
import { settings } from "../settings";

/** The arguments of a resource that the rules look at. */
export interface JudgedArgs {
  readonly postbackUrl: pulumi.Input<string>;
  readonly affiliateId: pulumi.Input<number>;
  readonly offerId: pulumi.Input<number>;
  readonly postbackTypeId?: pulumi.Input<number> | undefined;
  readonly clickIdSlot?: pulumi.Input<ClickIdSlot> | undefined;
  readonly suppress?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/**
 * Warns on the resource of what the rules find in its URL, as soon as that is known: in a preview, or at the latest
 * when it is sent. The provider process cannot: it knows neither the resource nor what is secret.
 *
 * @param rules The JSON text of `cake:rules` of an explicit provider; undefined for the stack's own.
 */
export function warnOfFindings(
  resource: pulumi.Resource,
  { postbackUrl, affiliateId, offerId, postbackTypeId, clickIdSlot, suppress }: JudgedArgs,
  rules?: pulumi.Output<string | undefined>,
): void {
  const stack = new pulumi.Config("cake");
  const url = pulumi.output(postbackUrl);
  const text = rules ?? pulumi.output(stack.get("rules") ?? process.env[settings.rules.variable]);
  pulumi
    .all([url, affiliateId, offerId, postbackTypeId, clickIdSlot, suppress, text])
    .apply(async ([known, affiliate, offer, typeId, slot, suppressions, decided]) => {
      if (typeof known !== "string") return;
      const candidate: Candidate = {
        postbackUrl: known,
        ...{ affiliateId: affiliate, offerId: offer, postbackTypeId: typeId, clickIdSlot: slot },
      };
      const isSecret = await pulumi.isSecret(url);
      const domain = urlParts(stack.get("domain") ?? "").host;
      const context = { domain: domain === "" ? undefined : domain, isSecret };
      const found = judge(candidate, await rulesIn(decided), context, suppressed(suppressions));
      for (const finding of found)
        if (finding.suppressed === undefined) await warn(resource, finding, isSecret);
    });
}

// Rules that cannot be read are told by check, for every resource.
async function rulesIn(text: string | undefined): Promise<RuleSettings> {
  if (text === undefined || text.trim() === "") return ordinaryRules;
  // Most projects have none, and need not load what reads them.
  const { ruleSettingsFrom } = await import("../ruleSettings.js");
  try {
    return ruleSettingsFrom(text);
  } catch {
    return ordinaryRules;
  }
}

// What is no text is told by check as well.
function suppressed(given: unknown): Suppressions {
  return typeof given === "object" && given !== null ? (given as Suppressions) : {};
}

function warn(resource: pulumi.Resource, finding: Judgement, isSecret: boolean): Promise<void> {
  const isShown = !isSecret && !TAKES_SECRET.test(finding.part);
  const quoted = isShown && finding.quoted !== undefined ? ` Found: ${visible(finding.quoted)}.` : "";
  return pulumi.log.warn(sentence(finding) + quoted, resource);
}

// Partners take the values of such parameters for secrets, whether or not the program does.
const TAKES_SECRET = /token|secur|sign|secret|key|auth|pass|pwd/i;

// What a partner wrote must do nothing to a terminal.
function visible(text: string): string {
  const hex = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, hex);
}
