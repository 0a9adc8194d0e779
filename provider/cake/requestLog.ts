import type { Redact } from "../http/redact";
import { endpoints, MAX_ROWS_PER_PAGE, WRITE_ENDPOINTS, type WriteEndpoint } from "./endpoints";
import type { LogRow } from "./logWire";
import type { FetchPage, OnPage } from "./readList";
import type { Page } from "./wire";

/** What CAKE's request log shows of the writes to postbacks, and how far it was read. */
export interface LoggedWrites {
  /** Creates and updates of postbacks, the latest first where the log's order can be told. */
  readonly writes: readonly LoggedWrite[];
  /** Requests that were read, those to other endpoints included. */
  readonly read: number;
  /** Rows that could not be read. Some of them may be writes. */
  readonly unreadable: number;
  /** When the oldest request was made that was read; null where none was, or its row has no time. */
  readonly reachesBackTo: string | null;
  /** Why writes may lack, in words for people. None where the log was read to its end. */
  readonly flaws: readonly string[];
}

/** A write to postbacks as CAKE's log holds it. The log has no bodies: it does not tell which postback it was. */
export interface LoggedWrite extends Omit<LogRow, "logId" | "method" | "path"> {
  readonly endpoint: WriteEndpoint;
}

export interface LogOptions {
  /** The most pages of 500 rows to read. @default 20 */
  readonly maxPages?: number;
  /** Told after each page. */
  readonly onPage?: OnPage;
}

/** The log, or as much of it as was wanted. */
export interface LogReading extends Pick<LoggedWrites, "unreadable" | "reachesBackTo" | "flaws"> {
  /** The latest first where the order can be told. */
  readonly rows: readonly LogRow[];
}

type Order = "oldestFirst" | "newestFirst" | "unclear";

/** Why no further page was read: there is none, enough were read, or the same one came again. */
type End = "end" | "enough" | "repeated";

const MAX_PAGES = 20;

/**
 * Reads the latest pages of the log. No article says how it is ordered, so the first page has to show it; where the
 * oldest requests come first and there are more than are wanted, the reading begins nearer to the end.
 */
export async function readLog(
  fetchPage: FetchPage<LogRow>,
  { maxPages = MAX_PAGES, onPage = () => {} }: LogOptions = {},
): Promise<LogReading> {
  const first = await fetchPage(0, MAX_ROWS_PER_PAGE);
  const order = orderOf(first.rows);
  const start = order === "oldestFirst" ? Math.max(0, (first.total ?? 0) - maxPages * first.size) : 0;
  const fetch: FetchPage<LogRow> = async (row, limit) => (row === 0 ? first : fetchPage(row, limit));
  const { pages, end } = await readPages(fetch, { start, maxPages, onPage });
  const rows = latestFirst(withoutRepeats(pages.flatMap((page) => page.rows)), order);
  const unreadable = pages.reduce((sum, page) => sum + page.unreadable.length, 0);
  return {
    ...{ rows, unreadable, reachesBackTo: oldestTime(rows) },
    flaws: [
      ...(unreadable > 0 ? ["the log holds rows that cannot be read"] : []),
      ...(end === "repeated"
        ? ["the log shows one page again and again, so that no more of it can be read"]
        : []),
      ...(end === "enough" || start > 0 ? [partRead(order, rows.length, start > 0)] : []),
    ],
  };
}

/** The rows that are writes to postbacks. Others may share a path with them, but not the method. */
export function writesAmong(
  rows: readonly LogRow[],
  pathOf: (endpoint: WriteEndpoint) => string,
  redact: Redact,
): LoggedWrite[] {
  return rows.flatMap(({ path, method, result, httpStatus, user, at }) => {
    const endpoint = WRITE_ENDPOINTS.find((name) => plain(pathOf(name)) === plain(path));
    if (endpoint === undefined || (method ?? endpoints[endpoint].method) !== endpoints[endpoint].method)
      return [];
    return [{ endpoint, result: result && redact(result), httpStatus, user: user && redact(user), at }];
  });
}

// Web servers do not mind the case of a path, nor a slash at its end.
function plain(path: string): string {
  return path.toLowerCase().replace(/\/+$/, "");
}

async function readPages(
  fetchPage: FetchPage<LogRow>,
  { start, maxPages, onPage }: Required<LogOptions> & { start: number },
): Promise<{ pages: Page<LogRow>[]; end: End }> {
  const pages: Page<LogRow>[] = [];
  let next = start;
  while (pages.length < maxPages) {
    const page = await fetchPage(next, MAX_ROWS_PER_PAGE);
    if (page.size > 0 && isSame(page, pages.at(-1))) return { pages, end: "repeated" };
    pages.push(page);
    next += page.size;
    onPage(next - start, page.total === undefined ? undefined : page.total - start);
    // A total that equals one full page may be the count of that page.
    const { total = Number.POSITIVE_INFINITY, size } = page;
    const isFullPage = size === total && size >= MAX_ROWS_PER_PAGE;
    if (size === 0 || (next >= total && !isFullPage)) return { pages, end: "end" };
  }
  return { pages, end: "enough" };
}

function partRead(order: Order, count: number, isEndOfLog: boolean): string {
  if (order === "newestFirst" || isEndOfLog) return `only the latest ${count} requests of the log were read`;
  return order === "oldestFirst"
    ? `the log begins with its oldest requests and does not say how many there are: only the oldest ${count} were read`
    : `only ${count} requests of the log were read, and whether they are the latest cannot be told`;
}

function isSame(page: Page<LogRow>, other: Page<LogRow> | undefined): boolean {
  return other !== undefined && JSON.stringify(page.rows) === JSON.stringify(other.rows);
}

// A request that comes in while a log is read that shows the latest first moves all others one row on.
function withoutRepeats(rows: readonly LogRow[]): LogRow[] {
  const seen = new Set<number>();
  return rows.filter(({ logId }) => {
    const isNew = logId === undefined || !seen.has(logId);
    if (logId !== undefined) seen.add(logId);
    return isNew;
  });
}

function latestFirst(rows: LogRow[], order: Order): LogRow[] {
  return order === "oldestFirst" ? rows.reverse() : rows;
}

function orderOf(rows: readonly LogRow[]): Order {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return "unclear";
  const rise = (last.logId ?? Number.NaN) - (first.logId ?? Number.NaN) || timeOf(last) - timeOf(first);
  if (rise > 0) return "oldestFirst";
  return rise < 0 ? "newestFirst" : "unclear";
}

// Where times cannot be compared, the last row that has one is the best guess.
function oldestTime(rows: readonly LogRow[]): string | null {
  const timed = rows.filter(({ at }) => at !== null);
  const oldest = timed.reduce<LogRow | undefined>(
    (best, row) => (best !== undefined && timeOf(row) > timeOf(best) ? best : row),
    undefined,
  );
  return oldest?.at ?? null;
}

/** Good for comparing rows of one log only, whose zone nobody knows. */
function timeOf({ at }: LogRow): number {
  return Date.parse(at ?? "");
}
