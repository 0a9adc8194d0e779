import type { Postback } from "../postback/postback";
import { MAX_ROWS_PER_PAGE } from "./endpoints";
import { isCakeError } from "./errors";
import type { Page } from "./wire";

/** All live postbacks that a key can see, and whether that is provably all of them. */
export interface Listing {
  readonly rows: Map<number, Postback>;
  /** How many different rows CAKE answered; what this process wrote itself may have come to them since. */
  readonly answered: number;
  /** Why the listing may lack rows, in words for people. None where it is complete. */
  readonly flaws: readonly string[];
}

/** Whether a row that is not in the listing is provably not there. An empty list is what a key without rights sees, too. */
export function provesAbsence(listing: Listing): boolean {
  return listing.answered > 0 && listing.flaws.length === 0;
}

export type FetchPage = (startAtRow: number, rowLimit: number) => Promise<Page>;

/** Told after each page: how many different rows came so far, and how many there are where CAKE says so. */
export type OnPage = (seen: number, total: number | undefined) => void;

// A list may hold its pages to less than it was asked for. These are the defaults CAKE's articles name.
const DEFAULT_PAGE_SIZES = [25, 100];

// A million postbacks is far more than any network has; a list that goes on beyond that invents its rows.
const MAX_PAGES = 2_000;

const MOVED = "rows moved between two pages while they were read";
const REPEATED = "a further page repeats rows that were already read";

/**
 * Reads a list to its end. CAKE's articles disagree on whether rows count from 0 or from 1, and the total
 * is given only sometimes, so both are found out on the way: every page is asked for from the number of
 * rows already seen, and where no total vouches for the count, one row earlier. A page must then repeat
 * the last row seen; if it does not, rows moved while we read.
 */
export async function readAllPages(
  fetchPage: FetchPage,
  { limit = MAX_ROWS_PER_PAGE, onPage = () => {} }: { limit?: number; onPage?: OnPage } = {},
): Promise<Listing> {
  const rows = new Map<number, Postback>();
  const flaws = new Set<string>();
  let total: number | undefined;
  let overlap: Postback | undefined;

  let pages = 1;
  const first = await firstPage(fetchPage, limit);
  for (let page = first.page; ; page = await next()) {
    const before = rows.size;
    collect(page, rows, flaws);
    if (overlap) checkOverlap(page, overlap, rows.size > before, flaws);
    // What stands behind a row that vanished moves up, and one row is on no page, though the count agrees.
    if (page.total !== undefined && total !== undefined && page.total < total) flaws.add(MOVED);
    total = page.total ?? total;
    onPage(rows.size, total);
    if (rows.size === before || isEnd(page, rows.size, limit)) return finish(rows, flaws, total);
    pages += 1;
    if (pages > MAX_PAGES)
      return finish(rows, flaws.add(`the list does not end within ${MAX_PAGES} pages`), total);
    overlap = page.total !== undefined && rows.size < page.total ? undefined : page.rows.at(-1);
  }

  function next(): Promise<Page> {
    return fetchPage(first.row + (overlap ? rows.size - 1 : rows.size), limit);
  }
}

// A list that counts from 1 may refuse row 0. A refusal that does not name the field is about something else.
async function firstPage(fetchPage: FetchPage, limit: number): Promise<{ row: number; page: Page }> {
  try {
    return { row: 0, page: await fetchPage(0, limit) };
  } catch (refusal) {
    if (!isCakeError(refusal, "refused") || !refusal.message.includes("start_at_row")) throw refusal;
    const page = await fetchPage(1, limit).catch(() => {
      throw refusal;
    });
    return { row: 1, page };
  }
}

function collect(page: Page, rows: Map<number, Postback>, flaws: Set<string>): void {
  if (page.unreadable > 0) flaws.add("the list holds rows that cannot be read");
  if (new Set(page.rows.map((row) => row.postbackId)).size < page.rows.length) {
    flaws.add("one page holds the same id twice");
  }
  for (const row of page.rows) rows.set(row.postbackId, row);
}

// Where rows count from 1, the page repeats two. One that repeats more did not begin where it was asked to.
function checkOverlap(page: Page, last: Postback, broughtRows: boolean, flaws: Set<string>): void {
  if (!page.rows.some((row) => row.postbackId === last.postbackId)) flaws.add(MOVED);
  else if (!broughtRows && page.size > 2) flaws.add(REPEATED);
}

// Without a total only a page that brings nothing new is the end: a short one may be all that this list ever holds.
function isEnd(page: Page, seen: number, limit: number): boolean {
  if (page.total === undefined) return page.size === 0;
  // A total that equals one full page may be the count of that page, so it vouches for nothing.
  return seen >= page.total && !(page.size === page.total && mayBeFull(page, limit));
}

// Rows that count from 1 make a page that was asked for from row 0 one row shorter.
function mayBeFull({ size }: Page, limit: number): boolean {
  return size >= limit - 1 || DEFAULT_PAGE_SIZES.some((full) => size === full || size === full - 1);
}

function finish(rows: Map<number, Postback>, flaws: Set<string>, total: number | undefined): Listing {
  if (total !== undefined && total !== rows.size) {
    flaws.add(`the list says that it has ${total} rows, and ${rows.size} different ones came`);
  }
  return { rows, answered: rows.size, flaws: [...flaws] };
}
