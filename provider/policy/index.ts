import type {
  Policy,
  PolicyProviderResource,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { savedProvider } from "../door/savedProvider";
import { CodedError } from "../message";
import { FIELD_NAMES } from "../postback/fields";
import { isPostbackType } from "../postback/postback";
import { urlRules } from "../postback/rules/builtInRules";
import type { CrossCandidate } from "../postback/rules/crossRule";
import { crossRules } from "../postback/rules/crossRules";
import { type EvaluatedFinding, evaluate, sentence } from "../postback/rules/evaluate";
import { evaluateCrossRules } from "../postback/rules/evaluateCrossRules";
import { ownPatterns } from "../postback/rules/ownPatterns";
import { readValues } from "../postback/rules/readCandidate";
import {
  defaultRuleSettings,
  type RuleDescription,
  type RuleSettings,
  type Severity,
} from "../postback/rules/rule";
import { stackSetting } from "../resource/stackSetting";
import { hostIn } from "../settings/origin";
import { ruleSettingsFrom } from "../settings/ruleSettings";
import { messages } from "./messages";

export type { RuleSettings } from "../postback/rules/rule";

/** What a policy pack decides about the rules. */
export interface CakePoliciesOptions {
  /**
   * What wins over the stack setting `cake:rules`, part by part: a severity over that of the same rule. Macros and own
   * rules are added. @default the stack's `cake:rules`, or CAKE_RULES
   */
  readonly rules?: Partial<RuleSettings>;
  /** Host of the CAKE instance, for the rule against calls of CAKE to itself. @default the stack's `cake:domain`, or CAKE_DOMAIN */
  readonly domain?: string;
}

type Properties = Readonly<Record<string, unknown>>;

const LEVEL = { error: "mandatory", warning: "advisory" } as const satisfies Record<Severity, string>;

/**
 * The rules of pulumi-cake as policies, for a pack of `@pulumi/policy`. Errors are mandatory and warnings advisory; the
 * pack's configuration may set each policy's level by its name, such as `cake-p03-no-click-id`. What a rule finds with
 * another severity than usual is a policy of its own, such as `cake-p03-no-click-id-error`. Rules and instance are those of
 * the stack that runs the pack. Unlike a preview, policies judge what has not changed as well. No violation quotes a URL or
 * a value in it.
 *
 * ```ts
 * new PolicyPack("cake", { policies: cakePolicies() });
 * ```
 */
export function cakePolicies({
  rules,
  domain = stackSetting("domain"),
}: CakePoliciesOptions = {}): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const settings = combined(rulesOfStack(), rules);
  const instance = hostIn(domain);
  return [...aloneIn(settings, instance), ...togetherIn(settings, instance)];
}

// The engine hands a pack the configuration of the stack that runs it; "pulumi policy publish" has no stack.
function rulesOfStack(): RuleSettings {
  const text = stackSetting("rules");
  if (text === undefined || text.trim() === "") return defaultRuleSettings;
  try {
    return ruleSettingsFrom(text);
  } catch (error) {
    throw new CodedError(messages.rulesInvalid((error as Error).message));
  }
}

function combined(
  stack: RuleSettings,
  { severity, macros = [], own = [] }: Partial<RuleSettings> = {},
): RuleSettings {
  const ids = new Set(own.map(({ id }) => id));
  return {
    severity: { ...stack.severity, ...severity },
    macros: [...stack.macros, ...macros],
    own: [...stack.own.filter(({ id }) => !ids.has(id)), ...own],
  };
}

type Described = Pick<RuleDescription, "id" | "name" | "severity" | "why">;

/** A policy without its validation, and the findings that it reports. */
interface PolicyHead {
  readonly head: Pick<Policy, "name" | "description" | "enforcementLevel">;
  readonly isMine: (finding: Pick<EvaluatedFinding, "rule" | "severity" | "suppressed">) => boolean;
}

function aloneIn(settings: RuleSettings, domain: string | undefined): ResourceValidationPolicy[] {
  const patterns = ownPatterns();
  const own = settings.own.map(({ id, severity, message }) => ({
    ...{ id, severity },
    ...{ name: "own-rule", why: message },
  }));
  const builtIn = urlRules.filter(({ runsIn }) => runsIn.includes("policy"));
  return [...builtIn, ...own].flatMap((rule) =>
    headsFor(rule, settings).map(({ head, isMine }) => ({
      ...head,
      validateResource: ({ type, props, name, provider }, report) => {
        const candidate = isPostbackType(type) ? candidateOf(name, props) : undefined;
        if (candidate === undefined) return;
        const context = { domain: instanceOf(provider, domain), only: rule.id, patterns };
        const found = evaluate(candidate, settings, context, candidate.suppress);
        for (const one of found.filter(isMine)) report(sentence(one));
      },
    })),
  );
}

function togetherIn(settings: RuleSettings, domain: string | undefined): StackValidationPolicy[] {
  return crossRules.flatMap((rule) =>
    headsFor({ ...rule, name: `${rule.name}-in-stack` }, settings).map(({ head, isMine }) => ({
      ...head,
      validateStack: ({ resources }, report) => {
        const postbacks = resources.filter(({ type }) => isPostbackType(type));
        const candidates = postbacks.flatMap(({ urn, props, provider }) => {
          const candidate = candidateOf(urn, props);
          const instance = instanceOf(provider, domain);
          return candidate === undefined ? [] : [{ ...candidate, instance }];
        });
        for (const one of evaluateCrossRules(candidates, settings, new Date()).filter(isMine))
          report(`${one.names.map(nameIn).join(", ")}: ${sentence(one)}`, one.names[0]);
      },
    })),
  );
}

// A policy has one level, and a rule may find errors and warnings. None for a rule that the project has turned off.
function headsFor({ id, name, severity, why }: Described, { severity: decided }: RuleSettings): PolicyHead[] {
  const level = decided[id];
  if (level === "off") return [];
  const usual = level ?? severity;
  const headFor = (one: Severity): PolicyHead => ({
    head: {
      name: `cake-${id.toLowerCase()}-${name}${one === usual ? "" : `-${one}`}`,
      description: why,
      enforcementLevel: LEVEL[one],
    },
    isMine: (finding) => finding.rule === id && finding.severity === one && finding.suppressed === undefined,
  });
  const other = usual === "error" ? "warning" : "error";
  return level === undefined ? [headFor(usual), headFor(other)] : [headFor(usual)];
}

function candidateOf(name: string, props: Properties): CrossCandidate | undefined {
  const postbackUrl = known(props, "postbackUrl");
  if (typeof postbackUrl !== "string") return undefined;
  const values = Object.fromEntries(FIELD_NAMES.map((one) => [one, known(props, one)]));
  return {
    ...readValues({
      ...values,
      // Without a status a postback is active, and one whose status is unknown may be inactive.
      postbackStatus: isKnown(props, "postbackStatus") ? values.postbackStatus : "unknown",
      suppress: knownWithin(values.suppress),
    }),
    name,
    postbackUrl,
  };
}

// An explicit provider works on an instance of its own.
function instanceOf(
  provider: PolicyProviderResource | undefined,
  ofStack: string | undefined,
): string | undefined {
  const explicit = provider && savedProvider({ ...provider, inputs: knownWithin(provider.props) ?? {} });
  if (explicit?.name === undefined) return ofStack;
  const domain = explicit.setting("domain");
  return typeof domain === "string" ? hostIn(domain) : undefined;
}

function knownWithin(value: unknown): Properties | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(Object.keys(value).map((key) => [key, known(value as Properties, key)]));
}

// In a preview, the policy SDK throws where an unknown value is read.
function known(props: Properties, name: string): unknown {
  try {
    return props[name];
  } catch {
    return undefined;
  }
}

function isKnown(props: Properties, name: string): boolean {
  try {
    return props[name] !== null;
  } catch {
    return false;
  }
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
