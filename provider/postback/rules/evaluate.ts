import { MACROS } from "../macros";
import { maskUrl } from "../secrets";
import { urlRules } from "./builtInRules";
import { isFound } from "./ownPattern";
import type { Candidate, Finding, RuleContext, RuleSettings, Severity, UrlRule } from "./rule";

/** A finding with the severity that the project and the resource have decided. */
export interface EvaluatedFinding extends Omit<Finding, "severity"> {
  readonly rule: string;
  /** The rule's name for people: `no-click-id`. */
  readonly name: string;
  readonly severity: Severity;
  readonly fix: string;
  /** Why the program suppresses it. A suppressed finding neither stops nor warns. */
  readonly suppressed?: string;
}

const KNOWN_MACROS: ReadonlySet<string> = new Set(MACROS.map(({ name }) => name));

/** Rules to suppress: rule ID → reason. */
export type Suppressions = Readonly<Record<string, string>>;

/** What the rules find in one postback, including suppressed findings. */
export function evaluate(
  candidate: Candidate,
  settings: RuleSettings,
  context: Omit<RuleContext, "macros"> = {},
  suppressions: Suppressions = {},
): EvaluatedFinding[] {
  const macros = settings.macros.length === 0 ? KNOWN_MACROS : new Set([...KNOWN_MACROS, ...settings.macros]);
  const complete = { ...context, macros };
  const found = [
    ...urlRules.flatMap((rule) =>
      rule.find(candidate, complete).map((finding) => evaluated(rule, finding, candidate.postbackUrl)),
    ),
    ...ownFindings(candidate, settings),
  ];
  return found.flatMap((one) => withSettings(one, settings, suppressions));
}

function evaluated({ id, name, severity, fix }: UrlRule, finding: Finding, url: string): EvaluatedFinding {
  const { severity: own, quoted, ...others } = finding;
  const shown = quoted === undefined ? undefined : shownOf(quoted, url);
  return {
    rule: id,
    name,
    severity: own ?? severity,
    fix,
    ...others,
    ...(shown === undefined ? {} : { quoted: shown }),
  };
}

// A part alone does not show that it is secret, so the masked URL must have it, too.
function shownOf(quoted: string, url: string): string | undefined {
  const whole = maskUrl(url);
  return [quoted, maskUrl(quoted)].find((text) => whole.includes(text));
}

function ownFindings({ postbackUrl }: Candidate, { own }: RuleSettings): EvaluatedFinding[] {
  return own.flatMap(({ id, pattern, message, severity }) => {
    const found = isFound(pattern, postbackUrl);
    const base = { rule: id, name: "own-rule", part: "the URL" };
    if (found === "too slow") {
      const what = "needs more than a second for the rule's pattern, so it was not checked";
      return [{ ...base, severity: "error", what, fix: "Simplify the pattern in the project's cake:rules." }];
    }
    const fix = "See the rule in the project's cake:rules.";
    return found ? [{ ...base, severity, what: message, fix }] : [];
  });
}

function withSettings(
  one: EvaluatedFinding,
  settings: RuleSettings,
  suppressions: Suppressions,
): EvaluatedFinding[] {
  const decided = settings.severity[one.rule];
  if (decided === "off") return [];
  const severity = decided ?? one.severity;
  const suppressed = Object.hasOwn(suppressions, one.rule) ? suppressions[one.rule] : undefined;
  return [{ ...one, severity, ...(suppressed === undefined ? {} : { suppressed }) }];
}

/** Whether a finding stops a new or changed URL. */
export function stops({ severity, suppressed }: EvaluatedFinding): boolean {
  return severity === "error" && suppressed === undefined;
}

/** A finding as a sentence that quotes no value. */
export function sentence({ rule, name, part, what, fix }: EvaluatedFinding): string {
  return `${rule} ${name}: ${part} ${what}. ${fix}`;
}
