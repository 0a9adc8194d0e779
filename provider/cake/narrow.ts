import type { Postback } from "../postback/postback";
import type { ListFilter } from "./client";
import type { PagedList } from "./pagedList";
import type { Pair } from "./pairs";
import { keyOf, Singles } from "./singles";
import { Thrift } from "./thrift";
import { pageHolding } from "./whichPage";
import type { Page } from "./wire";

/**
 * Finds rows without reading the whole list, as long as that is cheaper. What it finds is there. Where it finds nothing,
 * only the whole list can tell.
 */
export class NarrowReads {
  private readonly thrift = new Thrift();
  private readonly singles: Singles;
  /** What was found beside other rows. */
  private readonly found = new Map<number, Postback>();
  private opening: Promise<unknown> | undefined;

  constructor(
    private readonly list: PagedList,
    fetchPage: (filter: ListFilter) => Promise<Page>,
  ) {
    this.singles = new Singles((filter) => {
      this.thrift.count();
      return fetchPage(filter);
    });
  }

  /** One row, by its id. */
  async row(postbackId: number): Promise<Postback | undefined> {
    const beside = this.found.get(postbackId);
    if (beside) return beside;
    const filter = { postbackId };
    await this.need(keyOf(filter), () => this.readPagesFor(postbackId));
    const known = this.list.rows.get(postbackId);
    return known ?? (await this.ask(filter))?.[0];
  }

  /** All rows of a pair. */
  async pair(pair: Pair): Promise<readonly Postback[] | undefined> {
    await this.need(keyOf(pair), async () => undefined);
    const rows = await this.ask(pair);
    for (const row of rows ?? []) this.found.set(row.postbackId, row);
    return rows;
  }

  /** A read by filter was seen to leave out a row: from now on only the whole list is good. */
  distrust(): void {
    this.singles.distrust();
  }

  private async need(key: string, readPages: () => Promise<void>): Promise<void> {
    this.thrift.need(key);
    try {
      await this.open();
      await readPages();
    } finally {
      this.thrift.close(key);
    }
  }

  private open(): Promise<unknown> {
    if (this.opening === undefined) {
      this.thrift.count();
      this.opening = this.list.open();
    }
    return this.opening;
  }

  private ask(filter: ListFilter): Promise<readonly Postback[] | undefined> {
    const isFree = this.singles.hasAsked(filter);
    return isFree || this.isCheaper() ? this.singles.rows(filter) : Promise.resolve(undefined);
  }

  private async readPagesFor(postbackId: number): Promise<void> {
    const read = new Set<number>();
    while (!this.list.rows.has(postbackId) && this.isCheaper() && !this.singles.hasAsked({ postbackId })) {
      const page = this.pageFor(postbackId);
      if (page === undefined || read.has(page)) return;
      read.add(page);
      await this.readPage(page);
    }
  }

  private pageFor(postbackId: number): number | undefined {
    const page = pageHolding(postbackId, this.list.spans, this.list.pages ?? 0);
    const isPaid = page !== undefined && this.list.isAskedFor(page);
    return isPaid || this.thrift.affordsPage() ? page : undefined;
  }

  private readPage(page: number): Promise<unknown> {
    if (!this.list.isAskedFor(page)) this.thrift.count();
    return this.list.read(page);
  }

  // Where the list does not say how many rows it has, nobody can tell what is cheaper.
  private isCheaper(): boolean {
    const { pages, isReadWhole } = this.list;
    const isPossible = pages !== undefined && this.singles.areGood && !isReadWhole;
    return isPossible && !this.thrift.isListingDue(pages);
  }
}
