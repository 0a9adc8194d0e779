import type { AnswerKind, RefusalReason } from "../../postback/trackers/answers";
import type { RuleFinding } from "../output/finding";

/** What `try` found. */
export interface TryReport {
  readonly version: 1;
  readonly postback: TriedPostback;
  readonly request: TriedRequest;
  /** What the rules find in this URL. Rules that compare several postbacks are not asked. */
  readonly findings: readonly TryFinding[];
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  /** Whether the partner was called. */
  readonly isSent: boolean;
  /** What came back; missing where nothing was sent. */
  readonly answer?: TriedAnswer | undefined;
  readonly exitCode: 0 | 1 | 2;
}

/** Which postback it is about. */
export interface TriedPostback {
  readonly name: string;
  /** The file or CAKE instance in which it was read. */
  readonly source: string;
  /** The line in the source, from 1; missing where lines say nothing to people. */
  readonly line?: number | undefined;
  /** CAKE's ID, where the source has one. */
  readonly id?: number | undefined;
  /** Whether the program keeps the URL secret. Then only the names of its parts are shown. */
  readonly isSecret: boolean;
  /** Whether CAKE calls it at all. */
  readonly isInactive: boolean;
}

/** The request that CAKE would make. Secrets are masked; null stands for what is not shown. */
export interface TriedRequest {
  readonly method: "GET";
  /** The complete URL with values; null if it is secret. */
  readonly url: string | null;
  /** `https` or `http`; null if the URL is secret, or has none. */
  readonly scheme: string | null;
  /** The port; null if the URL is secret, or cannot be called. */
  readonly port: number | null;
  /** Host, path and parameters, in the order of the URL. Empty for HTML. */
  readonly parts: readonly TriedPart[];
  /** What follows an unmatched `#` and is never sent; null if there is nothing, or if it is secret. */
  readonly neverSent: string | null;
  readonly isCutOff: boolean;
  /** Who makes the call: the type of the postback decides. */
  readonly calledBy: "server" | "browser" | "unknown";
  /** The tracker that the URL belongs to; null if it is not recognized, or if the URL is secret. */
  readonly tracker: string | null;
}

/** A part of the request. */
export interface TriedPart {
  readonly kind: "host" | "path" | "parameter";
  /** The name of a parameter, as the partner reads it; empty for host and path. */
  readonly name: string;
  readonly role: "clickId" | "amount" | "transactionId" | "status" | null;
  readonly macros: readonly TriedMacro[];
  /** The value, decoded as a receiver decodes it; null if the URL is secret. */
  readonly receives: string | null;
}

/** A macro, and where its value comes from. */
export interface TriedMacro {
  /** The name without hashes. */
  readonly name: string;
  readonly meaning: string;
  /** `given`: by `--set`. `postback`: its own affiliate or offer. `invented`: made up. `kept`: CAKE does not replace it. */
  readonly from: "given" | "postback" | "sample" | "invented" | "kept";
}

/** What a rule finds in the URL. */
export interface TryFinding extends RuleFinding {
  /** The URL with this mistake corrected, if that is certain; missing where the URL is secret, or holds a secret. */
  readonly fixed?: string | undefined;
}

/** What the partner answered, with secrets masked. */
export interface TriedAnswer {
  readonly kind: AnswerKind;
  readonly means: string;
  readonly verdict: "fine" | "problem" | "unclear";
  /** Why the partner refused; missing for all other kinds. */
  readonly reason?: RefusalReason | undefined;
  /** Whether a refusal is expected, because the click ID is a sample. */
  readonly isExpected: boolean;
  /** The HTTP status; null if no answer came. */
  readonly status: number | null;
  /** Empty if the answer names none; null if no answer came. */
  readonly mediaType: string | null;
  readonly milliseconds: number;
  /** How many bytes of the body were read. */
  readonly bytes: number;
  /** Whether the body ended there. */
  readonly isComplete: boolean;
  /** The beginning of the body; null if it is empty or not a text. */
  readonly text: string | null;
  /** Where a redirect leads: origin and path. */
  readonly redirectsTo?: string | undefined;
  /** Why no answer came. */
  readonly failure?: string | undefined;
}
