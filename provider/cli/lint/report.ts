import type { UncheckedPostback } from "../input/postbackSource";
import type { RuleFinding } from "../output/finding";
import type { UncheckedRules } from "./uncheckedRules";

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

/** A postback whose URL could not be read. */
interface UncheckedInSource extends Pick<UncheckedPostback, "name" | "why"> {
  readonly source: string;
}

/** What `lint` found. */
export interface LintReport {
  readonly version: 1;
  /** How many postbacks were judged. */
  readonly postbacks: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  /** In the order of the sources. */
  readonly findings: readonly LintFinding[];
  /** Postbacks whose URL could not be read. */
  readonly uncheckedPostbacks: readonly UncheckedInSource[];
  /** Rules for which something beside the URL was unknown. */
  readonly uncheckedRules: readonly UncheckedRules[];
  /** Why postbacks may be missing, or parts of them. The report then proves nothing. */
  readonly incomplete: readonly string[];
}

/** What is known when all findings were heard. */
export type LintSummary = Omit<LintReport, "findings">;

/** A finding that is not described yet: most of hundreds of thousands are only counted. */
export interface FoundMistake extends Pick<LintFinding, "rule" | "severity" | "suppressed"> {
  readonly describe: () => LintFinding;
}

/** A report whose findings come one at a time: there may be hundreds of thousands. */
export interface LintRun {
  /** To be read once. */
  readonly found: Iterable<FoundMistake>;
  /** Complete after the last finding. */
  readonly summary: () => LintSummary;
}
