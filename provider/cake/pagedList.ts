import type { Postback } from "../postback/postback";
import { MAX_ROWS_PER_PAGE } from "./endpoints";
import { isCakeError } from "./errors";
import { type FetchPage, isEnd, type Listing, type OnPage } from "./listing";
import { type Span, spanOf } from "./whichPage";
import type { Page } from "./wire";

// A million postbacks is far more than any network has; a list that goes on beyond that invents its rows.
const MAX_PAGES = 2_000;

const MOVED = "rows moved between two pages while they were read";
const REPEATED = "a further page repeats rows that were already read";

export interface PagingOptions {
  /** The rows to ask for at once. */
  readonly limit?: number;
  /** How many pages may be asked for at once where the list says how many there are. One after the other by default. */
  readonly atOnce?: number;
  /** Whether this process itself may be adding rows meanwhile, so that a total that grows is no sign of a flaw. */
  readonly growing?: boolean;
  readonly onPage?: OnPage;
}

/** What a page was like, when its rows have been taken off it. */
interface Leaf {
  readonly size: number;
  readonly total: number | undefined;
  readonly lastId: number | undefined;
  /** Whether it held rows that no page before had. */
  readonly isNews: boolean;
}

/**
 * A list that is read page by page, each page once: its first page, then any page that is asked for, and at last the
 * rest. CAKE's articles disagree on whether rows count from 0 or from 1, and the total is given only sometimes.
 *
 * Where a total vouches for the count, the pages stand side by side and come in any order. A row that moves from a page
 * still to be read to one that was read already is on none, and one behind it is on two: then fewer different rows came
 * than the total says. A row that vanishes or comes shows in the total, unless both happen between two pages: CAKE has no
 * call that takes a record off its list.
 *
 * Without a total, each page is asked for from one row before the number of rows seen, and must repeat the last of them.
 */
export class PagedList<Row = Postback> {
  /** What came so far. */
  readonly rows = new Map<number, Row>();
  /** The ids at both ends of each page that was read in full, by the number of the page. */
  readonly spans = new Map<number, Span>();
  private readonly flaws = new Set<string>();
  private readonly options: Required<PagingOptions>;
  private readonly pagesRead = new Map<number, Promise<Leaf>>();
  private total: number | undefined;
  private firstRow = 0;
  private first: Leaf | undefined;
  private planned: number | undefined;
  private opening: Promise<Leaf> | undefined;
  private reading: Promise<Listing<Row>> | undefined;

  constructor(
    private readonly fetchPage: FetchPage<Row>,
    private readonly idOf: (row: Row) => number,
    options: PagingOptions = {},
  ) {
    this.options = {
      ...{ limit: MAX_ROWS_PER_PAGE, atOnce: 1, growing: false, onPage: () => undefined },
      ...options,
    };
  }

  /** Reads the first page, from which everything else is known. */
  open(): Promise<unknown> {
    this.opening ??= this.readFirst();
    return this.opening;
  }

  /** Whether the first page has come. */
  get isOpen(): boolean {
    return this.first !== undefined;
  }

  /** How many pages the list has, once it is open; undefined where that is not known before they are read. */
  get pages(): number | undefined {
    return this.planned;
  }

  /** Whether the whole list is being read, or was. */
  get isReadWhole(): boolean {
    return this.reading !== undefined;
  }

  /** Whether a page was asked for already. They count from 0. */
  isAskedFor(page: number): boolean {
    return page === 0 || this.pagesRead.has(page);
  }

  /** Reads one page of a list that knows how many it has. */
  read(page: number): Promise<unknown> {
    return this.leafOf(page);
  }

  /** Reads what is left to read, and says whether anything may lack. */
  whole(): Promise<Listing<Row>> {
    this.reading ??= this.readWhole();
    return this.reading;
  }

  private async readWhole(): Promise<Listing<Row>> {
    await this.open();
    const isReadOn = this.planned === undefined || (await this.readSideBySide(this.planned));
    if (isReadOn) await this.readOn();
    return this.finish();
  }

  /** Answers whether each page brought something, as it must. */
  private async readSideBySide(pages: number): Promise<boolean> {
    const end = Math.min(pages, MAX_PAGES);
    for (let page = 1; page < end; page += 1) {
      for (let ahead = page; ahead < Math.min(page + this.options.atOnce, end); ahead += 1) {
        // One that fails is met in its turn.
        this.leafOf(ahead).catch(() => undefined);
      }
      const { isNews } = await this.leafOf(page);
      if (!isNews) {
        // Those on their way belong to the listing, too.
        await Promise.allSettled(this.pagesRead.values());
        return false;
      }
    }
    return true;
  }

  private leafOf(page: number): Promise<Leaf> {
    const asked = this.pagesRead.get(page);
    if (asked) return asked;
    const pageSize = this.first?.size ?? 0;
    const reading = this.fetchPage(this.firstRow + page * pageSize, this.options.limit).then((answer) =>
      this.collect(answer, page),
    );
    this.pagesRead.set(page, reading);
    return reading;
  }

  // From the number of rows seen to the end: what no total vouches for, and what pages side by side left over.
  private async readOn(): Promise<void> {
    const { limit } = this.options;
    let leaf: Leaf = { ...(this.first as Leaf), total: this.total };
    let overlap: number | undefined;
    for (
      let pages = 1 + this.pagesRead.size;
      leaf.isNews && !isEnd(leaf, this.rows.size, limit);
      pages += 1
    ) {
      if (pages >= MAX_PAGES) {
        this.flaws.add(`the list does not end within ${MAX_PAGES} pages`);
        return;
      }
      overlap = leaf.total !== undefined && this.rows.size < leaf.total ? undefined : leaf.lastId;
      const start = this.firstRow + this.rows.size - (overlap === undefined ? 0 : 1);
      const page = await this.fetchPage(start, limit);
      leaf = this.collect(page);
      if (overlap !== undefined) this.checkOverlap(page, overlap, leaf.isNews);
    }
  }

  // A list that counts from 1 may refuse row 0. A refusal that does not name the field is about something else.
  private async readFirst(): Promise<Leaf> {
    const { limit } = this.options;
    const page = await this.fetchPage(0, limit).catch(async (refusal: unknown) => {
      if (!isCakeError(refusal, "refused") || !refusal.message.includes("start_at_row")) throw refusal;
      const other = await this.fetchPage(1, limit).catch(() => {
        throw refusal;
      });
      this.firstRow = 1;
      return other;
    });
    this.first = this.collect(page, 0);
    this.planned = this.plan(this.first);
    return this.first;
  }

  private plan(first: Leaf): number | undefined {
    if (first.total === undefined) return undefined;
    if (isEnd(first, this.rows.size, this.options.limit)) return 1;
    const isSound = first.isNews && this.flaws.size === 0 && first.size < first.total;
    return isSound ? Math.ceil(first.total / first.size) : undefined;
  }

  private collect(page: Page<Row>, number?: number): Leaf {
    const { rows, flaws } = this;
    const before = rows.size;
    const ids = page.rows.map(this.idOf);
    if (page.unreadable > 0) flaws.add("the list holds rows that cannot be read");
    if (new Set(ids).size < ids.length) flaws.add("one page holds the same id twice");
    for (const row of page.rows) rows.set(this.idOf(row), row);
    const span = spanOf(ids);
    if (number !== undefined && span) this.spans.set(number, span);
    this.checkTotal(page.total);
    this.options.onPage(rows.size, this.total);
    return { size: page.size, total: page.total, lastId: ids.at(-1), isNews: rows.size > before };
  }

  // What stands behind a row that vanished moves up, and one row is on no page, though the count may agree.
  private checkTotal(total: number | undefined): void {
    const last = this.total;
    this.total = total ?? last;
    if (total === undefined || last === undefined || total === last) return;
    if (total < last || !this.options.growing) this.flaws.add(MOVED);
  }

  // Where rows count from 1, the page repeats two. One that repeats more did not begin where it was asked to.
  private checkOverlap(page: Page<Row>, last: number, isNews: boolean): void {
    if (!page.rows.some((row) => this.idOf(row) === last)) this.flaws.add(MOVED);
    else if (!isNews && page.size > 2) this.flaws.add(REPEATED);
  }

  private finish(): Listing<Row> {
    const { rows, flaws, total } = this;
    if (total !== undefined && total !== rows.size) {
      flaws.add(`the list says that it has ${total} rows, and ${rows.size} different ones came`);
    }
    return { rows, answered: rows.size, flaws: [...flaws] };
  }
}
