import type { HttpAnswer } from "../http/transport";
import type { Postback, PostbackDeclaration } from "../postback/postback";
import type { CallSubject } from "./callLog";
import { type Call, type CallOptions, Calls, type Fields } from "./calls";
import { type CampaignExport, readCampaigns } from "./campaigns";
import { type CampaignFilter, campaignFields, readCampaignPage } from "./campaignWire";
import { type EndpointName, endpoints } from "./endpoints";
import type { Reading } from "./envelope";
import { isCakeError } from "./errors";
import { type ListRead, type OnPage, readList } from "./readList";
import { urlRedactor } from "./urlRedactor";
import { createFields, type Page, type PostbackChanges, pageReader, readRecord, updateFields } from "./wire";

export type ListFilter = Partial<Pick<Postback, "postbackId" | "affiliateId" | "offerId">>;

export interface CakeClientOptions extends CallOptions {
  /** Own paths of assumed endpoints. */
  readonly paths: Partial<Record<EndpointName, string>>;
  /** Rows of the list to ask for at once. */
  readonly pageSize: number;
}

/** Asked right before each sending of a write. What it throws ends the call, and nothing is sent. */
export type BeforeSend = () => Promise<void>;

/** CAKE's postback endpoints, one method each. Every failure is a `CakeError`, or what `beforeSend` or `halt` gave. */
export class CakeClient {
  private readonly calls: Calls;
  private readonly readPage = pageReader();

  constructor(private readonly options: CakeClientOptions) {
    this.calls = new Calls(options);
  }

  /** Rows of the list that are asked for at once. */
  get pageSize(): number {
    return this.options.pageSize;
  }

  /**
   * Registers a postback. Not idempotent: sent again only if the first sending provably did nothing.
   *
   * @param resource The hash of the resource's URN, for the log of calls.
   */
  create(declaration: PostbackDeclaration, beforeSend?: BeforeSend, resource?: string): Promise<Postback> {
    const { affiliateId, offerId, postbackUrl } = declaration;
    return this.call({
      endpoint: "create",
      fields: createFields(declaration),
      repeat: "duplicates",
      read: readRecord,
      summary: idOfRecord,
      subject: { resource, affiliateId, offerId },
      beforeSend,
      redact: urlRedactor(postbackUrl, this.options.redact),
    });
  }

  /** Changes the given fields of a postback and nothing else. */
  update(
    postbackId: number,
    changes: PostbackChanges,
    beforeSend?: BeforeSend,
    resource?: string,
  ): Promise<Postback> {
    return this.call({
      endpoint: "update",
      fields: updateFields(postbackId, changes),
      repeat: "harmless",
      read: readRecord,
      summary: () => ({}),
      subject: { resource, postbackId },
      beforeSend,
      redact: urlRedactor(changes.postbackUrl, this.options.redact),
    });
  }

  /**
   * All postbacks that match the filter. Never filtered by status: an inactive postback is there, too.
   *
   * @param firstPage The page from row 0 on, where it was asked for already.
   */
  list(filter: ListFilter = {}, onPage?: OnPage, firstPage?: Promise<Page>): Promise<ListRead> {
    const fetchPage = (startAtRow: number, rowLimit: number) =>
      startAtRow === 0 && firstPage ? firstPage : this.listPage(filter, startAtRow, rowLimit);
    return this.readPages(fetchPage, onPage);
  }

  /** The same; undefined as soon as the list refuses the filter, or shows a row that it does not want. */
  async listMatching(filter: ListFilter): Promise<ListRead | undefined> {
    const read = this.readPages(async (startAtRow, rowLimit) => {
      const page = await this.listPage(filter, startAtRow, rowLimit);
      if (!page.rows.every((row) => isWanted(row, filter))) throw new FilterIgnored();
      return page;
    });
    return read.catch((error: unknown) => {
      if (error instanceof FilterIgnored || isCakeError(error, "refused", "unexpected")) return undefined;
      throw error;
    });
  }

  /** One postback on the first page that is filtered for its id. Unclear where the list does not do as the filter says. */
  async readOne(postbackId: number): Promise<Postback | "absent" | "unclear"> {
    try {
      const { rows, size } = await this.listPage({ postbackId });
      return rows.find((row) => row.postbackId === postbackId) ?? (size === 0 ? "absent" : "unclear");
    } catch (error) {
      if (isCakeError(error, "refused", "unexpected")) return "unclear";
      throw error;
    }
  }

  /** Drops whatever waits for a turn or a retry. Nothing is sent any more; requests in flight go on. */
  halt(reason: Error): void {
    this.calls.halt(reason);
  }

  /** Resolves when no write is in flight. */
  writesSettled(): Promise<void> {
    return this.calls.writesSettled();
  }

  /** The campaigns of an affiliate or an offer that have a postback URL of their own. */
  campaigns(filter: CampaignFilter, onPage?: OnPage): Promise<CampaignExport> {
    const fetchPage = (startAtRow: number, rowLimit: number) =>
      this.readingCall("campaigns", filter, campaignFields(filter, startAtRow, rowLimit), readCampaignPage);
    return readCampaigns(fetchPage, onPage);
  }

  /** One page of the postbacks that match the filter. */
  listPage(filter: ListFilter, startAtRow = 0, rowLimit = this.options.pageSize): Promise<Page> {
    const { postbackId, affiliateId, offerId } = filter;
    const fields = {
      ...(postbackId === undefined ? {} : { postback_id: postbackId }),
      ...(affiliateId === undefined ? {} : { affiliate_id: affiliateId }),
      ...(offerId === undefined ? {} : { offer_id: offerId }),
      start_at_row: startAtRow,
      row_limit: rowLimit,
    };
    return this.readingCall("list", filter, fields, this.readPage);
  }

  private readPages(fetchPage: (startAtRow: number, rowLimit: number) => Promise<Page>, onPage?: OnPage) {
    const { pageSize } = this.options;
    const idOf = ({ postbackId }: Postback) => postbackId;
    return readList(fetchPage, { idOf, endpoint: "list", pageSize, onPage });
  }

  private readingCall<Row>(
    endpoint: EndpointName,
    { postbackId, affiliateId, offerId }: CallSubject,
    fields: Fields,
    read: (answer: HttpAnswer) => Reading<Page<Row>>,
  ): Promise<Page<Row>> {
    const subject = { postbackId, affiliateId, offerId };
    const summary = ({ size }: Page<Row>) => ({ rows: size });
    const { redact } = this.options;
    return this.call({ endpoint, fields, repeat: "harmless", read, summary, subject, redact });
  }

  private call<T>(call: Omit<Call<T>, "path">): Promise<T> {
    return this.calls.make({ ...call, path: this.pathOf(call.endpoint) });
  }

  private pathOf(endpoint: EndpointName): string {
    return this.options.paths[endpoint] ?? endpoints[endpoint].path;
  }
}

function idOfRecord({ postbackId }: Postback): Pick<Postback, "postbackId"> {
  return { postbackId };
}

class FilterIgnored extends Error {}

function isWanted(row: Postback, filter: ListFilter): boolean {
  return (Object.keys(filter) as (keyof ListFilter)[]).every((field) => row[field] === filter[field]);
}
