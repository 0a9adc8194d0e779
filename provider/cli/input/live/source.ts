import type { Counted } from "./reader";

/** A record as some source shows it. What the source does not tell is null. */
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
}

export const SOURCE_KINDS = ["list", "campaigns", "csv"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** One instance, as one source shows it. */
export interface Source extends Counted {
  /** Host and port. */
  readonly instance: string;
  /** Its own host and those under which it was known before. */
  readonly hosts: readonly string[];
  readonly kind: SourceKind;
  /** The file of a CSV; null elsewhere. */
  readonly file: string | null;
  readonly rows: readonly LiveRow[];
  /** Why records may lack. None where the listing is provably complete. */
  readonly flaws: readonly string[];
  /** Whether not even that was read whole which such a source can show: it broke off, or a row of it is unreadable. */
  readonly isReadInPart?: boolean;
  /** What this source is and is not. */
  readonly statement: string;
}
