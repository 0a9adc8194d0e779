import { groupsOf } from "../../postback/groupsOf";
import { hash } from "../../postback/postback";
import { type EvaluatedFinding, evaluate } from "../../postback/rules/evaluate";
import { evaluateCrossRules } from "../../postback/rules/evaluateCrossRules";
import { type OwnPatterns, ownPatterns } from "../../postback/rules/ownPatterns";
import type { RuleSettings } from "../../postback/rules/rule";
import { maskText } from "../../postback/secrets";
import type { PostbackSource, Subject } from "../input/postbackSource";
import { rankOf, ruleFinding, shownFix } from "../output/finding";
import type { FoundMistake, LintFinding, LintRun } from "./report";
import { uncheckedRulesIn } from "./uncheckedRules";

/** What the judging of a source needs beside its postbacks. */
export interface LintContext {
  readonly rules: RuleSettings;
  /** The CAKE instance of postbacks that do not say themselves which one is theirs. */
  readonly domain?: string | undefined;
  readonly today: Date;
}

/** Judges all that was read, each postback alone and those of one source together. */
export function lint(
  reads: readonly PostbackSource[],
  contextOf: (read: PostbackSource) => LintContext,
): LintRun {
  const counts = { error: 0, warning: 0, suppressed: 0 };
  // Rules that cannot be read end the run before anything is printed.
  const groups = reads.flatMap((read) => bySettings(read, contextOf));
  return {
    found: counted(groups, counts),
    summary: () => ({
      version: 1,
      postbacks: reads.reduce((sum, { subjects }) => sum + subjects.length, 0),
      errors: counts.error,
      warnings: counts.warning,
      suppressed: counts.suppressed,
      uncheckedPostbacks: reads.flatMap(({ source, uncheckedPostbacks }) =>
        uncheckedPostbacks.map(({ name, why }) => ({ name: maskText(name), source, why })),
      ),
      uncheckedRules: reads.flatMap(uncheckedRulesIn),
      incomplete: reads.flatMap(({ source, subjects, incomplete }) => [
        ...incomplete,
        ...(subjects.length === 0 ? [`${source} has no postback that can be checked`] : []),
      ]),
    }),
  };
}

function* counted(
  groups: readonly SettingsGroup[],
  counts: Record<ReturnType<typeof rankOf>, number>,
): Generator<FoundMistake> {
  const number = numbering();
  const patterns = ownPatterns(
    groups.flatMap(({ subjects }) => subjects.map(({ postbackUrl }) => postbackUrl)),
  );
  for (const group of groups)
    for (const [judgement, subjects] of findingsIn(group, patterns)) {
      const { rule, severity, suppressed } = judgement;
      counts[rankOf(judgement)]++;
      const describe = () => toLintFinding(judgement, subjects, group.read, number);
      yield { rule, severity, suppressed, describe };
    }
}

/** Postbacks of one source for which the project has decided the same. */
interface SettingsGroup extends LintContext {
  readonly read: PostbackSource;
  readonly subjects: readonly Subject[];
}

// An explicit provider may have other rules than its stack.
function bySettings(read: PostbackSource, contextOf: (read: PostbackSource) => LintContext): SettingsGroup[] {
  const { subjects, rules: ofStack } = read;
  const byRules = new Map<RuleSettings, SettingsGroup & { subjects: Subject[] }>();
  for (const ofText of groupsOf(subjects, ({ rules = ofStack ?? "" }) => rules)) {
    const context = contextOf({ ...read, rules: ofText[0]?.rules ?? ofStack });
    const group = byRules.get(context.rules) ?? { ...context, read, subjects: [] };
    for (const subject of ofText) group.subjects.push(subject);
    byRules.set(context.rules, group);
  }
  return [...byRules.values()];
}

type Numbering = (fingerprint: string) => string;

type Judgement = Omit<EvaluatedFinding, "quoted">;

function* findingsIn(
  { subjects: all, rules, domain, today }: SettingsGroup,
  patterns: OwnPatterns,
): Generator<readonly [Judgement, readonly Subject[]]> {
  for (const subject of all) {
    const context = { domain: subject.instance ?? domain, isSecret: subject.isSecret, patterns };
    for (const judgement of evaluate(subject, rules, context, subject.suppress)) yield [judgement, [subject]];
  }
  // Rules about several postbacks compare those of one affiliate. One at a time needs less memory.
  for (const subjects of groupsOf(distinct(all), ({ affiliateId }) => affiliateId?.toString())) {
    // By position, as two postbacks may have one name.
    const named = subjects.map((subject, index) => ({ ...subject, name: String(index) }));
    for (const judgement of evaluateCrossRules(named, rules, today)) {
      yield [judgement, judgement.names.flatMap((index) => subjects[Number(index)] ?? [])];
    }
  }
}

// Two instances may have the same IDs, and a file one postback twice.
function distinct(subjects: readonly Subject[]): Subject[] {
  const seen = new Set<string>();
  return subjects.filter(({ instance = "", postbackId }) => {
    const key = `${instance} ${postbackId}`;
    if (postbackId === undefined) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function toLintFinding(
  judgement: Judgement,
  subjects: readonly Subject[],
  { source, isFile }: PostbackSource,
  number: Numbering,
): LintFinding {
  const { rule, part, fixed } = judgement;
  const isSecret = subjects.some((subject) => subject.isSecret === true);
  const { name, severity, what, fix, receives, page, suppressed } = ruleFinding(judgement, isSecret);
  // Each by its name: a spread takes several times as long, and there may be hundreds of thousands.
  return {
    rule,
    name,
    severity,
    part,
    what,
    fix,
    receives,
    page,
    suppressed,
    isFixCertain: fixed !== undefined,
    fixed: shownFix(judgement, isSecret),
    // A name that is not its own is a number.
    postbacks: subjects.map((subject) => (subject.isNamed ? maskText(subject.name) : subject.name)),
    source,
    isFile,
    line: subjects[0]?.line,
    fingerprint: number(hash([rule, part, ...subjects.flatMap(identity)])),
  };
}

function identity({ name, isNamed, affiliateId = 0, offerId = 0, postbackUrl }: Subject) {
  return isNamed ? [name] : [affiliateId, offerId, postbackUrl];
}

// The order distinguishes what is found twice in one postback.
function numbering(): Numbering {
  const counts = new Map<string, number>();
  return (fingerprint) => {
    const count = (counts.get(fingerprint) ?? 0) + 1;
    counts.set(fingerprint, count);
    return `${fingerprint}:${count}`;
  };
}
