import { DOCUMENTED_MACROS, withSamples } from "../macros";
import { type UrlComponent, UrlReading } from "../reading/reading";
import { maskUrl } from "../secrets";
import { namedParameter } from "../url";
import { urlRules } from "./builtInRules";
import { type OwnPatterns, ownPatterns } from "./ownPatterns";
import { ownFindings } from "./ownRules";
import type { Candidate, Finding, RuleFacts, RuleSettings, Severity, UrlFinding, UrlRule } from "./rule";

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

/** Rules to suppress: rule ID → reason. */
export type Suppressions = Readonly<Record<string, string>>;

/** What is known about a postback beside its declaration. */
export interface EvaluationContext extends Pick<RuleFacts, "domain" | "isSecret"> {
  /** The ID of the only rule to ask. @default all rules */
  readonly only?: string;
  /** The project's own patterns of this run, which share their time. @default patterns of this call alone */
  readonly patterns?: OwnPatterns;
}

/** What the rules find in one postback, including suppressed findings. */
export function evaluate(
  candidate: Candidate,
  settings: RuleSettings,
  context: EvaluationContext = {},
  suppressions: Suppressions = {},
): EvaluatedFinding[] {
  const { only, patterns = ownPatterns(), ...known } = context;
  const facts: RuleFacts = { ...known, ...factsOf(candidate), macros: macrosOf(settings) };
  const url = new UrlReading(candidate.postbackUrl);
  const asked = <T extends { readonly id: string }>(rules: readonly T[]): readonly T[] =>
    only === undefined ? rules : rules.filter(({ id }) => id === only);
  const found: EvaluatedFinding[] = [];
  for (const rule of asked(urlRules))
    for (const finding of distinct(rule.find(url, facts))) found.push(evaluated(rule, finding, url, facts));
  const own = ownFindings(candidate.postbackUrl, { ...settings, own: asked(settings.own) }, patterns);
  return [...found, ...own].flatMap((one) => withSettings(one, settings, suppressions));
}

function factsOf({
  postbackTypeId,
  clickIdSlot,
}: Candidate): Pick<RuleFacts, "postbackTypeId" | "clickIdSlot"> {
  return { postbackTypeId, clickIdSlot };
}

function macrosOf({ macros }: RuleSettings): ReadonlySet<string> {
  return macros.length === 0 ? DOCUMENTED_MACROS : new Set([...DOCUMENTED_MACROS, ...macros]);
}

// The same finding about the same part counts once.
function distinct(found: readonly UrlFinding[]): readonly UrlFinding[] {
  if (found.length < 2) return found;
  const byKey = new Map<string, UrlFinding>();
  for (const one of found) {
    const key = `${partOf(one)} ${one.what}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

function partOf({ part }: UrlFinding): string {
  if (typeof part === "string") return part;
  return part.kind === "parameter" ? namedParameter(part.name) : `the ${part.kind}`;
}

function evaluated(
  { id, name, severity, fix }: UrlRule,
  finding: UrlFinding,
  url: UrlReading,
  { isSecret }: RuleFacts,
): EvaluatedFinding {
  const { severity: own, quoted, part, ...others } = finding;
  const shown = quoted === undefined ? undefined : shownOf(quoted, url);
  const receives = isSecret || typeof part === "string" ? undefined : received(part, url);
  return {
    rule: id,
    name,
    severity: own ?? severity,
    fix,
    part: partOf(finding),
    ...others,
    ...(shown === undefined ? {} : { quoted: shown }),
    ...(receives === undefined ? {} : { receives }),
  };
}

// A part alone does not show that it is secret, so the masked URL must have it, too.
function shownOf(quoted: string, url: UrlReading): string | undefined {
  if (url.url.length > MAX_URL_LENGTH) return undefined;
  const whole = url.derive(masked);
  return [quoted, maskUrl(quoted)].find((text) => whole.includes(text));
}

// Whoever sees more than this of a URL reads no more of it.
const MAX_URL_LENGTH = 10_000;

function masked({ url }: UrlReading): string {
  return maskUrl(url);
}

/** The longest text that is shown of what the partner receives. */
const MAX_LENGTH = 160;

/** What the partner receives of a parameter: with samples, and decoded as a receiver decodes it. */
function received({ kind, text }: UrlComponent, url: UrlReading): string | undefined {
  if (kind !== "parameter" || text.length > MAX_LENGTH) return undefined;
  const shown = shownOf(text, url);
  return shown === undefined ? undefined : decoded(withSamples(shown));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
