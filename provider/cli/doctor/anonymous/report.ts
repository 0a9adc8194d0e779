import type { ExitCode } from "../../command";
import type { Verdict } from "../check";
import type { FilterEffect, FilterName } from "../filters";
import type { Order } from "../order";
import type { PageLimit } from "../pageLimit";
import type { FailureKind } from "../probe";
import type { Candidate, Discovery } from "../report";
import type { Shape } from "./shape";

/**
 * What the doctor found out about one CAKE instance, to send to strangers: no host, key, ID or URL, and no text of a
 * partner or of CAKE. `--format json --anonymize` prints it. Within a version, names keep their meaning.
 */
export interface AnonymousDoctorReport {
  readonly version: 1;
  readonly exitCode: ExitCode;
  /** The versions of pulumi-cake and Node, and the operating system. */
  readonly software: { readonly pulumiCake: string; readonly node: string; readonly platform: string };
  /** The verdict of each check, by its name for tools; null if it did not run. */
  readonly checks: { readonly [id: string]: Verdict | null };
  /** What was measured of the list; null if it was not read. */
  readonly list: AnonymousList | null;
  /** The search for the list; null without `--discover`. */
  readonly discovery: AnonymousDiscovery | null;
  /** The calls in the order in which they were first made. Calls that were answered alike are one. */
  readonly calls: readonly AnonymousCall[];
  /** How many more kinds of calls there were than the report shows. */
  readonly moreCalls: number;
  /** The settings that decide how an instance is called. */
  readonly settings: { readonly [name: string]: string };
}

/** A path of the endpoint table or of the candidates; "a missing path", or "own path" for one that is configured. */
export type PublicPath = string;

/** The largest power of ten that is not more than a number; 0 for none. */
export type Magnitude = number;

/** The list of postbacks, as the checks measured it. */
export interface AnonymousList {
  readonly path: PublicPath;
  readonly postbacks: Magnitude;
  readonly affiliates: Magnitude;
  readonly isComplete: boolean;
  readonly total: "none" | "right" | "wrong" | "onSomePages";
  readonly firstRow: 0 | 1 | null;
  /** What a list that counts from 1 does with row 0; null if unknown. */
  readonly rowZero: "first" | "refused" | "lost" | null;
  readonly order: Order | null;
  /** The rows of a page; a magnitude unless it is exact. Null for a list without rows. */
  readonly pageLimit: PageLimit | null;
  readonly filters: Readonly<Record<FilterName, FilterEffect>> | null;
}

/** The search for the list. */
export interface AnonymousDiscovery {
  readonly path: PublicPath | null;
  readonly ended: Discovery["ended"];
  readonly isBlind: boolean;
  /** The paths that are not missing, as far as they were asked. */
  readonly candidates: readonly {
    readonly path: PublicPath;
    readonly withKey: boolean;
    readonly answer: Candidate["answer"];
  }[];
}

/** Calls that were answered alike. */
export interface AnonymousCall {
  readonly paths: readonly PublicPath[];
  readonly withKey: boolean;
  /** The names of the fields that were sent beside the key. */
  readonly fields: readonly string[];
  /** How many such calls were made. */
  readonly times: number;
  /** The HTTP status; null if no answer came. */
  readonly status: number | null;
  readonly outcome: "success" | FailureKind;
  readonly mediaType: MediaType | null;
  /** What the body is. */
  readonly body: "json" | "page" | "text" | "empty" | null;
  /** What the JSON is made of; null for other bodies. */
  readonly shape: Shape | null;
  /** The shortest and the longest answer in characters; 0 if none came. */
  readonly characters: Range;
  /** The fastest and the slowest call in milliseconds. */
  readonly milliseconds: Range;
}

/** The least and the most. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The media types that answers of CAKE and of servers in front of it have. */
export type MediaType =
  | "application/json"
  | "text/html"
  | "text/plain"
  | "text/xml"
  | "application/xml"
  | "none"
  | "other";
