import { endpoints, MAX_ROWS_PER_PAGE } from "../../../cake/endpoints";
import { CakeError, isCakeError } from "../../../cake/errors";
import { failureText } from "../../../cake/messages";
import { type ListRead, readList } from "../../../cake/readList";
import { type Page, readPage } from "../../../cake/wire";
import type { Postback } from "../../../postback/postback";
import type { Sign } from "../fact";
import type { Line } from "../line";

/** Names of the list's filters, as a request has them. */
export const FILTER_FIELDS = {
  postbackId: "postback_id",
  affiliateId: "affiliate_id",
  offerId: "offer_id",
} as const;

export type Filter = Partial<Record<keyof typeof FILTER_FIELDS, number>>;

/** A page of the list, what was asked for, and how long it took. */
export interface TimedPage extends Page {
  readonly startAtRow: number;
  readonly rowLimit: number;
  readonly ms: number;
}

/** The list of postbacks as a whole, and how it came. */
export interface Reading {
  readonly listing: ListRead;
  readonly pages: readonly TimedPage[];
}

/** Why there is no list. */
export class NoList extends CakeError {
  constructor(
    cause: ConstructorParameters<typeof CakeError>,
    /** What came back, or did not, in a few words. */
    readonly what: string,
    readonly sign: Sign | undefined,
  ) {
    super(...cause);
  }
}

/** The list endpoint, page by page. Every failure is a `NoList`. */
export class ListReader {
  constructor(
    private readonly line: Line,
    private readonly path: string = endpoints.list.path,
    private readonly pageSize: number = MAX_ROWS_PER_PAGE,
  ) {}

  /** Reads as the provider does, so that it meets what the provider will meet. */
  async whole(): Promise<Reading> {
    const pages: TimedPage[] = [];
    const fetchPage = async (startAtRow: number, rowLimit: number) => {
      const page = await this.page({}, startAtRow, rowLimit);
      pages.push(page);
      return page;
    };
    const idOf = ({ postbackId }: Postback) => postbackId;
    const options = { idOf, endpoint: "list", pageSize: this.pageSize, atOnce: 1 } as const;
    const listing = await readList(fetchPage, options).catch((error: unknown) => {
      if (!isCakeError(error) || error instanceof NoList) throw error;
      throw new NoList([error.kind, "list", error.message], error.message, undefined);
    });
    return { listing, pages };
  }

  async page(filter: Filter, startAtRow: number, rowLimit: number = this.pageSize): Promise<TimedPage> {
    const fields = Object.entries(FILTER_FIELDS).flatMap(([name, field]) => {
      const value = filter[name as keyof Filter];
      return value === undefined ? [] : [[field, value] as const];
    });
    const heard = await this.line.ask({
      path: this.path,
      fields: { ...Object.fromEntries(fields), start_at_row: startAtRow, row_limit: rowLimit },
      key: "with",
      read: readPage,
    });
    if (heard.ok) return { ...heard.value, startAtRow, rowLimit, ms: heard.ms };
    const { kind, what, sign } = heard;
    const message = failureText({ kind, what, endpoint: "list", origin: this.line.origin, path: this.path });
    throw new NoList([kind, "list", message], `${what}, from GET ${this.path}`, sign);
  }
}
