import type { Postback, PostbackDeclaration } from "../postback/postback";
import { type CakeClient, type ListFilter, PAGES_AT_ONCE, type Peek } from "./client";
import { isCakeError } from "./errors";
import { NarrowReads } from "./narrow";
import { PagedList } from "./pagedList";
import type { Listing } from "./paging";
import { isOfPair, isTwin, type Pair, pairOf, RowsByPair } from "./pairs";

export { isTwin } from "./pairs";

/** Why CAKE cannot be looked at. */
export interface Impossible {
  readonly kind: "impossible";
  readonly why: string;
}

/** What a look at CAKE showed: a listing, or why there can be none. */
export type Look = { readonly kind: "seen"; readonly listing: Listing } | Impossible;

/** What was found of one record: the record, or the whole listing that does not show it, or why there is no look. */
export type Found =
  | { readonly kind: "live"; readonly row: Postback }
  | { readonly kind: "unseen"; readonly listing: Listing }
  | Impossible;

/**
 * The postbacks that are live at CAKE, shared by every operation of the process: one listing, of which each page is read
 * once, and no more of it than is needed. What this process writes itself is laid over whatever is read, so that a
 * write during the reading is neither lost nor undone.
 */
export class LivePostbacks {
  private readonly list: PagedList;
  private readonly narrow: NarrowReads;
  private shared: Promise<Look> | undefined;
  private listing: Listing | undefined;
  private byPair: RowsByPair | undefined;
  private impossible: Impossible | undefined;
  private readonly written = new Map<number, Postback>();

  constructor(
    private readonly client: CakeClient,
    /** Why the list endpoint must not be used, if that is settled beforehand. */
    notAllowed: string | undefined,
  ) {
    if (notAllowed !== undefined) this.impossible = { kind: "impossible", why: notAllowed };
    this.list = new PagedList(
      (startAtRow, rowLimit) => client.listPage({}, startAtRow, rowLimit),
      ({ postbackId }) => postbackId,
      { atOnce: PAGES_AT_ONCE },
    );
    this.narrow = new NarrowReads(this.list, (filter) => client.listPage(filter));
  }

  /** The shared look at everything. A failure to read is shared, too: one explanation instead of a thousand. */
  look(): Promise<Look> {
    this.shared ??= this.seen(() => this.list.whole()).then((look) => this.overlay(look));
    return this.shared;
  }

  /** A look of its own at the rows that match the filter, newer than any look before. */
  lookAt(filter: ListFilter): Promise<Look> {
    return this.seen(() => this.client.list(filter, undefined, { growing: true }));
  }

  /**
   * One record, by as few calls as may show it. That it is not there is never said before the whole list was read.
   *
   * @param beside The pair of the record, if the others of that pair are going to be needed: see {@link twinsBeside}.
   */
  async find(postbackId: number, beside?: Pair): Promise<Found> {
    const near = await this.reach(() => this.search(postbackId, beside));
    if (near.kind === "impossible") return near;
    const row = this.written.get(postbackId) ?? near.value;
    if (row) return { kind: "live", row };
    const look = await this.look();
    if (look.kind === "impossible") return look;
    const listed = look.listing.rows.get(postbackId);
    return listed ? { kind: "live", row: listed } : { kind: "unseen", listing: look.listing };
  }

  /** One record as the list shows it now. */
  async peek(postbackId: number): Promise<Peek> {
    if (this.impossible) return "unclear";
    return this.client.peek(postbackId).catch(() => "unclear" as const);
  }

  /** Takes note of a record as this process wrote it. */
  record(row: Postback): void {
    this.written.set(row.postbackId, row);
    this.listing?.rows.set(row.postbackId, row);
    this.byPair?.add(row);
  }

  /** The rows of the shared look that may be the same postback as the declared one, whatever their status. */
  async twinsOf(declaration: PostbackDeclaration): Promise<Postback[]> {
    await this.look();
    return this.rowsOf(declaration).filter((row) => isTwin(row, declaration));
  }

  /** The same by as few calls as may show them: enough to warn of a twin, and no proof that there is none. */
  async twinsBeside(declaration: PostbackDeclaration): Promise<Postback[]> {
    // What was read of the pair before is older than the whole list.
    if (this.listing !== undefined) return this.twinsOf(declaration);
    const near = await this.reach(() => this.narrow.pair(pairOf(declaration)));
    if (near.kind === "impossible" || near.value === undefined) return this.twinsOf(declaration);
    const rows = new Map([...near.value, ...this.written.values()].map((row) => [row.postbackId, row]));
    return [...rows.values()].filter((row) => isTwin(row, declaration));
  }

  /** The rows of a pair in the shared look, which was read before. */
  rowsOf(pair: Pair): Postback[] {
    if (this.listing === undefined) return [];
    this.byPair ??= new RowsByPair(this.listing.rows);
    return this.byPair.of(pair);
  }

  private async search(postbackId: number, beside: Pair | undefined): Promise<Postback | undefined> {
    if (this.written.has(postbackId)) return undefined;
    if (beside === undefined) return this.narrow.row(postbackId);
    const near = await this.narrow.pair(pairOf(beside));
    // Whoever needs the others of the pair then needs the whole list.
    if (near === undefined) return undefined;
    const row = near.find((one) => one.postbackId === postbackId);
    if (row) return row;
    const other = await this.narrow.row(postbackId);
    if (other && isOfPair(other, beside)) this.narrow.distrust();
    return other;
  }

  private async seen(read: () => Promise<Listing>): Promise<Look> {
    const reached = await this.reach(read);
    return reached.kind === "impossible" ? reached : { kind: "seen", listing: reached.value };
  }

  private async reach<T>(read: () => Promise<T>): Promise<{ kind: "reached"; value: T } | Impossible> {
    if (this.impossible) return this.impossible;
    try {
      return { kind: "reached", value: await read() };
    } catch (error) {
      if (!isCakeError(error, "missing") || this.isSurelyThere()) throw error;
      this.impossible = { kind: "impossible", why: error.message };
      return this.impossible;
    }
  }

  // A path that the user gave is a promise that the endpoint is there. What has answered once is there, too: to take its
  // later absence for "this CAKE has no list" would let creates go out without a look.
  private isSurelyThere(): boolean {
    return this.client.hasOwnPath("list") || this.list.isOpen;
  }

  private overlay(look: Look): Look {
    if (look.kind === "impossible") return look;
    this.listing = look.listing;
    for (const row of this.written.values()) look.listing.rows.set(row.postbackId, row);
    return look;
  }
}
