import type { Postback } from "../postback/postback";
import type { EndpointName } from "./endpoints";
import { CakeError, isCakeError } from "./errors";
import { messages } from "./messages";
import type { Page } from "./wire";

/** All rows of a list that a key can see, and whether that is provably all of them. */
export interface ListRead<Row = Postback> {
  /** By their id. */
  readonly rows: ReadonlyMap<number, Row>;
  /** How many different rows CAKE answered; what this process wrote itself may have come to them since. */
  readonly answered: number;
  /** Why the list may lack rows, for a message. Empty if it is complete. */
  readonly completenessIssues: readonly string[];
}

/** Whether a row that is not in the list is provably not there. An empty list is what a key without rights sees, too. */
export function provesAbsence(read: ListRead): boolean {
  return read.answered > 0 && read.completenessIssues.length === 0;
}

/** Why a row that is not in the list may exist all the same; undefined where it provably does not. */
export function doubtIn({ answered, completenessIssues }: ListRead): string | undefined {
  if (completenessIssues.length > 0) return completenessIssues.join("; ");
  return answered === 0 ? "the list is empty, as for a key without rights" : undefined;
}

export type FetchPage<Row = Postback> = (startAtRow: number, rowLimit: number) => Promise<Page<Row>>;

/** Told after each page: how many different rows came so far, and how many there are where CAKE says so. */
export type OnPage = (seen: number, total: number | undefined) => void;

export interface ReadOptions<Row> {
  readonly idOf: (row: Row) => number;
  readonly endpoint: EndpointName;
  /** Rows to ask for at once. */
  readonly pageSize: number;
  /** Pages asked for at once where the list says how many there are. @default 4 */
  readonly atOnce?: number;
  readonly onPage?: OnPage | undefined;
}

// A list that goes on beyond that invents its rows.
const MAX_PAGES = 2_000;
const MAX_ROWS = 1_000_000;
const MAX_NAMED = 10;

const MOVED = "rows moved between two pages while they were read";
const REPEATED = "a further page repeats rows that were already read";

/** Reads a list to its end: side by side where a total says how many pages there are, else one page after the other. */
export async function readList<Row>(
  fetchPage: FetchPage<Row>,
  options: ReadOptions<Row>,
): Promise<ListRead<Row>> {
  return new ListReading(fetchPage, options).read();
}

/**
 * CAKE's articles disagree on whether rows count from 0 or from 1, and the total is given only sometimes. A total
 * that is no more than the first page may be the count of that page, so it vouches for nothing: then only a request from
 * the last row on that brings nothing new ends the list.
 */
class ListReading<Row> {
  private readonly rows = new Map<number, Row>();
  private readonly issues = new Set<string>();
  private readonly unreadable: string[] = [];
  private pages = 0;
  /** What the list says of its length, if that is more than the length of a page. */
  private total: number | undefined;
  /** Whether the total is more than one page, so that it shows when the list has ended. */
  private isCounted = false;
  private firstRow = 0;
  /** Where the furthest page ended. */
  private reached = 0;
  private lastIds: readonly number[] = [];

  constructor(
    private readonly fetchPage: FetchPage<Row>,
    private readonly options: ReadOptions<Row>,
  ) {}

  async read(): Promise<ListRead<Row>> {
    const first = await this.first();
    this.collect(first, 0);
    const { total = 0 } = this;
    this.isCounted = first.rows.length > 0 && first.size < total;
    if (this.isCounted) await this.readSideBySide(first.size, total);
    await this.readOn();
    return this.finish();
  }

  // A list that counts from 1 may refuse row 0. A refusal that does not name the field is about something else.
  private first(): Promise<Page<Row>> {
    return this.fetch(0).catch(async (refusal: unknown) => {
      if (!isCakeError(refusal, "refused") || !refusal.reason.includes("start_at_row")) throw refusal;
      this.firstRow = 1;
      return this.fetch(0).catch(() => {
        throw refusal;
      });
    });
  }

  private async readSideBySide(pageSize: number, total: number): Promise<void> {
    const { atOnce = 4 } = this.options;
    const pages = Math.ceil(total / pageSize);
    if (pages > MAX_PAGES || total > MAX_ROWS) throw this.endless();
    const asked: Promise<Page<Row>>[] = [];
    const ask = (page: number) => {
      asked[page] ??= this.fetch(page * pageSize);
      // One that fails is met in its turn.
      asked[page].catch(() => undefined);
      return asked[page];
    };
    for (let page = 1; page < pages; page += 1) {
      for (let ahead = page; ahead < Math.min(page + atOnce, pages); ahead += 1) ask(ahead);
      if (!this.collect(await ask(page), page * pageSize)) return;
    }
  }

  /**
   * From the last row that came to the end. Each page must begin with that row (where rows count from 1, with the one
   * before it): otherwise rows moved meanwhile, and one may be on no page.
   */
  private async readOn(): Promise<void> {
    for (let isNews = this.rows.size > 0; isNews && !this.isCountedOut; ) {
      if (this.pages >= MAX_PAGES || this.rows.size > MAX_ROWS) throw this.endless();
      const start = Math.max(0, this.reached - 1);
      const last = this.lastIds;
      const page = await this.fetch(start);
      isNews = this.collect(page, start);
      const ids = page.rows.map(this.options.idOf);
      if (!isNews && ids.some((id) => !last.includes(id))) this.issues.add(REPEATED);
      else if (!ids.includes(last.at(-1) ?? Number.NaN)) this.issues.add(MOVED);
    }
  }

  private get isCountedOut(): boolean {
    return this.isCounted && this.rows.size === this.total;
  }

  private fetch(offset: number): Promise<Page<Row>> {
    this.pages += 1;
    return this.fetchPage(this.firstRow + offset, this.options.pageSize);
  }

  /** Answers whether the page brought rows that none before had. */
  private collect(page: Page<Row>, offset: number): boolean {
    const { rows, issues } = this;
    const before = rows.size;
    const ids = page.rows.map(this.options.idOf);
    if (new Set(ids).size < ids.length) issues.add("one page holds the same id twice");
    for (const row of page.rows) rows.set(this.options.idOf(row), row);
    this.unreadable.push(...page.unreadable);
    this.checkTotal(page);
    if (offset + page.size > this.reached) {
      this.reached = offset + page.size;
      this.lastIds = [...new Set([...this.lastIds, ...ids])].slice(-2);
    }
    this.options.onPage?.(rows.size, this.total);
    return rows.size > before;
  }

  // Where the total falls, a row vanished, what stood behind it moved up, and one row may be on no page.
  private checkTotal({ total, size }: Page<Row>): void {
    if (total === undefined || total === size) return;
    if (this.total !== undefined && total < this.total) this.issues.add(MOVED);
    this.total = total;
  }

  private endless(): CakeError {
    const message = messages.endlessList(MAX_PAGES, MAX_ROWS);
    return new CakeError("unexpected", this.options.endpoint, message);
  }

  private finish(): ListRead<Row> {
    const { rows, issues, total } = this;
    const names = [...new Set(this.unreadable)];
    const more = names.length > MAX_NAMED ? `, and ${names.length - MAX_NAMED} more` : "";
    if (names.length > 0)
      issues.add(`the list holds rows that cannot be read: ${names.slice(0, MAX_NAMED).join(", ")}${more}`);
    if (total !== undefined && total !== rows.size)
      issues.add(`the list says it has ${total} rows, but ${rows.size} came`);
    return { rows, answered: rows.size, completenessIssues: [...issues] };
  }
}
