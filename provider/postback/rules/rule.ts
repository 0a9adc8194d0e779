import type { ClickIdSlot } from "../macros";
import type { PostbackStatus, PostbackTypeId } from "../postback";
import { holdsMarkup } from "../reading/markup";
import type { UrlComponent, UrlReading } from "../reading/reading";

/** An error stops a new or changed URL; a warning is only shown. */
export type Severity = "error" | "warning";

/** A postback as rules see it. Unknown fields are undefined, and a rule that needs one of them finds nothing. */
export interface Candidate {
  /** Any text: what CAKE returns or a program gives may not be a URL. */
  readonly postbackUrl: string;
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  readonly postbackStatus?: PostbackStatus | string | undefined;
  readonly postbackTypeId?: PostbackTypeId | number | undefined;
  /** The sub ID that carries the click ID, if the program names it. */
  readonly clickIdSlot?: ClickIdSlot | undefined;
  /** The day until which two trackers may receive the same conversions: `2026-12-31`. */
  readonly overlapUntil?: string | undefined;
}

/** What rules know besides the URL. Unknown facts are undefined, and a rule that needs one of them finds nothing. */
export interface RuleFacts {
  /** The names of the macros that CAKE replaces, including the project's own. */
  readonly macros: ReadonlySet<string>;
  readonly postbackTypeId?: PostbackTypeId | number | undefined;
  readonly clickIdSlot?: ClickIdSlot | undefined;
  /** The host name of the CAKE instance. */
  readonly domain?: string | undefined;
  /** Whether the URL is secret; undefined if that is unknown. */
  readonly isSecret?: boolean | undefined;
}

/** Something that a rule found. */
export interface Finding {
  /** The place, which quotes nothing of the URL but a parameter's name: `parameter "cid"`, `the host`. */
  readonly part: string;
  /** What is wrong there. It quotes no value, because a value may be secret. */
  readonly what: string;
  /** The wrong text with secrets masked, to show only if the URL is not secret. */
  readonly quoted?: string | undefined;
  /**
   * What the partner receives, with a sample for each macro that CAKE replaces, and with secrets masked. Show it only if
   * the URL is not secret.
   */
  readonly receives?: string | undefined;
  /** The complete URL as it should be, if that is certain. */
  readonly fixed?: string;
  /** The severity of this finding, if it differs from the default of the rule. */
  readonly severity?: Severity;
}

/** Something that a rule found in one URL. What the partner receives is derived from the component. */
export interface UrlFinding extends Omit<Finding, "part" | "receives"> {
  /** The component that is wrong, or the name of a larger part. */
  readonly part: UrlComponent | string;
}

/** Where a rule can find something. */
export const PLACES = ["preview", "up", "lint", "review", "inventory", "policy"] as const;
export type Place = (typeof PLACES)[number];

/** The description of a rule. */
export interface RuleDescription {
  readonly id: string;
  /** The name for people and for searching: `foreign-macro`. */
  readonly name: string;
  /** What is wrong, in a few words that follow "a URL with". */
  readonly title: string;
  /** The severity of most findings. A finding may have another one. */
  readonly severity: Severity;
  readonly runsIn: readonly Place[];
  /** What the mistake costs, in one or two sentences. */
  readonly why: string;
  /** The source of the rule. */
  readonly source: string;
  /** What to do. */
  readonly fix: string;
}

/** A rule about a mistake that one URL shows. */
export interface UrlRule extends RuleDescription {
  /** A URL in which the rule finds something. */
  readonly bad: string;
  /** The same URL without the mistake. */
  readonly good: string;
  readonly find: (url: UrlReading, facts: RuleFacts) => UrlFinding[];
}

/** A rule of a project, which finds URLs that match a pattern. */
interface OwnRule {
  /** It begins with a letter other than P, which built-in rules have. */
  readonly id: string;
  /** A regular expression that is searched in the URL. */
  readonly pattern: string;
  /** What is wrong with a URL that matches, and what to do. */
  readonly message: string;
  readonly severity: Severity;
}

/** What a project decides about the rules, as in the JSON of `cake:rules`. */
export interface RuleSettings {
  /** The severity of each rule in this project; `off` disables a rule. */
  readonly severity: Readonly<Record<string, Severity | "off">>;
  /** Macros, without hashes, that this instance replaces and that no article names. */
  readonly macros: readonly string[];
  readonly own: readonly OwnRule[];
}

export const defaultRuleSettings: RuleSettings = { severity: {}, macros: [], own: [] };

/** Whether a postback is HTML because its type needs HTML. HTML may have characters that a URL may not. */
export function isPixelCode(url: string, { postbackTypeId = 1 }: RuleFacts): boolean {
  return postbackTypeId !== 1 && holdsMarkup(url);
}
