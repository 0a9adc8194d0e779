import type { Postback } from "../postback/postback";
import type { Page } from "./wire";

/** All rows of a list that a key can see, and whether that is provably all of them. */
export interface Listing<Row = Postback> {
  /** By their id. */
  readonly rows: Map<number, Row>;
  /** How many different rows CAKE answered; what this process wrote itself may have come to them since. */
  readonly answered: number;
  /** Why the listing may lack rows, in words for people. None where it is complete. */
  readonly flaws: readonly string[];
}

/** Whether a row that is not in the listing is provably not there. An empty list is what a key without rights sees, too. */
export function provesAbsence(listing: Listing): boolean {
  return listing.answered > 0 && listing.flaws.length === 0;
}

export type FetchPage<Row = Postback> = (startAtRow: number, rowLimit: number) => Promise<Page<Row>>;

/** Told after each page: how many different rows came so far, and how many there are where CAKE says so. */
export type OnPage = (seen: number, total: number | undefined) => void;

// A list may hold its pages to less than it was asked for. These are the defaults CAKE's articles name.
const DEFAULT_PAGE_SIZES = [25, 100];

/**
 * Whether a page is the last one. Without a total only one that brings nothing is: a short page may be all that this
 * list ever holds.
 */
export function isEnd(page: Pick<Page, "size" | "total">, seen: number, limit: number): boolean {
  if (page.total === undefined) return page.size === 0;
  // A total that equals one full page may be the count of that page, so it vouches for nothing.
  return seen >= page.total && !(page.size === page.total && mayBeFull(page.size, limit));
}

// Rows that count from 1 make a page that was asked for from row 0 one row shorter.
function mayBeFull(size: number, limit: number): boolean {
  return size >= limit - 1 || DEFAULT_PAGE_SIZES.some((full) => size === full || size === full - 1);
}
