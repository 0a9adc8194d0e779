import type { Severity } from "../../postback/rules/rule";
import type { Condition, HostCondition } from "./conditions";

/** What `pulumi-cake inventory` found. The names of its fields are stable: `--format json` prints them, `--since` reads them. */
export interface InventoryReport {
  readonly version: 1;
  /** When CAKE was read, as an ISO 8601 time in UTC. */
  readonly takenAt: string;
  /** Whether every list is provably complete. If not, nothing is reported as missing or gone. */
  readonly isComplete: boolean;
  readonly sources: readonly SourceRead[];
  readonly stacks: readonly StackRead[];
  /** The filters that the postbacks below passed, as they were given; none for all postbacks. */
  readonly where: readonly string[];
  readonly totals: Totals;
  readonly groups: Readonly<Record<GroupKind, readonly Group[]>>;
  /** What each rule that found something is about, by its id. */
  readonly rules: Readonly<Record<string, RuleText>>;
  /** The partners' hosts of the postbacks below, the most urgent first; null without `--check-hosts`. */
  readonly hosts: readonly CheckedHost[] | null;
  /** Why hosts were not judged; none where all were. */
  readonly hostsIncomplete: readonly string[];
  /** By instance, then by id. */
  readonly postbacks: readonly InventoryPostback[];
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
  /** How many postbacks the source shows. */
  readonly postbacks: number;
  /** Calls that were made to CAKE. */
  readonly calls: number;
  /** Why postbacks may be missing from it. None where the list is provably complete. */
  readonly incomplete: readonly string[];
  /** Whether the reading broke off or a row was unreadable: more than what such a source never shows. */
  readonly isReadInPart: boolean;
  /** What this source is and is not, in one or two sentences. */
  readonly statement: string;
}

/** One exported state, as it was read. */
export interface StackRead {
  /** `organization/project/stack` as far as the export says. */
  readonly stack: string;
  readonly file: string;
  readonly postbacks: number;
  /** Postbacks that belong to none of the instances that were read. They are not in this report. */
  readonly elsewhere: number;
}

/** A partner's host, as this machine saw it. */
export interface CheckedHost {
  /** In its normal spelling, with a port that is not the usual one. Null where a program keeps the URL secret. */
  readonly host: string | null;
  /** `https` or `http`; null where the URL has no such host. */
  readonly scheme: string | null;
  /** What holds of it, the most urgent first; empty where nothing is wrong. */
  readonly is: readonly HostCondition[];
  readonly found: string;
  /** When its certificate ends, as an ISO 8601 time in UTC; null where none was seen. */
  readonly validUntil: string | null;
  /** Full days until then; negative where it has ended. */
  readonly daysLeft: number | null;
  /** The IDs of the postbacks that call it, active or not. */
  readonly ids: readonly number[];
  /** How many of them CAKE calls. */
  readonly active: number;
  readonly affiliates: readonly number[];
}

/** How many postbacks each condition holds of, and how many CAKE has. */
export interface Counts extends Readonly<Record<Condition, number>> {
  readonly live: number;
}

export interface Totals extends Counts {
  /** Live postbacks that CAKE calls. */
  readonly active: number;
  /** How much of what is live a stack manages, in percent with one decimal; null where nothing is live. */
  readonly coverage: number | null;
  /** The same of the active postbacks alone. */
  readonly activeCoverage: number | null;
}

export const GROUP_KINDS = ["affiliate", "offer", "host", "tracker", "shape"] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** The postbacks that have one affiliate, offer, host, tracker or shape in common; `unknown` where it is null. */
export interface Group extends Counts {
  readonly key: string;
}

export interface RuleText {
  readonly name: string;
  readonly fix: string;
  /** Where the rule is explained, from the root of the package. */
  readonly page: string;
}

/** A postback of CAKE, or of a state where CAKE has none. Values that partners take for secrets are masked. */
export interface InventoryPostback {
  readonly instance: string;
  /** CAKE's id: of the postback, or of the campaign where campaigns were read. */
  readonly id: number;
  readonly affiliateId: number | null;
  /** 0 for all offers. */
  readonly offerId: number | null;
  readonly status: string | null;
  /** CAKE's name of the type. */
  readonly type: string | null;
  /** Null where the program says that the URL is secret, or no source shows it. */
  readonly url: string | null;
  readonly host: string | null;
  /** What the check of its host found; null without `--check-hosts`. */
  readonly hostCheck: string | null;
  /** The tracker whose template gives the URL. */
  readonly tracker: string | null;
  /** Path and parameters with their macros, without other values: what URLs of one make have in common. */
  readonly shape: string | null;
  /** What holds of it, the most urgent first. */
  readonly is: readonly Condition[];
  /** Whether CAKE showed it. */
  readonly isLive: boolean;
  /** The resources that manage it. */
  readonly managedBy: readonly ManagedBy[];
  /** State against CAKE, part by part: `from` is the state's. */
  readonly drift: readonly PartDifference[];
  readonly findings: readonly RuleFinding[];
  /** Says whether the URL is the same in another report, without holding it; empty where no source shows the URL. */
  readonly fingerprint: string;
}

interface ManagedBy {
  readonly stack: string;
  /** The resource's name in the program. */
  readonly name: string;
}

export interface PartDifference {
  /** `parameter`, `host`, `status`, … */
  readonly part: string;
  /** The parameter's name; null for other parts. */
  readonly name: string | null;
  /** Null where the part is new, or its value is not shown. */
  readonly from: string | null;
  /** Null where the part is gone, or its value is not shown. */
  readonly to: string | null;
}

/** A finding of a rule. Only `receives` quotes values, with secrets masked. */
export interface RuleFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly part: string;
  readonly what: string;
  /** What the partner receives, with sample values; missing where the URL is secret. */
  readonly receives?: string;
  /** The other postbacks that it is about, at most ten of them. */
  readonly with?: readonly OtherPostback[];
  /** How many further ones it is about. */
  readonly withMore?: number;
  /** Why the program suppresses it; such a finding counts for nothing. */
  readonly suppressed?: string;
}

/** Another postback of the same instance that a finding is about. */
export interface OtherPostback {
  readonly id: number;
  /** Null where the program says that the URL is secret. */
  readonly host: string | null;
}

/** What became of the postbacks since an earlier report. */
export interface Since {
  /** When the earlier one was taken. */
  readonly takenAt: string;
  readonly added: readonly PostbackName[];
  /** Reported only where both reports saw complete lists. */
  readonly gone: readonly PostbackName[];
  readonly changed: readonly ChangedPostback[];
  /** Why the two reports compare only in part; none where they do. */
  readonly incomplete: readonly { readonly instance: string; readonly issue: string }[];
}

export interface PostbackName {
  readonly instance: string;
  readonly id: number;
  readonly affiliateId: number | null;
  readonly offerId: number | null;
}

export interface ChangedPostback extends PostbackName {
  readonly differences: readonly PartDifference[];
}
