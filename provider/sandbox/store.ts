import { CodedError } from "../message";
import type { Postback } from "../postback/postback";
import { messages } from "./messages";

/** The id of the first postback of an empty instance: the one that the article's sample answer shows. */
const FIRST_ID = 8801;

/** A row changed: what it was before, and what it is now. `undefined` stands for "not there". */
export type ChangeListener = (before: Postback | undefined, after: Postback | undefined) => void;

/** The live postbacks of one instance, in the order of their ids. */
export class PostbackStore {
  readonly #rows: Postback[] = [];
  readonly #byId = new Map<number, Postback>();
  // A caller that looks up one affiliate per create must not cost a walk over 100,000 rows each time.
  readonly #idsOfAffiliate = new Map<number, Set<number>>();
  readonly #listeners = new Set<ChangeListener>();
  #lastId: number;

  constructor(rows: Iterable<Postback> = [], lastId = 0) {
    for (const row of [...rows].sort(byId)) this.#put({ ...row });
    this.#lastId = Math.max(this.#rows.at(-1)?.postbackId ?? FIRST_ID - 1, lastId);
  }

  /** Every row, in the order of ids. Not a copy: it changes with the store. */
  get rows(): readonly Postback[] {
    return this.#rows;
  }

  /** The highest id ever handed out. An id is never used twice, also after its row was removed. */
  get lastId(): number {
    return this.#lastId;
  }

  get(postbackId: number): Postback | undefined {
    return this.#byId.get(postbackId);
  }

  /** The rows of one affiliate, in the order of ids. */
  ofAffiliate(affiliateId: number): Postback[] {
    const ids = this.#idsOfAffiliate.get(affiliateId) ?? [];
    return [...ids].flatMap((id) => this.#byId.get(id) ?? []).sort(byId);
  }

  /** Adds a row under the next id, or under the one it brings along. */
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

  /** Calls `listener` after every change; the answer stops that. */
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

  /** Where a row with this id stands, or would stand. */
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
