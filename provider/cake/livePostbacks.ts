import type { Postback } from "../postback/postback";
import type { CakeClient, ListFilter } from "./client";
import { type ListRead, provesAbsence } from "./readList";

/** What was found of one record: the record, or the whole list that does not show it. */
export type Found =
  | { readonly kind: "live"; readonly row: Postback }
  | { readonly kind: "notShown"; readonly read: ListRead };

const SAMPLE = 1;

/**
 * The postbacks that are live at CAKE, shared by every operation of the process. The first that is needed is read alone,
 * in case no other one is; the second opens the whole list, once. What this process writes itself is laid over what it
 * has read, so that a write during the reading is neither lost nor undone.
 */
export class LivePostbacks {
  private list: Promise<ListRead> | undefined;
  private isFirst = true;
  /** The one read by affiliate: undefined where the filter cannot be relied on. */
  private affiliate: { readonly id: number; readonly read: Promise<ListRead | undefined> } | undefined;
  /** Every row that was written, and once the list has come, every row. */
  private readonly rows = new Map<number, Postback>();
  private byAffiliate: Map<number, Map<number, Postback>> | undefined;

  /** @param isAlone Whether no other operation of this process is under way. */
  constructor(
    private readonly client: CakeClient,
    private readonly isAlone: () => boolean,
  ) {}

  /**
   * One record. The first need of a process, if it comes alone, is read by id, or with `affiliateId` by one read of that
   * affiliate, which also serves `ofAffiliate`. That it is not there is never said before the whole list was read.
   */
  async find(postbackId: number, affiliateId?: number): Promise<Found> {
    const row = this.rows.get(postbackId) ?? (await this.findAlone(postbackId, affiliateId));
    if (row) return { kind: "live", row: this.rows.get(postbackId) ?? row };
    const read = await this.all();
    const listed = read.rows.get(postbackId);
    return listed ? { kind: "live", row: listed } : { kind: "notShown", read };
  }

  /**
   * All rows of one affiliate. None is also what a filter shows that does not work, so that this is believed only if the
   * filter finds another affiliate's row; otherwise the whole list decides.
   */
  async ofAffiliate(affiliateId: number): Promise<ListRead> {
    const narrow = await this.readAlone(affiliateId);
    if (narrow !== undefined && (provesAbsence(narrow) || (await this.isProvenEmpty(narrow)))) {
      const written = [...this.rows.values()].filter((row) => row.affiliateId === affiliateId);
      return {
        ...narrow,
        // The other affiliate's row, which proved that there is none of this one.
        answered: narrow.answered || SAMPLE,
        rows: new Map([...narrow.rows.values(), ...written].map((row) => [row.postbackId, row])),
      };
    }
    const read = await this.all();
    return { ...read, rows: this.byAffiliate?.get(affiliateId) ?? new Map() };
  }

  /** The whole list, read once per process. A failure is shared, too: one explanation instead of a thousand. */
  all(): Promise<ListRead> {
    this.isFirst = false;
    this.list ??= this.client.list().then((read) => {
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

  /** A record as this process wrote or saw it last. */
  record(row: Postback): void {
    const before = this.rows.get(row.postbackId);
    if (before) this.byAffiliate?.get(before.affiliateId)?.delete(row.postbackId);
    this.rows.set(row.postbackId, row);
    this.index(row);
  }

  private async findAlone(
    postbackId: number,
    affiliateId: number | undefined,
  ): Promise<Postback | undefined> {
    if (affiliateId !== undefined) return (await this.readAlone(affiliateId))?.rows.get(postbackId);
    if (!this.takeFirst()) return undefined;
    const read = await this.client.readOne(postbackId);
    return typeof read === "string" ? undefined : read;
  }

  private async readAlone(affiliateId: number): Promise<ListRead | undefined> {
    if (this.list !== undefined) return undefined;
    if (this.takeFirst())
      this.affiliate = { id: affiliateId, read: this.client.listMatching({ affiliateId }) };
    return this.affiliate?.id === affiliateId ? this.affiliate.read : undefined;
  }

  /** Two calls, where the whole list may take hundreds. */
  private async isProvenEmpty({ answered, completenessIssues }: ListRead): Promise<boolean> {
    if (answered > 0 || completenessIssues.length > 0) return false;
    const sample = (await this.client.listPage({}, 1, SAMPLE)).rows.at(-1);
    if (sample === undefined) return false;
    const { affiliateId, postbackId } = sample;
    const { rows } = await this.client.listPage({ affiliateId });
    return (
      rows.every((row) => row.affiliateId === affiliateId) &&
      rows.some((row) => row.postbackId === postbackId)
    );
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
