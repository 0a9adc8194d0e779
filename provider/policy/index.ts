import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { FIELD_NAMES } from "../postback/fields";
import { TYPE_TOKEN } from "../postback/postback";
import { urlRules } from "../postback/rules/builtInRules";
import { crossRules } from "../postback/rules/crossRules";
import { evaluate, sentence } from "../postback/rules/evaluate";
import { evaluateCrossRules, type SuppressibleCandidate } from "../postback/rules/evaluateCrossRules";
import { defaultRuleSettings, type RuleSettings, type Severity } from "../postback/rules/rule";

export type { RuleSettings } from "../postback/rules/rule";

/** What a policy pack decides about the rules. */
export interface CakePoliciesOptions {
  /** The same as the stack setting `cake:rules`. @default each rule's own severity */
  readonly rules?: Partial<RuleSettings>;
  /** Host of the CAKE instance, for the rule against calls of CAKE to itself. @default unknown */
  readonly domain?: string;
}

type Properties = Readonly<Record<string, unknown>>;

const LEVEL = { error: "mandatory", warning: "advisory" } as const satisfies Record<Severity, string>;

/**
 * The rules of pulumi-cake as policies, one for each, for a pack of `@pulumi/policy`. Errors are mandatory and
 * warnings advisory; the pack's configuration may set each policy's level by its name, such as
 * `cake-p03-no-click-id`. Unlike a preview, policies judge what has not changed as well. No violation quotes a
 * URL or a value in it.
 *
 * ```ts
 * new PolicyPack("cake", { policies: cakePolicies() });
 * ```
 */
export function cakePolicies({
  rules,
  domain,
}: CakePoliciesOptions = {}): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const settings: RuleSettings = { ...defaultRuleSettings, ...rules };
  return [...aloneIn(settings, domain), ...togetherIn(settings)];
}

interface Described {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly why: string;
}

function aloneIn(settings: RuleSettings, domain: string | undefined): ResourceValidationPolicy[] {
  const own = settings.own.map(({ id, severity, message }) => ({
    id,
    name: "own-rule",
    severity,
    why: message,
  }));
  return [...urlRules, ...own].flatMap((rule) => {
    // An own pattern costs more than all built-in rules, so only its policy runs it.
    const asked = { ...settings, own: settings.own.filter(({ id }) => id === rule.id) };
    return described(rule, settings).map((policy) => ({
      ...policy,
      validateResource: ({ type, props, name }, report) => {
        const candidate = type === TYPE_TOKEN ? candidateOf(name, props) : undefined;
        if (candidate === undefined) return;
        const found = evaluate(candidate, asked, { domain }, candidate.suppress);
        for (const one of found)
          if (one.rule === rule.id && one.suppressed === undefined) report(sentence(one));
      },
    }));
  });
}

function togetherIn(settings: RuleSettings): StackValidationPolicy[] {
  return crossRules.flatMap((rule) =>
    described({ ...rule, name: `${rule.name}-in-stack` }, settings).map((policy) => ({
      ...policy,
      validateStack: ({ resources }, report) => {
        const candidates = resources
          .filter(({ type }) => type === TYPE_TOKEN)
          .flatMap(({ urn, props }) => candidateOf(urn, props) ?? []);
        const found = evaluateCrossRules(candidates, settings, new Date());
        for (const one of found) {
          if (one.rule === rule.id && one.suppressed === undefined)
            report(`${one.names.map(nameIn).join(", ")}: ${sentence(one)}`, one.names[0]);
        }
      },
    })),
  );
}

// None for a rule that the project has turned off.
function described(
  { id, name, severity, why }: Described,
  { severity: decided }: RuleSettings,
): { name: string; description: string; enforcementLevel: (typeof LEVEL)[Severity] }[] {
  const weight = decided[id] ?? severity;
  if (weight === "off") return [];
  return [{ name: `cake-${id.toLowerCase()}-${name}`, description: why, enforcementLevel: LEVEL[weight] }];
}

function candidateOf(name: string, props: Properties): SuppressibleCandidate | undefined {
  const postbackUrl = known(props, "postbackUrl");
  if (typeof postbackUrl !== "string") return undefined;
  return { ...Object.fromEntries(FIELD_NAMES.map((one) => [one, known(props, one)])), name, postbackUrl };
}

// In a preview, the policy SDK throws where an unknown value is read.
function known(props: Properties, name: string): unknown {
  try {
    return props[name];
  } catch {
    return undefined;
  }
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
