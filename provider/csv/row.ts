import type { ClickIdSlot } from "../postback/macros";

/** One postback in a CSV. A field is `undefined` where its cell is empty or the file has no such column. */
export interface CsvRow {
  /** The line in the file, from 1. If a postback takes several lines, it is the last one. */
  readonly line: number;
  /** The name of the resource, or another name that people use. */
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
  /** Exactly as the file has it. */
  readonly postbackUrl?: string | undefined;
  readonly clickIdSlot?: ClickIdSlot | undefined;
  /** The day until which two trackers may receive the same conversions: `2026-12-31`. */
  readonly overlapUntil?: string | undefined;
  /** The cells of all other columns, by their header. */
  readonly others: Readonly<Record<string, string>>;
}

/** A field of a postback that can be a column. */
export type CsvField = Exclude<keyof CsvRow, "line" | "others">;

/** A row that has everything that was needed. */
export type CompleteRow<Needed extends string> = CsvRow & {
  readonly [F in Extract<Needed, CsvField>]-?: NonNullable<CsvRow[F]>;
} & { readonly others: Readonly<Record<Exclude<Needed, CsvField>, string>> };
