import { judge } from "../../postback/rules/judge";
import { type JudgedCandidate, judgeAll } from "../../postback/rules/judgeAll";
import type { RuleSettings, Severity } from "../../postback/rules/rule";
import type { NotJudged, Read, Subject } from "../input/subject";

/** One finding, for every output. It quotes no value: a URL may hold a partner's secret. */
export interface LintFinding {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly part: string;
  readonly what: string;
  readonly fix: string;
  /** Whether the right URL is certain. */
  readonly isFixCertain: boolean;
  /** The postbacks that it is about. */
  readonly postbacks: readonly string[];
  readonly source: string;
  readonly line: number;
  /** Why it is borne; such a finding counts for nothing. */
  readonly suppressed?: string;
}

/** What `lint` found. The names of its fields are stable. */
export interface LintReport {
  readonly version: 1;
  readonly postbacks: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  readonly findings: readonly LintFinding[];
  readonly notJudged: readonly NotJudged[];
  /** Why the sources may lack postbacks. */
  readonly flaws: readonly string[];
}

export interface Circumstances {
  readonly rules: RuleSettings;
  /** The CAKE instance that the postbacks belong to. */
  readonly domain?: string | undefined;
  readonly today: Date;
}

/** Judges all that was read, each postback alone and those of one source together. */
export function lint(reads: readonly Read[], { rules, domain, today }: Circumstances): LintReport {
  const subjects = reads.flatMap((read) => read.subjects);
  const alone = subjects.flatMap((subject) =>
    judge(subject, rules, { domain, isSecret: subject.isSecret }, subject.suppress).map((judgement) =>
      finding(judgement, [subject], subject),
    ),
  );
  const together = reads.flatMap((read) => judgedTogether(read.subjects, rules, today));
  const findings = [...alone, ...together].sort((one, other) => rank(one) - rank(other));
  const counted = findings.filter((one) => one.suppressed === undefined);
  return {
    version: 1,
    postbacks: subjects.length,
    errors: counted.filter(({ severity }) => severity === "error").length,
    warnings: counted.filter(({ severity }) => severity === "warning").length,
    suppressed: findings.length - counted.length,
    findings,
    notJudged: reads.flatMap((read) => read.notJudged),
    flaws: reads.flatMap((read) => read.flaws),
  };
}

// By position, as two sources may have one name twice.
function judgedTogether(subjects: readonly Subject[], rules: RuleSettings, today: Date): LintFinding[] {
  const numbered: JudgedCandidate[] = subjects.map((subject, index) => ({ ...subject, name: String(index) }));
  return judgeAll(numbered, rules, today).flatMap((judgement) => {
    const meant = judgement.names.flatMap((index) => subjects[Number(index)] ?? []);
    const [first] = meant;
    return first === undefined ? [] : [finding(judgement, meant, first)];
  });
}

function finding(
  judgement: Omit<LintFinding, "isFixCertain" | "postbacks" | "source" | "line"> & { fixed?: string },
  subjects: readonly Subject[],
  { source, line }: Subject,
): LintFinding {
  const { rule, name, severity, part, what, fix, fixed, suppressed } = judgement;
  return {
    ...{ rule, name, severity, part, what, fix, isFixCertain: fixed !== undefined },
    ...{ postbacks: subjects.map((subject) => subject.name), source, line },
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

function rank({ severity, suppressed }: LintFinding): number {
  if (suppressed !== undefined) return 2;
  return severity === "error" ? 0 : 1;
}
