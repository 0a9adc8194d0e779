import { hash } from "../../postback/postback";
import { groupsOf } from "../../postback/rules/crossRule";
import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import { evaluateCrossRules } from "../../postback/rules/evaluateCrossRules";
import type { RuleSettings } from "../../postback/rules/rule";
import { maskText } from "../../postback/secrets";
import { type RuleFinding, ruleFinding } from "../output/finding";
import type { LintSource, Subject, UncheckedPostback } from "./source";
import { type UncheckedRules, uncheckedRulesIn } from "./uncheckedRules";

/** One finding, and where it is. */
export interface LintFinding extends RuleFinding {
  /** Whether the right URL is certain. */
  readonly isFixCertain: boolean;
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

/** Judges all that was read, each postback alone and those of one source together. */
export function lint(reads: readonly LintSource[], contextOf: (read: LintSource) => LintContext): LintReport {
  const found = reads.flatMap(byRules).flatMap((read) => findingsIn(read, contextOf(read)));
  const findings = numbered(found).sort((one, other) => rank(one) - rank(other));
  const counted = findings.filter((one) => one.suppressed === undefined);
  return {
    version: 1,
    postbacks: reads.reduce((sum, { subjects }) => sum + subjects.length, 0),
    errors: counted.filter(({ severity }) => severity === "error").length,
    warnings: counted.filter(({ severity }) => severity === "warning").length,
    suppressed: findings.length - counted.length,
    findings,
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

// An explicit provider may have other rules than its stack.
function byRules(read: LintSource): LintSource[] {
  const { subjects, rules: ofStack } = read;
  return groupsOf(subjects, ({ rules = ofStack ?? "" }) => rules).map((group) => ({
    ...read,
    subjects: group,
    rules: group[0]?.rules ?? ofStack,
  }));
}

function findingsIn(read: LintSource, { rules, domain, today }: LintContext): LintFinding[] {
  const alone = read.subjects.flatMap((subject) =>
    evaluate(
      subject,
      rules,
      { domain: subject.instance ?? domain, isSecret: subject.isSecret },
      subject.suppress,
    ).map((judgement) => toLintFinding(judgement, [subject], read)),
  );
  const subjects = distinct(read.subjects);
  // By position, as two postbacks may have one name.
  const candidates = subjects.map((subject, index) => ({
    ...subject,
    name: String(index),
  }));
  const together = evaluateCrossRules(candidates, rules, today).map((judgement) => {
    const meant = judgement.names.flatMap((index) => subjects[Number(index)] ?? []);
    return toLintFinding(judgement, meant, read);
  });
  return [...alone, ...together];
}

// Two instances may have the same IDs, and a file one postback twice.
function distinct(subjects: readonly Subject[]): Subject[] {
  const byKey = new Map<string, Subject>();
  for (const [index, subject] of subjects.entries()) {
    const { instance = "", postbackId = `row ${index}` } = subject;
    const key = `${instance} ${postbackId}`;
    if (!byKey.has(key)) byKey.set(key, subject);
  }
  return [...byKey.values()];
}

function toLintFinding(
  judgement: Omit<EvaluatedFinding, "quoted">,
  subjects: readonly Subject[],
  { source, isFile }: LintSource,
): LintFinding {
  const { rule, part, fixed } = judgement;
  return {
    ...ruleFinding(judgement),
    isFixCertain: fixed !== undefined,
    postbacks: subjects.map((subject) => maskText(subject.name)),
    source,
    isFile,
    line: subjects[0]?.line,
    fingerprint: hash([rule, part, ...subjects.map(identity)]),
  };
}

function identity({ name, isNamed, affiliateId = 0, offerId = 0, postbackUrl }: Subject): string {
  return isNamed ? name : hash([affiliateId, offerId, postbackUrl]);
}

// The order distinguishes what is found twice in one postback.
function numbered(findings: readonly LintFinding[]): LintFinding[] {
  const seen = new Map<string, number>();
  return findings.map((one) => {
    const count = (seen.get(one.fingerprint) ?? 0) + 1;
    seen.set(one.fingerprint, count);
    return { ...one, fingerprint: `${one.fingerprint}:${count}` };
  });
}

function rank({ severity, suppressed }: LintFinding): number {
  if (suppressed !== undefined) return 2;
  return severity === "error" ? 0 : 1;
}
