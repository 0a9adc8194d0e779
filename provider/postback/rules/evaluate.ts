import { DOCUMENTED_MACROS, withSamples } from "../macros";
import { type UrlComponent, UrlReading } from "../reading/reading";
import { maskUrl } from "../secrets";
import { namedParameter } from "../url";
import { urlRules } from "./builtInRules";
import { longUrl, MAX_READ_LENGTH } from "./longUrl";
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
  readonly suppressed?: string | undefined;
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
  const isAsked = ({ id }: { readonly id: string }) =>
    (only === undefined || id === only) && settings.severity[id] !== "off";
  // Only what is refused for its length is read no further.
  const isRefused =
    url.url.length > MAX_READ_LENGTH &&
    (settings.severity[longUrl.id] ?? "error") === "error" &&
    !Object.hasOwn(suppressions, longUrl.id);
  const asked = isRefused ? [longUrl] : urlRules;
  const decided = (one: Decidable): Decision => decide(one, settings, suppressions);
  const found: EvaluatedFinding[] = [];
  for (const rule of asked) {
    if (!isAsked(rule)) continue;
    for (const finding of distinct(rule.find(url, facts))) {
      const severity = finding.severity ?? rule.severity;
      found.push(evaluated(rule, finding, decided({ rule: rule.id, severity }), url, facts));
    }
  }
  if (settings.own.length === 0) return found;
  const own = ownFindings(candidate.postbackUrl, settings.own.filter(isAsked), patterns);
  return [...found, ...own.map((one) => ({ ...one, ...decided(one) }))];
}

type Decidable = Pick<EvaluatedFinding, "rule" | "severity">;
type Decision = Pick<EvaluatedFinding, "severity" | "suppressed">;

// What the project says of the rule, and what the resource says.
function decide({ rule, severity }: Decidable, settings: RuleSettings, suppressions: Suppressions): Decision {
  const decided = settings.severity[rule];
  const isSuppressed = Object.hasOwn(suppressions, rule);
  return {
    severity: decided === undefined || decided === "off" ? severity : decided,
    ...(isSuppressed ? { suppressed: suppressions[rule] } : {}),
  };
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
  // Without a value, the text may be one itself. Base64 ends in "=", and is longer than most names.
  if (part.kind === "parameter" && /^(?:[^=]*(?:==+)?|[^=]{16,}=)$/.test(part.text)) return "a parameter";
  return part.kind === "parameter" ? namedParameter(part.name) : `the ${part.kind}`;
}

function evaluated(
  { id, name, fix }: UrlRule,
  { part, what, quoted, fixed, ...own }: UrlFinding,
  decision: Decision,
  url: UrlReading,
  { isSecret }: RuleFacts,
): EvaluatedFinding {
  return {
    ...{ rule: id, name, ...decision, part: partOf({ part, what, ...own }), what, fix },
    ...(fixed === undefined ? {} : { fixed }),
    // Most findings are only counted, and masking costs more than all rules.
    get quoted() {
      return quoted === undefined ? undefined : shownOf(quoted, url);
    },
    get receives() {
      return isSecret || typeof part === "string" ? undefined : received(part, url);
    },
  };
}

// A part alone does not show that it is secret, so the masked URL must have it, too.
function shownOf(quoted: string, url: UrlReading): string | undefined {
  const whole = url.derive(masked);
  return [quoted, maskUrl(quoted)].find((text) => whole.includes(text));
}

function masked({ url }: UrlReading): string {
  return maskUrl(url);
}

/** The longest text that is shown of what the partner receives. */
const MAX_LENGTH = 160;

/** What the partner receives of a parameter: with samples, and decoded as a receiver decodes it. */
function received({ kind, text }: UrlComponent, url: UrlReading): string | undefined {
  if (kind !== "parameter" || text.length > MAX_LENGTH) return undefined;
  // A text without "=" or a macro may be a secret.
  if (!/[=#]/.test(text)) return undefined;
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

/** Whether a finding stops a new or changed URL. */
export function stops({ severity, suppressed }: EvaluatedFinding): boolean {
  return severity === "error" && suppressed === undefined;
}

/** A finding as a sentence that quotes no value. */
export function sentence({ rule, name, part, what, fix }: EvaluatedFinding): string {
  return `${rule} ${name}: ${part} ${what}. ${fix}`;
}
