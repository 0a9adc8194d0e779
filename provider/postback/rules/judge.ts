import { MACROS } from "../macros";
import { maskUrl } from "../secrets";
import { hostRules } from "./hostRules";
import { macroRules } from "./macroRules";
import { isFound } from "./ownPattern";
import type { Candidate, Finding, RuleContext, RuleSettings, Severity, UrlRule } from "./rule";
import { shapeRules } from "./shapeRules";
import { trackerRules } from "./trackerRules";

/** Every rule about one URL, in the order of their ids. */
export const urlRules: readonly UrlRule[] = [
  ...macroRules,
  ...shapeRules,
  ...hostRules,
  ...trackerRules,
].sort((one, other) => one.id.localeCompare(other.id));

/** A finding, weighed by what the project and the resource have decided. */
export interface Judgement extends Omit<Finding, "severity"> {
  readonly rule: string;
  /** The rule's name for people: `no-click-id`. */
  readonly name: string;
  readonly severity: Severity;
  readonly fix: string;
  /** Why the resource bears it, in the words of its program. A suppressed finding neither stops nor warns. */
  readonly suppressed?: string;
}

const KNOWN_MACROS: ReadonlySet<string> = new Set(MACROS.map(({ name }) => name));

/** Why a resource bears what a rule finds, by the rule's id. */
export type Suppressions = Readonly<Record<string, string>>;

/** What the rules find in one postback, the suppressed findings included. */
export function judge(
  candidate: Candidate,
  settings: RuleSettings,
  context: Omit<RuleContext, "macros"> = {},
  suppressions: Suppressions = {},
): Judgement[] {
  const macros = settings.macros.length === 0 ? KNOWN_MACROS : new Set([...KNOWN_MACROS, ...settings.macros]);
  const whole = { ...context, macros };
  const found = [
    ...urlRules.flatMap((rule) =>
      rule.find(candidate, whole).map((finding) => judgement(rule, finding, candidate.postbackUrl)),
    ),
    ...ownFindings(candidate, settings),
  ];
  return found.flatMap((one) => weighed(one, settings, suppressions));
}

function judgement({ id, name, severity, fix }: UrlRule, finding: Finding, url: string): Judgement {
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

// A part by itself does not show what makes it secret, so it must be in what the mask shows of the whole.
function shownOf(quoted: string, url: string): string | undefined {
  const whole = maskUrl(url);
  return [quoted, maskUrl(quoted)].find((text) => whole.includes(text));
}

function ownFindings({ postbackUrl }: Candidate, { own }: RuleSettings): Judgement[] {
  return own.flatMap(({ id, pattern, message, severity }) => {
    const found = isFound(pattern, postbackUrl);
    const judged = { rule: id, name: "own-rule", part: "the URL" };
    if (found === "too slow") {
      const what = "takes the rule's pattern more than a second, so it was not checked";
      return [
        { ...judged, severity: "error", what, fix: "Simplify the pattern in the project's cake:rules." },
      ];
    }
    const fix = "See the rule in the project's cake:rules.";
    return found ? [{ ...judged, severity, what: message, fix }] : [];
  });
}

function weighed(one: Judgement, settings: RuleSettings, suppressions: Suppressions): Judgement[] {
  const decided = settings.severity[one.rule];
  if (decided === "off") return [];
  const severity = decided ?? one.severity;
  const suppressed = Object.hasOwn(suppressions, one.rule) ? suppressions[one.rule] : undefined;
  return [{ ...one, severity, ...(suppressed === undefined ? {} : { suppressed }) }];
}

/** Whether a finding stops a new or changed URL. */
export function stops({ severity, suppressed }: Judgement): boolean {
  return severity === "error" && suppressed === undefined;
}

/** A finding in a sentence that quotes no value. */
export function sentence({ rule, name, part, what, fix }: Judgement): string {
  return `${rule} ${name}: ${part} ${what}. ${fix}`;
}
