import type { CsvRow } from "../../../csv";

/** A postback as some source shows it. What the source does not show is null. */
export interface LiveRow {
  /** CAKE's id: of the postback, or of the campaign where campaigns were read. */
  readonly id: number;
  readonly affiliateId: number | null;
  /** 0 for all offers. */
  readonly offerId: number | null;
  readonly status: string | null;
  /** CAKE's name of the type. */
  readonly type: string | null;
  readonly url: string;
  /** What only a file says of it. CAKE knows none of it, or only its own name for it. */
  readonly stated?: Pick<CsvRow, "clickIdSlot" | "overlapUntil" | "postbackTypeId">;
}

export const SOURCE_KINDS = ["list", "campaigns", "csv"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** One instance, as one source shows it. */
export interface Source {
  /** Host and port. */
  readonly instance: string;
  /** Its own host and those under which it was known before. */
  readonly hosts: readonly string[];
  readonly kind: SourceKind;
  /** The file of a CSV; null elsewhere. */
  readonly file: string | null;
  readonly rows: readonly LiveRow[];
  /** Calls that were sent to CAKE, repeated ones included. */
  readonly calls: number;
  /** Why postbacks may be missing. None where the list is provably complete. */
  readonly incomplete: readonly string[];
  /** Whether the reading broke off or a row was unreadable: more than what such a source never shows. */
  readonly isReadInPart?: boolean;
  /** What this source is and is not. */
  readonly statement: string;
}
