import type { Postback } from "../postback/postback";
import { MAX_ROWS_PER_PAGE } from "./endpoints";
import type { Page } from "./wire";

/** All live postbacks that a key can see, and whether that is provably all of them. */
export interface Listing {
  readonly rows: Map<number, Postback>;
  /** Why the listing may lack rows, in words for people. None where it is complete. */
  readonly flaws: readonly string[];
}

/** Whether a row that is not in the listing is provably not there. An empty list is what a key without rights sees, too. */
export function provesAbsence(listing: Listing): boolean {
  return listing.rows.size > 0 && listing.flaws.length === 0;
}

export type FetchPage = (startAtRow: number, rowLimit: number) => Promise<Page>;

// A list may hold its pages to less than it was asked for. These are the defaults CAKE's articles name.
const DEFAULT_PAGE_SIZES = new Set([25, 100]);

/**
 * Reads a list to its end. CAKE's articles disagree on whether rows count from 0 or from 1, and the total
 * is given only sometimes, so both are found out on the way: every page is asked for from the number of
 * rows already seen, and where no total vouches for the count, one row earlier. A page must then repeat
 * the last row seen; if it does not, rows moved while we read.
 */
export async function readAllPages(fetchPage: FetchPage, limit = MAX_ROWS_PER_PAGE): Promise<Listing> {
  const rows = new Map<number, Postback>();
  const flaws = new Set<string>();
  let last: Postback | undefined;

  for (;;) {
    const overlapping = rows.size > 0 && last !== undefined;
    const page = await fetchPage(startOf(rows.size, overlapping), limit);
    const before = rows.size;
    collect(page, rows, flaws);
    if (overlapping && page.size > 0 && !page.rows.some((row) => row.postbackId === last?.postbackId)) {
      flaws.add("rows moved between two pages while they were read");
    }
    if (page.total !== undefined) {
      if (rows.size >= page.total || rows.size === before) return finish(rows, flaws, page);
      last = undefined;
      continue;
    }
    if (isLast(page, limit)) return finish(rows, flaws, page);
    if (rows.size === before) {
      if (page.size >= limit) flaws.add("a further page repeats rows that were already read");
      return finish(rows, flaws, page);
    }
    last = page.rows.at(-1);
  }
}

function startOf(seen: number, overlapping: boolean): number {
  return overlapping ? seen - 1 : seen;
}

function collect(page: Page, rows: Map<number, Postback>, flaws: Set<string>): void {
  if (page.unreadable > 0) flaws.add("the list holds rows that cannot be read");
  if (new Set(page.rows.map((row) => row.postbackId)).size < page.rows.length) {
    flaws.add("one page holds the same id twice");
  }
  for (const row of page.rows) rows.set(row.postbackId, row);
}

// Rows that count from 1 make a page that was asked for from row 0 one row shorter.
function isLast(page: Page, limit: number): boolean {
  return page.size < limit - 1 && !DEFAULT_PAGE_SIZES.has(page.size);
}

function finish(rows: Map<number, Postback>, flaws: Set<string>, { total }: Page): Listing {
  if (total !== undefined && total !== rows.size) {
    flaws.add(`the list says that it has ${total} rows, and ${rows.size} different ones came`);
  }
  return { rows, flaws: [...flaws] };
}
