import type { Severity } from "../../postback/rules/rule";

/** Where a record stands: on CAKE's side, on the stacks' side, or on both. */
export type Standing = "managed" | "unmanaged" | "missing";

/**
 * What is to be said about a record beside its standing.
 * - `drifted`: CAKE has it otherwise than the stack's state.
 * - `inactive`: CAKE does not call it.
 * - `duplicate`: it fires beside another one for the same conversion.
 * - `broken`: a rule finds an error in it.
 * - `warned`: a rule finds something that is no error.
 * - `exposed`: a value that partners take for a secret stands in plain sight.
 * - `claimedTwice`: several resources manage the one record.
 * - `notCompared`: the state or the source does not show all that it holds, so drift cannot be told.
 */
export const MARKS = [
  "claimedTwice",
  "drifted",
  "duplicate",
  "broken",
  "exposed",
  "warned",
  "inactive",
  "notCompared",
] as const;
export type Mark = (typeof MARKS)[number];

/** What `pulumi-cake inventory` found. The names of its fields are stable: `--format json` prints them, `--since` reads them. */
export interface InventoryReport {
  readonly version: 1;
  /** When CAKE was read, as an ISO 8601 time in UTC. */
  readonly takenAt: string;
  /** Whether every listing is provably complete. If not, "missing" and "gone" are claimed of nothing. */
  readonly isComplete: boolean;
  readonly sources: readonly SourceRead[];
  readonly stacks: readonly StackRead[];
  /** The questions that the records below answer, as they were asked; none for all records. */
  readonly where: readonly string[];
  readonly totals: Totals;
  readonly groups: Readonly<Record<GroupKind, readonly Group[]>>;
  /** What each rule that found something is about, by its id. */
  readonly rules: Readonly<Record<string, RuleText>>;
  /** By instance, then by id. */
  readonly records: readonly InventoryRecord[];
  /** What is different from an earlier report; null where none was given. */
  readonly since: Since | null;
}

/** One instance, as it was read. */
export interface SourceRead {
  /** Host and port. */
  readonly instance: string;
  readonly kind: "list" | "campaigns" | "csv";
  /** The file of a CSV; null elsewhere. */
  readonly file: string | null;
  readonly records: number;
  /** Calls that were made to CAKE. */
  readonly calls: number;
  /** Why records may lack. None where the listing is provably complete. */
  readonly flaws: readonly string[];
  /** Whether the reading itself lacks something, beside what such a source never shows: it broke off, or a row of it is unreadable. */
  readonly isReadInPart: boolean;
  /** What this source is and is not, in one or two sentences. */
  readonly statement: string;
}

/** One exported state, as it was read. */
export interface StackRead {
  /** `organization/project/stack` as far as the export tells it. */
  readonly stack: string;
  readonly file: string;
  readonly postbacks: number;
  /** Postbacks that belong to none of the instances that were read. They are not among the records. */
  readonly elsewhere: number;
}

export interface Counts {
  /** Records at CAKE. */
  readonly live: number;
  readonly managed: number;
  readonly unmanaged: number;
  /** Records of a state that CAKE provably does not show. */
  readonly missing: number;
  readonly drifted: number;
  readonly inactive: number;
  readonly duplicate: number;
  readonly broken: number;
  readonly exposed: number;
}

export interface Totals extends Counts {
  readonly warned: number;
  readonly claimedTwice: number;
  readonly notCompared: number;
  /** How much of what is live a stack manages, in percent with one decimal; null where nothing is live. */
  readonly coverage: number | null;
  /** The same of the active records alone. */
  readonly activeCoverage: number | null;
}

export const GROUP_KINDS = ["affiliate", "offer", "host", "tracker", "shape"] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** The records that have one affiliate, offer, host, tracker or shape in common. */
export interface Group extends Counts {
  readonly key: string;
}

export interface RuleText {
  readonly name: string;
  readonly fix: string;
}

/** One record of CAKE, or of a state where CAKE has none. No value in it is a secret that could be told for one. */
export interface InventoryRecord {
  readonly instance: string;
  /** CAKE's id: of the postback, or of the campaign where campaigns were read. */
  readonly id: number;
  readonly affiliateId: number | null;
  /** 0 for all offers. */
  readonly offerId: number | null;
  readonly status: string | null;
  /** CAKE's name of the type. */
  readonly type: string | null;
  /** With the values masked that partners take for secrets; null where the program says that the URL is secret, or no source tells it. */
  readonly url: string | null;
  readonly host: string | null;
  /** The tracker whose template gives the URL. */
  readonly tracker: string | null;
  /** Path and parameters with their macros, other values left out: what URLs of one make have in common. */
  readonly shape: string | null;
  readonly standing: Standing;
  /** Whether CAKE showed it. What an incomplete listing lacks is no less managed for that, and does not count as live. */
  readonly isSeen: boolean;
  readonly marks: readonly Mark[];
  /** The resources that manage it. */
  readonly managedBy: readonly ManagedBy[];
  /** State against CAKE, part by part: `from` is the state's. */
  readonly drift: readonly RecordDifference[];
  readonly findings: readonly RecordFinding[];
  /** Tells whether the URL is the same in another report, without holding it. */
  readonly fingerprint: string;
}

export interface ManagedBy {
  readonly stack: string;
  /** The resource's name in the program. */
  readonly name: string;
}

export interface RecordDifference {
  /** `parameter`, `host`, `status`, … */
  readonly part: string;
  /** The parameter's name; null for other parts. */
  readonly name: string | null;
  /** Null where the part is new, or its value is not shown. */
  readonly from: string | null;
  /** Null where the part is gone, or its value is not shown. */
  readonly to: string | null;
}

/** A finding of a rule. It quotes no value. */
export interface RecordFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly part: string;
  readonly what: string;
  /** Why the resource bears it; such a finding counts for nothing. */
  readonly suppressed?: string;
}

/** What became of the records since an earlier report. */
export interface Since {
  /** When the earlier one was taken. */
  readonly takenAt: string;
  readonly added: readonly RecordName[];
  /** Claimed only where both reports saw complete listings. */
  readonly gone: readonly RecordName[];
  readonly changed: readonly ChangedRecord[];
  /** Why the two reports compare only in part; none where they do. */
  readonly flaws: readonly string[];
}

export interface RecordName {
  readonly instance: string;
  readonly id: number;
  readonly affiliateId: number | null;
  readonly offerId: number | null;
}

export interface ChangedRecord extends RecordName {
  readonly differences: readonly RecordDifference[];
}
