import { MACROS } from "../macros";
import { maskUrl } from "../secrets";
import { urlRules } from "./builtInRules";
import { type OwnPatterns, ownPatterns } from "./ownPatterns";
import { ownFindings } from "./ownRules";
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

/** What is known besides the postback. */
interface EvaluationContext extends Omit<RuleContext, "macros"> {
  /** The project's own patterns of this run, which share their time. */
  readonly patterns?: OwnPatterns;
}

/** What the rules find in one postback, including suppressed findings. */
export function evaluate(
  candidate: Candidate,
  settings: RuleSettings,
  { patterns = ownPatterns(), ...known }: EvaluationContext = {},
  suppressions: Suppressions = {},
): EvaluatedFinding[] {
  const macros = settings.macros.length === 0 ? KNOWN_MACROS : new Set([...KNOWN_MACROS, ...settings.macros]);
  const complete = { ...known, macros };
  const found = [
    ...urlRules.flatMap((rule) =>
      rule.find(candidate, complete).map((finding) => evaluated(rule, finding, candidate.postbackUrl)),
    ),
    ...ownFindings(candidate.postbackUrl, settings, patterns),
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
