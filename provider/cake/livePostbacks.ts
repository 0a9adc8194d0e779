import type { Postback } from "../postback/postback";
import type { CakeClient, ListFilter } from "./client";
import { type ListRead, provesAbsence } from "./readList";
import type { Page } from "./wire";

/** What was found of one record: the record, or the complete list that does not show it. */
export type FindResult =
  | { readonly kind: "live"; readonly row: Postback }
  | { readonly kind: "notShown"; readonly read: ListRead };

// To read one affiliate narrowly takes up to three calls, which must be fewer than the rest of the list.
const LEAST_PAGES_TO_SAVE = 4;

/**
 * The postbacks that are live at CAKE, shared by every operation of the process. The first that is needed is read alone,
 * in case no other one is; the second opens the whole list, once. What this process writes itself is laid over what it
 * has read, so that a write during the reading is neither lost nor undone.
 */
export class LivePostbacks {
  private list: Promise<ListRead> | undefined;
  private isFirst = true;
  private firstPage: Promise<Page> | undefined;
  /** The one read by affiliate: undefined where the filter cannot be relied on. */
  private affiliate: { readonly id: number; readonly read: Promise<ListRead | undefined> } | undefined;
  private emptyProof: Promise<boolean> | undefined;
  /** Every row that was written, and once the list has come, every row. */
  private readonly rows = new Map<number, Postback>();
  private byAffiliate: Map<number, Map<number, Postback>> | undefined;
  /** The IDs that were read narrowly. */
  private readonly seen = new Set<number>();

  /** @param isAlone Whether no other operation of this process is under way. */
  constructor(
    private readonly client: CakeClient,
    private readonly isAlone: () => boolean,
  ) {}

  /** One record. The first that a process needs is read by its id. Only the complete list can say that it is missing. */
  async find(postbackId: number): Promise<FindResult> {
    const row = this.rows.get(postbackId) ?? (this.takeFirst() ? await this.readById(postbackId) : undefined);
    return this.foundOr(row, postbackId);
  }

  /**
   * One record that is about to be changed. Most often more follow, so the list is opened; if it has more than its first
   * page, and no other operation is under way, only this record is read.
   *
   * @param affiliateId Its affiliate, if `ofAffiliate` is going to be needed, too.
   */
  async findToChange(postbackId: number, affiliateId?: number): Promise<FindResult> {
    const known = this.rows.get(postbackId);
    if (known !== undefined || !(await this.isReadNarrowly())) return this.foundOr(known, postbackId);
    if (affiliateId === undefined) return this.foundOr(await this.readById(postbackId), postbackId);
    const read = await this.readAffiliate(affiliateId);
    return this.foundOr(read?.rows.get(postbackId), postbackId);
  }

  /**
   * All rows of one affiliate. None is also what a filter shows that does not work, so that this is believed only if the
   * filter finds a row of another affiliate; otherwise the complete list decides.
   */
  async ofAffiliate(affiliateId: number): Promise<ListRead> {
    const isNarrow = this.affiliate?.id === affiliateId || (await this.isReadNarrowly());
    const narrow = isNarrow ? await this.readAffiliate(affiliateId) : undefined;
    if (narrow !== undefined && (provesAbsence(narrow) || (await this.isEmptyProven(narrow)))) {
      const written = [...this.rows.values()].filter((row) => row.affiliateId === affiliateId);
      return {
        ...narrow,
        rows: new Map([...narrow.rows.values(), ...written].map((row) => [row.postbackId, row])),
      };
    }
    const read = await this.all();
    return { ...read, rows: this.byAffiliate?.get(affiliateId) ?? new Map() };
  }

  /** The complete list, read once per process. A failure is shared, too: one explanation instead of a thousand. */
  all(): Promise<ListRead> {
    this.isFirst = false;
    this.list ??= this.client.list({}, undefined, this.firstPage).then((read) => {
      for (const row of read.rows.values())
        if (!this.rows.has(row.postbackId)) this.rows.set(row.postbackId, row);
      this.byAffiliate = new Map();
      for (const row of this.rows.values()) this.index(row);
      return { ...read, rows: this.rows };
    });
    return this.list;
  }

  /** The rows that match the filter as they are now. A filter that is ignored shows others, too. */
  readFresh(filter: ListFilter): Promise<ListRead> {
    return this.client.list(filter);
  }

  /** One record as it is now. */
  readOne(postbackId: number): Promise<Postback | "absent" | "unclear"> {
    return this.client.readOne(postbackId);
  }

  /** Whether a record has this ID, as far as this process has read or written. */
  isKnown(postbackId: number): boolean {
    return this.rows.has(postbackId) || this.seen.has(postbackId);
  }

  /** A record as this process wrote or saw it last. */
  record(row: Postback): void {
    const before = this.rows.get(row.postbackId);
    if (before && before.affiliateId !== row.affiliateId)
      this.byAffiliate?.get(before.affiliateId)?.delete(row.postbackId);
    this.rows.set(row.postbackId, row);
    this.index(row);
  }

  private async foundOr(row: Postback | undefined, postbackId: number): Promise<FindResult> {
    if (row) return { kind: "live", row: this.rows.get(postbackId) ?? row };
    const read = await this.all();
    const listed = read.rows.get(postbackId);
    return listed ? { kind: "live", row: listed } : { kind: "notShown", read };
  }

  private async readById(postbackId: number): Promise<Postback | undefined> {
    const read = await this.client.readOne(postbackId);
    return typeof read === "string" ? undefined : read;
  }

  private readAffiliate(affiliateId: number): Promise<ListRead | undefined> {
    if (this.affiliate?.id !== affiliateId) {
      const read = this.client.listMatching({ affiliateId }).then((rows) => this.noted(rows));
      this.affiliate = { id: affiliateId, read };
    }
    return this.affiliate.read;
  }

  private async noted(read: ListRead | undefined): Promise<ListRead | undefined> {
    for (const { postbackId } of (await this.firstPage)?.rows ?? []) this.seen.add(postbackId);
    for (const postbackId of read?.rows.keys() ?? []) this.seen.add(postbackId);
    return read;
  }

  // Asked once: the answer holds for the filter, whatever the affiliate.
  private isEmptyProven(narrow: ListRead): Promise<boolean> {
    this.emptyProof ??= this.isProvenEmpty(narrow);
    return this.emptyProof;
  }

  private async isProvenEmpty({ answered, completenessIssues }: ListRead): Promise<boolean> {
    const sample = (await this.firstPage)?.rows[0];
    if (answered > 0 || completenessIssues.length > 0 || sample === undefined) return false;
    const { affiliateId, postbackId } = sample;
    const { rows } = await this.client.listPage({ affiliateId });
    const isFiltered = rows.every((row) => row.affiliateId === affiliateId);
    return isFiltered && rows.some((row) => row.postbackId === postbackId);
  }

  // For the first need only, and only where the list is longer than the page that says so.
  private async isReadNarrowly(): Promise<boolean> {
    if (!this.takeFirst()) return false;
    this.firstPage = this.client.listPage({});
    const page = await this.firstPage.catch(() => undefined);
    // Others may have come meanwhile: then the list serves them all.
    if (page === undefined || !this.isAlone()) return false;
    const { size, total = 0 } = page;
    // A total that is no more than the page may count only that.
    return total > size ? total > LEAST_PAGES_TO_SAVE * size : size >= this.client.pageSize;
  }

  private takeFirst(): boolean {
    const isMine = this.isFirst && this.isAlone();
    this.isFirst = false;
    return isMine;
  }

  private index(row: Postback): void {
    if (this.byAffiliate === undefined) return;
    const rows = this.byAffiliate.get(row.affiliateId) ?? new Map<number, Postback>();
    this.byAffiliate.set(row.affiliateId, rows.set(row.postbackId, row));
  }
}
