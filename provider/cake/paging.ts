import type { Postback } from "../postback/postback";
import { MAX_ROWS_PER_PAGE } from "./endpoints";
import { isCakeError } from "./errors";
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

// A million postbacks is far more than any network has; a list that goes on beyond that invents its rows.
const MAX_PAGES = 2_000;

const MOVED = "rows moved between two pages while they were read";
const REPEATED = "a further page repeats rows that were already read";

export interface PagingOptions {
  /** The rows to ask for at once. */
  readonly limit?: number;
  readonly onPage?: OnPage;
}

/** Reads the list of postbacks to its end. */
export function readAllPages(fetchPage: FetchPage, options: PagingOptions = {}): Promise<Listing> {
  return readAllRows(fetchPage, ({ postbackId }) => postbackId, options);
}

/**
 * Reads a list to its end. CAKE's articles disagree on whether rows count from 0 or from 1, and the total
 * is given only sometimes, so both are found out on the way: every page is asked for from the number of
 * rows already seen, and where no total vouches for the count, one row earlier. A page must then repeat
 * the last row seen; if it does not, rows moved while we read.
 */
export async function readAllRows<Row>(
  fetchPage: FetchPage<Row>,
  idOf: (row: Row) => number,
  { limit = MAX_ROWS_PER_PAGE, onPage = () => {} }: PagingOptions = {},
): Promise<Listing<Row>> {
  const rows = new Map<number, Row>();
  const flaws = new Set<string>();
  let total: number | undefined;
  let overlap: number | undefined;

  let pages = 1;
  const first = await firstPage(fetchPage, limit);
  for (let page = first.page; ; page = await next()) {
    const before = rows.size;
    const ids = collect(page, idOf, rows, flaws);
    if (overlap !== undefined) checkOverlap(page.size, ids, overlap, rows.size > before, flaws);
    // What stands behind a row that vanished moves up, and one row is on no page, though the count agrees.
    if (page.total !== undefined && total !== undefined && page.total < total) flaws.add(MOVED);
    total = page.total ?? total;
    onPage(rows.size, total);
    if (rows.size === before || isEnd(page, rows.size, limit)) return finish(rows, flaws, total);
    pages += 1;
    if (pages > MAX_PAGES)
      return finish(rows, flaws.add(`the list does not end within ${MAX_PAGES} pages`), total);
    overlap = page.total !== undefined && rows.size < page.total ? undefined : ids.at(-1);
  }

  function next(): Promise<Page<Row>> {
    return fetchPage(first.row + (overlap === undefined ? rows.size : rows.size - 1), limit);
  }
}

// A list that counts from 1 may refuse row 0. A refusal that does not name the field is about something else.
async function firstPage<Row>(
  fetchPage: FetchPage<Row>,
  limit: number,
): Promise<{ row: number; page: Page<Row> }> {
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

/** Adds a page to the rows; answers the ids on it. */
function collect<Row>(
  page: Page<Row>,
  idOf: (row: Row) => number,
  rows: Map<number, Row>,
  flaws: Set<string>,
): number[] {
  if (page.unreadable > 0) flaws.add("the list holds rows that cannot be read");
  const ids = page.rows.map(idOf);
  if (new Set(ids).size < ids.length) flaws.add("one page holds the same id twice");
  for (const row of page.rows) rows.set(idOf(row), row);
  return ids;
}

// Where rows count from 1, the page repeats two. One that repeats more did not begin where it was asked to.
function checkOverlap(
  size: number,
  ids: readonly number[],
  last: number,
  broughtRows: boolean,
  flaws: Set<string>,
): void {
  if (!ids.includes(last)) flaws.add(MOVED);
  else if (!broughtRows && size > 2) flaws.add(REPEATED);
}

/**
 * Whether a page is the last one. Without a total only one that brings nothing is: a short page may be all that this
 * list ever holds.
 */
export function isEnd(page: Page<unknown>, seen: number, limit: number): boolean {
  if (page.total === undefined) return page.size === 0;
  // A total that equals one full page may be the count of that page, so it vouches for nothing.
  return seen >= page.total && !(page.size === page.total && mayBeFull(page, limit));
}

// Rows that count from 1 make a page that was asked for from row 0 one row shorter.
function mayBeFull({ size }: Page<unknown>, limit: number): boolean {
  return size >= limit - 1 || DEFAULT_PAGE_SIZES.some((full) => size === full || size === full - 1);
}

function finish<Row>(rows: Map<number, Row>, flaws: Set<string>, total: number | undefined): Listing<Row> {
  if (total !== undefined && total !== rows.size) {
    flaws.add(`the list says that it has ${total} rows, and ${rows.size} different ones came`);
  }
  return { rows, answered: rows.size, flaws: [...flaws] };
}
