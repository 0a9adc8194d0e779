import type { RuleFinding } from "../output/finding";
import type { ChangeCategory } from "./categories";
import type { ChangeKind } from "./changes";
import type { Difference } from "./differences";

/** What `review` says of a change to many postbacks. */
export interface ReviewReport {
  readonly version: 1;
  /** Whether the change may be merged. */
  readonly passes: boolean;
  /** Why it must not be merged. */
  readonly blockers: readonly string[];
  /** Why the preview does not show the whole change. The report then proves nothing. */
  readonly incomplete: readonly string[];
  /** What the change was compared with. */
  readonly comparison: string;
  readonly counts: ReviewCounts;
  /** Postbacks that the operation only reads, or only removes from the state. CAKE does not change. */
  readonly otherSteps: OtherSteps;
  /** The changes, the riskiest first. What stays the same is not in it. */
  readonly changes: readonly ReviewedChange[];
  /** What several postbacks newly break together. */
  readonly crossFindings: readonly CrossFinding[];
  /** Findings that existed before this change. */
  readonly existingFindings: number;
  /** Changes whose URL is secret or unknown, before or after. */
  readonly unreadableUrls: number;
}

export interface ReviewCounts extends Readonly<Record<ChangeKind, number>> {
  /** Postbacks that were active and are no more. */
  readonly deactivated: number;
  /** Postbacks that leave the stack, or are replaced, and stay active in CAKE. */
  readonly keptActive: number;
}

export interface OtherSteps {
  readonly refresh: number;
  readonly read: number;
  readonly forget: number;
}

/** One postback that changes. */
export interface ReviewedChange {
  /** The resource's name in the program. */
  readonly name: string;
  readonly kind: ChangeKind;
  /** CAKE's ID; missing where the postback is new. */
  readonly postbackId?: string | undefined;
  /** Missing where it is secret or unknown, as is the offer. */
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  /** What the change puts at risk, the worst first. */
  readonly categories: readonly ChangeCategory[];
  /** The resource option for which it stays active in CAKE, although it leaves the stack or is replaced. */
  readonly keptActiveBy?: "retainOnDelete" | "deletedWith" | undefined;
  /** What changes, part by part, with secrets masked. */
  readonly differences: readonly Difference[];
  /** What the partner will receive, for instance. Missing where the postback is inactive, or its URL cannot be read. */
  readonly sample?: string | undefined;
  /** Whether the partner will receive something that cannot be shown. */
  readonly isSampleHidden: boolean;
  /** What the change newly breaks. */
  readonly findings: readonly RuleFinding[];
}

/** What a rule finds in several postbacks together. */
interface CrossFinding extends RuleFinding {
  /** The resource names of the postbacks. */
  readonly names: readonly string[];
}
