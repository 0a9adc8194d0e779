import type { Postback } from "../postback/postback";
import type { ListFilter } from "./client";
import { MAX_ROWS_PER_PAGE } from "./endpoints";
import { isCakeError } from "./errors";
import { isEnd } from "./listing";
import type { Page } from "./wire";

/** Rows by filter: one call for each filter in the life of a process, however many ask. */
export class Singles {
  private readonly answers = new Map<string, Promise<readonly Postback[] | undefined>>();
  private fault = false;

  constructor(private readonly fetchPage: (filter: ListFilter) => Promise<Page>) {}

  /** Whether the list does as its filters say, as far as was seen. */
  get areGood(): boolean {
    return !this.fault;
  }

  /** The list was seen to leave out a row that its filter wants. */
  distrust(): void {
    this.fault = true;
  }

  /** Whether these rows were asked for already, and the answer still counts. */
  hasAsked(filter: ListFilter): boolean {
    return this.areGood && this.answers.has(keyOf(filter));
  }

  /** All rows that the list shows for a filter; undefined where it does not show them so that it can be relied on. */
  rows(filter: ListFilter): Promise<readonly Postback[] | undefined> {
    const key = keyOf(filter);
    const known = this.answers.get(key);
    if (known) return known;
    const answer = this.ask(filter);
    this.answers.set(key, answer);
    return answer;
  }

  private async ask(filter: ListFilter): Promise<readonly Postback[] | undefined> {
    const page = await this.fetchPage(filter).catch((error: unknown) => {
      // It may not know the filter, and then the list may still come whole.
      if (isCakeError(error, "refused", "unexpected", "missing")) return undefined;
      throw error;
    });
    if (page && this.isAnswer(page, filter)) return page.rows;
    this.distrust();
    return undefined;
  }

  private isAnswer(page: Page, filter: ListFilter): boolean {
    const ids = new Set(page.rows.map(({ postbackId }) => postbackId));
    const isAsAsked = page.rows.every((row) => isWanted(row, filter));
    // There is one record of an id at most, whatever the list counts.
    const isAll = filter.postbackId !== undefined || this.isAll(page);
    return page.unreadable === 0 && ids.size === page.size && isAsAsked && isAll;
  }

  // What fills a page may be no more than its first page.
  private isAll({ size, total }: Page): boolean {
    return total === size && isEnd({ size, total }, size, MAX_ROWS_PER_PAGE);
  }
}

function isWanted(row: Postback, filter: ListFilter): boolean {
  return (Object.keys(filter) as (keyof ListFilter)[]).every((field) => row[field] === filter[field]);
}

/** The name of a filter. */
export function keyOf({ postbackId, affiliateId, offerId }: ListFilter): string {
  return [postbackId, affiliateId, offerId].join("/");
}
