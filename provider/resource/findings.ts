import * as pulumi from "@pulumi/pulumi";
import type { ClickIdSlot } from "../postback/macros";
import { type EvaluatedFinding, evaluate, type Suppressions, sentence } from "../postback/rules/evaluate";
import { forbiddenSecret, warningText } from "../postback/rules/findingText";
import { type OwnPatterns, ownPatterns } from "../postback/rules/ownPatterns";
import { plainSecret } from "../postback/rules/plainSecret";
import { type Candidate, defaultRuleSettings, type RuleSettings } from "../postback/rules/rule";
import { hostIn } from "../settings/origin";

/** The JSON text of `cake:rules`, of the stack or of an explicit provider. */
type Rules = pulumi.Output<string | undefined> | string | undefined;

/** What the provider of a postback decides about the rules. */
export interface RuleSource {
  readonly rules: Rules;
  /** The CAKE instance as the settings name it. */
  readonly domain: pulumi.Input<string | undefined>;
}

/** The parts of a postback that rules check. */
export interface RuleInputs {
  readonly postbackUrl: pulumi.Input<string>;
  readonly affiliateId: pulumi.Input<number>;
  readonly offerId: pulumi.Input<number>;
  readonly postbackTypeId?: pulumi.Input<number | undefined> | undefined;
}

/** What a program says about a postback for its reviewers. */
export interface ReviewValues {
  readonly clickIdSlot?: pulumi.Input<ClickIdSlot> | undefined;
  readonly suppress?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/**
 * The URL, which fails before anything is registered if the project makes an error of a secret that is not secret.
 *
 * @throws Through the input, so that the resource is never registered.
 */
export function secretWhereRequired(values: RuleInputs & ReviewValues, rules: Rules): pulumi.Input<string> {
  if (rules === undefined || (typeof rules === "string" && !rules.includes(plainSecret.id)))
    return values.postbackUrl;
  return pulumi.output(values.postbackUrl).apply(async (url) => {
    requireSecret(await findingsIn(values, { rules, domain: undefined }));
    return url;
  });
}

/**
 * Reports on the resource what the rules find in its URL, as soon as that is known: in a preview, or at the latest when it
 * is registered. The provider process cannot: it knows neither the resource nor what is secret.
 *
 * @throws Through the program, if the project makes an error of a secret that is not secret.
 */
export function reportFindings(
  resource: pulumi.Resource,
  registered: RuleInputs,
  { clickIdSlot, suppress }: ReviewValues,
  source: RuleSource,
): void {
  const values = { ...pick(registered), clickIdSlot, suppress };
  pulumi.output(registered.postbackUrl).apply(async () => {
    const isSecret = await pulumi.isSecret(pulumi.output(registered.postbackUrl));
    const found = await findingsIn(values, source);
    for (const finding of found)
      if (finding.suppressed === undefined) await warn(resource, finding, isSecret);
    requireSecret(found);
  });
}

// A resource has more than what is judged, and an input that is a resource would be a dependency on it.
function pick({ postbackUrl, affiliateId, offerId, postbackTypeId }: RuleInputs): RuleInputs {
  return { postbackUrl, affiliateId, offerId, postbackTypeId };
}

// Pulumi gives a program no other place for what all resources of a run share.
let patterns: OwnPatterns | undefined;

async function findingsIn(
  values: RuleInputs & ReviewValues,
  { rules, domain }: RuleSource,
): Promise<EvaluatedFinding[]> {
  const url = await known(values.postbackUrl);
  if (typeof url !== "string") return [];
  const candidate: Candidate = {
    postbackUrl: url,
    affiliateId: await known(values.affiliateId),
    offerId: await known(values.offerId),
    postbackTypeId: await known(values.postbackTypeId),
    clickIdSlot: await known(values.clickIdSlot),
  };
  const isSecret = await pulumi.isSecret(pulumi.output(values.postbackUrl));
  patterns ??= ownPatterns();
  const context = { domain: hostIn(await known(domain)), isSecret, patterns };
  return evaluate(
    candidate,
    await rulesIn(await known(rules)),
    context,
    suppressed(await known(values.suppress)),
  );
}

// Outputs know both, and their types do not say so. What a preview does not know yet is left out of the judging.
async function known<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T> | undefined> {
  const output = pulumi.output(input) as unknown as {
    readonly isKnown: Promise<boolean>;
    promise(): Promise<pulumi.Unwrap<T>>;
  };
  return (await output.isKnown) ? output.promise() : undefined;
}

function requireSecret(found: readonly EvaluatedFinding[]): void {
  const broken = forbiddenSecret(found);
  if (broken === undefined) return;
  // Pulumi prints the message of such an error alone.
  throw Object.assign(new pulumi.RunError(sentence(broken)), { stack: "" });
}

// If the rules cannot be read, check says so for every resource.
async function rulesIn(text: string | undefined): Promise<RuleSettings> {
  if (text === undefined || text.trim() === "") return defaultRuleSettings;
  // Most projects have none, and need not load what reads them.
  const { ruleSettingsFrom } = await import("../settings/ruleSettings.js");
  try {
    return ruleSettingsFrom(text);
  } catch {
    return defaultRuleSettings;
  }
}

// If it is not an object, check says so as well.
function suppressed(given: unknown): Suppressions {
  return typeof given === "object" && given !== null ? (given as Suppressions) : {};
}

function warn(resource: pulumi.Resource, finding: EvaluatedFinding, isSecret: boolean): Promise<void> {
  return pulumi.log.warn(warningText(finding, isSecret), resource);
}
