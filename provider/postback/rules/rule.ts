import type { PostbackStatus, PostbackTypeId } from "../postback";

/** How much a finding weighs: an error stops a new or changed URL, a warning is shown. */
export type Severity = "error" | "warning";

/** Which of the sub ids holds the partner's click id. */
export const CLICK_ID_SLOTS = ["s1", "s2", "s3", "s4", "s5"] as const;
export type ClickIdSlot = (typeof CLICK_ID_SLOTS)[number];

/** A postback as rules see it. What is not known is left out: a rule that needs it then finds nothing. */
export interface Candidate {
  /** Any text: what CAKE answers, or a program gives, need not be a URL. */
  readonly postbackUrl: string;
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  readonly postbackStatus?: PostbackStatus | string | undefined;
  readonly postbackTypeId?: PostbackTypeId | number | undefined;
  /** The sub id that the program says holds the click id. */
  readonly clickIdSlot?: ClickIdSlot | undefined;
  /** Until when two trackers may be called beside one another: `2026-12-31`. */
  readonly overlapUntil?: string | undefined;
}

/** What rules know of the surroundings. */
export interface RuleContext {
  /** The names of the macros that CAKE replaces, the project's own included. */
  readonly macros: ReadonlySet<string>;
  /** Host and port of the CAKE instance. */
  readonly domain?: string | undefined;
  /** Whether the URL is secret; undefined where that cannot be told. */
  readonly isSecret?: boolean | undefined;
}

/** Something that a rule found in one URL. */
export interface Finding {
  /** Where, in words that quote nothing of the URL but a parameter's name: `parameter "cid"`, `the host`. */
  readonly part: string;
  /** What is wrong there, quoting no value: it may be secret. */
  readonly what: string;
  /** The text that is wrong, with secrets masked, for places where the URL is not secret. */
  readonly quoted?: string;
  /** The whole URL as it should be, where that is certain. */
  readonly fixed?: string;
  /** Where the finding weighs otherwise than the rule by default. */
  readonly severity?: Severity;
}

/** What every rule says of itself. */
export interface RuleDescription {
  readonly id: string;
  /** For people and for search: `foreign-macro`. */
  readonly name: string;
  readonly severity: Severity;
  /** What it costs, in a sentence or two. */
  readonly why: string;
  /** Who says so. */
  readonly source: string;
  /** What to do. */
  readonly fix: string;
}

/** A mistake that can be seen in one URL. */
export interface UrlRule extends RuleDescription {
  /** A URL that the rule finds something in. */
  readonly bad: string;
  /** The same without the mistake. */
  readonly good: string;
  readonly find: (candidate: Candidate, context: RuleContext) => Finding[];
}

/** A rule of a project: what it finds is described by a pattern. */
interface OwnRule {
  /** Begins with a letter other than P, so that it cannot be taken for a built-in one. */
  readonly id: string;
  /** A regular expression that is looked for in the URL. */
  readonly pattern: string;
  /** What is wrong with a URL that matches, and what to do. */
  readonly message: string;
  readonly severity: Severity;
}

/** What a project decides about the rules: the JSON of `cake:rules`. */
export interface RuleSettings {
  /** How much a rule weighs in this project; `off` for not at all. */
  readonly severity: Readonly<Record<string, Severity | "off">>;
  /** Macros that this instance replaces and no article names, without their hashes. */
  readonly macros: readonly string[];
  readonly own: readonly OwnRule[];
}

export const defaultRuleSettings: RuleSettings = { severity: {}, macros: [], own: [] };
