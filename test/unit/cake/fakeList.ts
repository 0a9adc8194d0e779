import type { CakeClient, ListFilter } from "../../../provider/cake/client";
import type { Page } from "../../../provider/cake/wire";
import type { Postback } from "../../../provider/postback/postback";

export function rowOf(postbackId: number, changes: Partial<Postback> = {}): Postback {
  return {
    ...{ postbackId, affiliateId: 1 + postbackId, offerId: 0 },
    postbackUrl: `https://t.example/?id=${postbackId}`,
    ...{ postbackStatus: "active", postbackType: "Server" },
    ...changes,
  };
}

export interface FakeListOptions {
  /** The most rows of a page. @default 7 */
  readonly cap?: number;
  readonly base?: 0 | 1;
  /** What the list says of its total. @default the truth */
  readonly total?: (count: number) => number | undefined;
  /** Whether a filter gets no rows, though some match. @default none does */
  readonly hidden?: (filter: ListFilter) => boolean;
  /** Takes an answer on its way. @default at once */
  readonly send?: (answer: Page) => Promise<Page>;
}

/** CAKE's list without a network, in the order of its rows, with a record of what was asked for. */
export class FakeList {
  readonly asked: { filter: ListFilter; start: number }[] = [];

  constructor(
    public rows: readonly Postback[],
    private readonly options: FakeListOptions = {},
  ) {}

  get calls(): { pages: number; singles: number } {
    const pages = this.asked.filter(({ filter }) => Object.keys(filter).length === 0).length;
    return { pages, singles: this.asked.length - pages };
  }

  /** A client whose list is this one. */
  get client(): CakeClient {
    return {
      listPage: (filter: ListFilter, start = 0, limit = 500) => this.page(filter, start, limit),
      hasOwnPath: () => false,
    } as unknown as CakeClient;
  }

  private page(filter: ListFilter, start: number, limit: number): Promise<Page> {
    const { cap = 7, base = 0, total = (count) => count, send = async (page) => page } = this.options;
    this.asked.push({ filter, start });
    const matching = this.matching(filter);
    const from = Math.max(0, start - base);
    const rows = matching.slice(from, from + Math.min(cap, limit));
    return send({ rows, size: rows.length, unreadable: 0, total: total(matching.length) });
  }

  private matching(filter: ListFilter): readonly Postback[] {
    const wanted = Object.entries(filter) as [keyof Postback, number][];
    if (wanted.length === 0) return this.rows;
    if (this.options.hidden?.(filter)) return [];
    return this.rows.filter((row) => wanted.every(([name, id]) => row[name] === id));
  }
}
