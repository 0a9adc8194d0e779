import type { ClickIdSlot } from "../postback/rules/rule";

/** One postback in a CSV. A field is `undefined` where its cell is empty or the file has no such column. */
export interface CsvRow {
  /** The line in the file, from 1. Of a postback that takes several lines, the last. */
  readonly line: number;
  /** The resource's name, or any other that people know it by. */
  readonly name?: string | undefined;
  /** Host and port of the CAKE instance. */
  readonly instance?: string | undefined;
  /** CAKE's ID of the postback. */
  readonly postbackId?: number | undefined;
  readonly affiliateId?: number | undefined;
  /** 0 for all offers. */
  readonly offerId?: number | undefined;
  /** In lower case: `active`, `inactive`, or another status of CAKE's. */
  readonly postbackStatus?: string | undefined;
  /** CAKE's name of the type. */
  readonly postbackType?: string | undefined;
  readonly postbackTypeId?: number | undefined;
  /** Exactly as it stands in the file. */
  readonly postbackUrl?: string | undefined;
  readonly clickIdSlot?: ClickIdSlot | undefined;
  /** Until when two trackers may be called beside each other: `2026-12-31`. */
  readonly overlapUntil?: string | undefined;
  /** The cells of all other columns, by their header. */
  readonly others: Readonly<Record<string, string>>;
}

/** A field of a postback that a column may hold. */
export type CsvField = Exclude<keyof CsvRow, "line" | "others">;

/** A row in which what was needed is there. */
export type CompleteRow<Needed extends string> = CsvRow & {
  readonly [F in Extract<Needed, CsvField>]-?: NonNullable<CsvRow[F]>;
} & { readonly others: Readonly<Record<Exclude<Needed, CsvField>, string>> };
