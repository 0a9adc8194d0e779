import { hash } from "../../postback/postback";
import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import { evaluateCrossRules } from "../../postback/rules/evaluateCrossRules";
import { ownPatterns } from "../../postback/rules/ownPatterns";
import type { RuleSettings, Severity } from "../../postback/rules/rule";
import { holdsSecret, maskText } from "../../postback/secrets";
import { type RuleFinding, ruleFinding } from "../output/finding";
import type { LintSource, Subject, UncheckedPostback } from "./source";
import { type UncheckedRules, uncheckedRulesIn } from "./uncheckedRules";

/** One finding, and where it is. */
export interface LintFinding extends RuleFinding {
  /** Whether only one correction is possible. */
  readonly isFixCertain: boolean;
  /** The URL with this mistake corrected, if that is certain; missing where the URL is secret, or holds a secret. */
  readonly fixed?: string | undefined;
  /** The postbacks that it is about. */
  readonly postbacks: readonly string[];
  /** The file or CAKE instance in which they were read. */
  readonly source: string;
  /** Whether the source is a file. */
  readonly isFile: boolean;
  /** The line in the source, from 1; missing where lines say nothing to people. */
  readonly line?: number | undefined;
  /** Stays the same when lines move and other postbacks change. */
  readonly fingerprint: string;
}

/** What `lint` found. */
export interface LintReport {
  readonly version: 1;
  /** How many postbacks were judged. */
  readonly postbacks: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  readonly findings: readonly LintFinding[];
  /** Postbacks whose URL could not be read. */
  readonly uncheckedPostbacks: readonly (UncheckedPostback & { readonly source: string })[];
  /** Rules for which something beside the URL was unknown. */
  readonly uncheckedRules: readonly UncheckedRules[];
  /** Why postbacks may be missing, or parts of them. The report then proves nothing. */
  readonly incomplete: readonly string[];
}

/** What the judging of a source needs beside its postbacks. */
export interface LintContext {
  readonly rules: RuleSettings;
  /** The CAKE instance of postbacks that do not say themselves which one is theirs. */
  readonly domain?: string | undefined;
  readonly today: Date;
}

/** Judges all that was read, each postback alone and those of one source together. The errors come first. */
export function lint(reads: readonly LintSource[], contextOf: (read: LintSource) => LintContext): LintReport {
  const found: Record<Rank, LintFinding[]> = { error: [], warning: [], suppressed: [] };
  const number = numbering();
  for (const read of reads)
    for (const { fingerprint, ...finding } of findingsIn(read, contextOf(read)))
      found[rankOf(finding)].push({ ...finding, fingerprint: number(fingerprint) });
  return {
    version: 1,
    postbacks: reads.reduce((sum, { subjects }) => sum + subjects.length, 0),
    errors: found.error.length,
    warnings: found.warning.length,
    suppressed: found.suppressed.length,
    findings: [...found.error, ...found.warning, ...found.suppressed],
    uncheckedPostbacks: reads.flatMap(({ source, uncheckedPostbacks }) =>
      uncheckedPostbacks.map(({ name, why }) => ({ name: maskText(name), source, why })),
    ),
    uncheckedRules: reads.flatMap(uncheckedRulesIn),
    incomplete: reads.flatMap(({ source, subjects, incomplete }) => [
      ...incomplete,
      ...(subjects.length === 0 ? [`${source} has no postback that can be checked`] : []),
    ]),
  };
}

// One at a time: a source may have hundreds of thousands.
function* findingsIn(read: LintSource, { rules, domain, today }: LintContext): Generator<LintFinding> {
  const patterns = ownPatterns(read.subjects.map(({ postbackUrl }) => postbackUrl));
  for (const subject of read.subjects) {
    const context = { domain: subject.instance ?? domain, isSecret: subject.isSecret, patterns };
    for (const judgement of evaluate(subject, rules, context, subject.suppress))
      yield toLintFinding(judgement, [subject], read);
  }
  for (const subjects of instancesIn(read.subjects)) {
    // By position, as two postbacks may have one name.
    const named = subjects.map((subject, index) => ({ ...subject, name: String(index) }));
    for (const judgement of evaluateCrossRules(named, rules, today)) {
      const meant = judgement.names.flatMap((index) => subjects[Number(index)] ?? []);
      yield toLintFinding(judgement, meant, read);
    }
  }
}

// Two instances may have the same IDs, and a file one postback twice.
function instancesIn(subjects: readonly Subject[]): Subject[][] {
  const byInstance = new Map<string | undefined, Map<string, Subject>>();
  for (const [index, subject] of subjects.entries()) {
    const key = String(subject.postbackId ?? `row ${index}`);
    const same = byInstance.get(subject.instance) ?? new Map<string, Subject>();
    byInstance.set(subject.instance, same);
    if (!same.has(key)) same.set(key, subject);
  }
  return [...byInstance.values()].map((same) => [...same.values()]);
}

function toLintFinding(
  judgement: Omit<EvaluatedFinding, "quoted">,
  subjects: readonly Subject[],
  { source, isFile }: LintSource,
): LintFinding {
  const { rule, part, fixed } = judgement;
  const isSecret = subjects.some((subject) => subject.isSecret === true);
  return {
    ...ruleFinding(judgement, isSecret),
    isFixCertain: fixed !== undefined,
    fixed: fixed === undefined || isSecret || holdsSecret(fixed) ? undefined : fixed,
    postbacks: subjects.map(({ name }) => maskText(name)),
    source,
    isFile,
    line: subjects[0]?.line,
    fingerprint: hash([rule, part, ...subjects.flatMap(identity)]),
  };
}

function identity({ name, isNamed, affiliateId = 0, offerId = 0, postbackUrl }: Subject) {
  return isNamed ? [name] : [affiliateId, offerId, postbackUrl];
}

// The order distinguishes what is found twice in one postback.
function numbering(): (fingerprint: string) => string {
  const counts = new Map<string, number>();
  return (fingerprint) => {
    const count = (counts.get(fingerprint) ?? 0) + 1;
    counts.set(fingerprint, count);
    return `${fingerprint}:${count}`;
  };
}

type Rank = Severity | "suppressed";

/** What a finding counts as. */
export function rankOf({ severity, suppressed }: Pick<LintFinding, "severity" | "suppressed">): Rank {
  return suppressed === undefined ? severity : "suppressed";
}
