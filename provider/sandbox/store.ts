import { CodedError } from "../message";
import type { Postback } from "../postback/postback";
import { messages } from "./messages";

/** The ID of the first postback of an empty instance, as in the sample answer of CAKE's article. */
const FIRST_ID = 8801;

/** Called with a row before and after a change. `undefined` means that it does not exist. */
export type ChangeListener = (before: Postback | undefined, after: Postback | undefined) => void;

/** The live postbacks of one instance, in the order of their IDs. */
export class PostbackStore {
  readonly #rows: Postback[] = [];
  readonly #byId = new Map<number, Postback>();
  // Without an index, a caller that reads one affiliate per create would search 100,000 rows each time.
  readonly #idsOfAffiliate = new Map<number, Set<number>>();
  readonly #listeners = new Set<ChangeListener>();
  #lastId: number;

  constructor(rows: Iterable<Postback> = [], lastId = 0) {
    for (const row of [...rows].sort(byId)) this.#put({ ...row });
    this.#lastId = Math.max(this.#rows.at(-1)?.postbackId ?? FIRST_ID - 1, lastId);
  }

  /** Every row in the order of IDs. It is not a copy, so it changes with the store. */
  get rows(): readonly Postback[] {
    return this.#rows;
  }

  /** The highest ID that was ever assigned. An ID is never used again, even after its row was removed. */
  get lastId(): number {
    return this.#lastId;
  }

  get(postbackId: number): Postback | undefined {
    return this.#byId.get(postbackId);
  }

  /** The rows of one affiliate, in the order of their IDs. */
  ofAffiliate(affiliateId: number): Postback[] {
    const ids = this.#idsOfAffiliate.get(affiliateId) ?? [];
    return [...ids].flatMap((id) => this.#byId.get(id) ?? []).sort(byId);
  }

  /** Adds a row with the next ID, or with its own. */
  insert(row: Omit<Postback, "postbackId"> & { postbackId?: number }): Postback {
    const added: Postback = { ...row, postbackId: row.postbackId ?? this.#lastId + 1 };
    this.#put(added);
    this.#lastId = Math.max(this.#lastId, added.postbackId);
    this.#notify(undefined, added);
    return added;
  }

  update(postbackId: number, changes: Partial<Omit<Postback, "postbackId">>): Postback {
    const before = this.#existing(postbackId);
    const after: Postback = { ...before, ...changes, postbackId };
    this.#rows[this.#positionOf(postbackId)] = after;
    this.#byId.set(postbackId, after);
    this.#unindex(before);
    this.#index(after);
    this.#notify(before, after);
    return after;
  }

  remove(postbackId: number): Postback {
    const row = this.#existing(postbackId);
    this.#rows.splice(this.#positionOf(postbackId), 1);
    this.#byId.delete(postbackId);
    this.#unindex(row);
    this.#notify(row, undefined);
    return row;
  }

  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #existing(postbackId: number): Postback {
    const row = this.#byId.get(postbackId);
    if (row === undefined) throw new CodedError(messages.postbackUnknown(postbackId));
    return row;
  }

  #put(row: Postback): void {
    if (this.#byId.has(row.postbackId)) throw new CodedError(messages.postbackExists(row.postbackId));
    const last = this.#rows.at(-1);
    if (last === undefined || last.postbackId < row.postbackId) this.#rows.push(row);
    else this.#rows.splice(this.#positionOf(row.postbackId), 0, row);
    this.#byId.set(row.postbackId, row);
    this.#index(row);
  }

  #index(row: Postback): void {
    const ids = this.#idsOfAffiliate.get(row.affiliateId);
    if (ids) ids.add(row.postbackId);
    else this.#idsOfAffiliate.set(row.affiliateId, new Set([row.postbackId]));
  }

  #unindex(row: Postback): void {
    this.#idsOfAffiliate.get(row.affiliateId)?.delete(row.postbackId);
  }

  /** The index of the row with this ID, or the index where it would be. */
  #positionOf(postbackId: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.postbackId ?? Number.POSITIVE_INFINITY) < postbackId) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #notify(before: Postback | undefined, after: Postback | undefined): void {
    for (const listener of this.#listeners) listener(before, after);
  }
}

export function byId(one: Postback, other: Postback): number {
  return one.postbackId - other.postbackId;
}
