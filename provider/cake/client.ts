import type { Repeat } from "../http/retry";
import type { HttpAnswer } from "../http/transport";
import type { Postback, PostbackDeclaration } from "../postback/postback";
import { type CallOptions, Calls, type Fields } from "./calls";
import { type CampaignExport, readCampaigns } from "./campaigns";
import { type CampaignFilter, campaignFields, readCampaignPage } from "./campaignWire";
import { type EndpointName, endpoints, MAX_ROWS_PER_PAGE } from "./endpoints";
import type { Reading } from "./envelope";
import { logFields, readLogPage } from "./logWire";
import { type Listing, type OnPage, type PagingOptions, readAllPages } from "./paging";
import { type LoggedWrites, type LogOptions, readLog, writesAmong } from "./requestLog";
import { createFields, type Page, type PostbackChanges, readPage, readRecord, updateFields } from "./wire";

export type ListFilter = Partial<Pick<Postback, "postbackId" | "affiliateId" | "offerId">>;

/** A look at one record: not there, or not to be told, as where the list ignores the filter. */
export type Peek = Postback | "absent" | "unclear";

/** How many pages of one listing are asked for at once; the pace may allow fewer. */
export const PAGES_AT_ONCE = 4;

export interface CakeClientOptions extends CallOptions {
  /** Own paths of assumed endpoints. */
  readonly paths: Partial<Record<EndpointName, string>>;
}

/** CAKE's postback endpoints, one method each. Every failure is a `CakeError`. */
export class CakeClient {
  private readonly calls: Calls;
  private readonly paths: CakeClientOptions["paths"];
  private readonly redact: CakeClientOptions["redact"];

  constructor({ paths, ...options }: CakeClientOptions) {
    this.paths = paths;
    this.redact = options.redact;
    this.calls = new Calls(options);
  }

  /** Registers a postback. Not idempotent: sent again only if the first sending provably did nothing. */
  create(declaration: PostbackDeclaration): Promise<Postback> {
    return this.call("create", createFields(declaration), "duplicates", readRecord);
  }

  /** Changes the given fields of a postback and nothing else. */
  update(postbackId: number, changes: PostbackChanges): Promise<Postback> {
    return this.call("update", updateFields(postbackId, changes), "harmless", readRecord);
  }

  /** All postbacks that match the filter. Never filtered by status: an inactive postback is there, too. */
  list(filter: ListFilter = {}, onPage?: OnPage, options: PagingOptions = {}): Promise<Listing> {
    const fetchPage = (startAtRow: number, rowLimit: number) => this.listPage(filter, startAtRow, rowLimit);
    const telling = onPage === undefined ? {} : { onPage };
    return readAllPages(fetchPage, { atOnce: PAGES_AT_ONCE, ...telling, ...options });
  }

  /** One postback on the first page that is filtered for its id. */
  async peek(postbackId: number): Promise<Peek> {
    const { rows, size } = await this.listPage({ postbackId });
    return rows.find((row) => row.postbackId === postbackId) ?? (size === 0 ? "absent" : "unclear");
  }

  /**
   * Who wrote postbacks, and when, as CAKE's request log tells it. `since` is a day of the instance, such as
   * "2026-01-31"; without it the log is read as far back as `maxPages` allow.
   */
  async loggedWrites({ since, ...options }: LogOptions & { since?: string } = {}): Promise<LoggedWrites> {
    const fetchPage = (startAtRow: number, rowLimit: number) =>
      this.call("logs", logFields(since, startAtRow, rowLimit), "harmless", readLogPage);
    const { rows, ...reading } = await readLog(fetchPage, options);
    const writes = writesAmong(rows, (name) => this.pathOf(name), this.redact);
    return { writes, read: rows.length, ...reading };
  }

  /** The campaigns of an affiliate or an offer that have a postback URL of their own. */
  campaigns(filter: CampaignFilter, onPage?: OnPage): Promise<CampaignExport> {
    const fetchPage = (startAtRow: number, rowLimit: number) =>
      this.call("campaigns", campaignFields(filter, startAtRow, rowLimit), "harmless", readCampaignPage);
    return readCampaigns(fetchPage, onPage);
  }

  /** One page of the postbacks that match the filter. */
  listPage(
    { postbackId, affiliateId, offerId }: ListFilter,
    startAtRow = 0,
    rowLimit = MAX_ROWS_PER_PAGE,
  ): Promise<Page> {
    const fields = {
      ...(postbackId === undefined ? {} : { postback_id: postbackId }),
      ...(affiliateId === undefined ? {} : { affiliate_id: affiliateId }),
      ...(offerId === undefined ? {} : { offer_id: offerId }),
      start_at_row: startAtRow,
      row_limit: rowLimit,
    };
    return this.call("list", fields, "harmless", readPage);
  }

  /** Whether the user said where the endpoint is. */
  hasOwnPath(endpoint: EndpointName): boolean {
    return this.paths[endpoint] !== undefined;
  }

  private call<T>(
    endpoint: EndpointName,
    fields: Fields,
    repeat: Repeat,
    read: (answer: HttpAnswer) => Reading<T>,
  ): Promise<T> {
    return this.calls.make({ endpoint, path: this.pathOf(endpoint), fields, repeat, read });
  }

  private pathOf(endpoint: EndpointName): string {
    return this.paths[endpoint] ?? endpoints[endpoint].path;
  }
}
