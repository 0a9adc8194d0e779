import type { Postback } from "../postback/postback";
import { type Behaviour, defaultBehaviour, FILTERS, type FilterMode, type FilterName } from "./behaviour";
import { byId, type PostbackStore } from "./store";
import type { ListRequest } from "./wire";

export interface ListPage {
  readonly rows: readonly Postback[];
  /** The number of rows that match the request. */
  readonly total: number;
}

/** One page of the list with the behavior of this instance, or the reason why CAKE refuses it. */
export function listPage(
  store: PostbackStore,
  lag: ListLag,
  behaviour: Behaviour,
  request: ListRequest,
): ListPage | { readonly refused: string } {
  const refused = FILTERS.find((name) => isGiven(request, name) && filterMode(behaviour, name) === "refused");
  if (refused !== undefined) return { refused: `Unknown parameter ${refused}` };
  const startAtRow = behaviour.paging === "ignored" ? undefined : request.start_at_row;
  const span = spanOf(startAtRow, request.row_limit, behaviour);
  if ("refused" in span) return span;
  if (behaviour.list === "empty") return { rows: [], total: 0 };
  const wanted = honouredFilters(request, behaviour);
  const rows = ordered(visible(matching(store, lag, wanted, behaviour), behaviour), behaviour);
  const listed = repeated(rows, behaviour).slice(
    0,
    Math.max(0, rows.length + behaviour.duplicates - behaviour.shortBy),
  );
  if (behaviour.paging === "endless" && wanted.postback_id === undefined) {
    return endlessPage(listed, span, wanted, store.lastId);
  }
  return { rows: listed.slice(span.from, span.to), total: rows.length };
}

type Filters = Pick<ListRequest, FilterName>;

interface Span {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** A page of an endless list: after the real rows come invented ones, each with its own ID. */
function endlessPage(
  listed: readonly Postback[],
  { from, to }: Span,
  { affiliate_id = 900_000, offer_id = 0 }: Filters,
  lastId: number,
): ListPage {
  const firstInvented = Math.max(from, listed.length);
  const invented = Array.from({ length: Math.max(0, to - firstInvented) }, (_, index): Postback => {
    const postbackId = lastId + 1 + firstInvented - listed.length + index;
    return {
      postbackId,
      affiliateId: affiliate_id,
      offerId: offer_id,
      postbackUrl: `https://endless.example/postback?n=${postbackId}`,
      postbackType: defaultBehaviour.typeNames[1],
      postbackStatus: "active",
    };
  });
  return { rows: [...listed.slice(from, to), ...invented], total: to + (to - from) };
}

/** The rows of a page, counted from 0, or the reason why CAKE refuses the request. */
export function spanOf(
  startAtRow: number | undefined,
  rowLimit: number | undefined,
  { rowBase, rowZero, maxRows, defaultRows }: Behaviour,
): Span | { readonly refused: string } {
  const rows = Math.min(rowLimit ?? defaultRows, maxRows);
  const from = (startAtRow ?? rowBase) - rowBase;
  if (from >= 0) return { from, to: from + rows };
  if (rowZero === "refused") return { refused: "Invalid start_at_row" };
  return { from: 0, to: rowZero === "lost" ? rows - 1 : rows };
}

function matching(
  store: PostbackStore,
  lag: ListLag,
  wanted: Filters,
  behaviour: Behaviour,
): readonly Postback[] {
  const shown = lag.shown(store.rows);
  // The index is valid only if the list shows the store itself, that is, if nothing lags.
  const candidates = shown === store.rows ? candidatesFor(store, wanted) : shown;
  if (!FILTERS.some((name) => isGiven(wanted, name))) return candidates;
  const rows = candidates.filter((row) => isWanted(row, wanted));
  const isFaulty = FILTERS.some(
    (name) => isGiven(wanted, name) && filterMode(behaviour, name) === "incomplete",
  );
  return isFaulty ? rows.slice(0, -1) : rows;
}

function isGiven(request: Filters, name: FilterName): boolean {
  return request[name] !== undefined;
}

function filterMode({ filters }: Behaviour, name: FilterName): FilterMode {
  return typeof filters === "string" ? filters : (filters[name] ?? "honoured");
}

function honouredFilters(request: ListRequest, behaviour: Behaviour): Filters {
  const honoured = FILTERS.filter((name) => filterMode(behaviour, name) !== "ignored");
  return Object.fromEntries(honoured.map((name) => [name, request[name]]));
}

function candidatesFor(store: PostbackStore, wanted: Filters): readonly Postback[] {
  if (wanted.postback_id !== undefined) {
    const row = store.get(wanted.postback_id);
    return row === undefined ? [] : [row];
  }
  return wanted.affiliate_id === undefined ? store.rows : store.ofAffiliate(wanted.affiliate_id);
}

function isWanted(row: Postback, wanted: Filters): boolean {
  return (
    (wanted.postback_id ?? row.postbackId) === row.postbackId &&
    (wanted.affiliate_id ?? row.affiliateId) === row.affiliateId &&
    (wanted.offer_id ?? row.offerId) === row.offerId
  );
}

function visible(rows: readonly Postback[], behaviour: Behaviour): readonly Postback[] {
  // The default is not called for each of 100,000 rows on each of 200 pages.
  return behaviour.visible === defaultBehaviour.visible ? rows : rows.filter((row) => behaviour.visible(row));
}

function ordered(rows: readonly Postback[], { order }: Behaviour): readonly Postback[] {
  return order === "oldestFirst" ? rows : [...rows].reverse();
}

function repeated(rows: readonly Postback[], { duplicates }: Behaviour): readonly Postback[] {
  if (duplicates === 0) return rows;
  return rows.flatMap((row, index) => (index < duplicates ? [row, row] : [row]));
}

/** The outdated rows that lists still show: all rows if they are stale, or recent changes if they lag. */
export class ListLag {
  #frozen: readonly Postback[] | undefined;
  #lists = 0;
  readonly #changes = new Map<number, { before: Postback | undefined; goneAfter: number }>();

  freeze(rows: readonly Postback[]): void {
    this.#frozen = [...rows];
  }

  forget(): void {
    this.#frozen = undefined;
    this.#changes.clear();
  }

  /** Records a row before a change, so that the next lists can still show it. */
  note(postbackId: number, before: Postback | undefined, lag: number): void {
    const earlier = this.#changes.get(postbackId);
    this.#changes.set(postbackId, {
      before: earlier ? earlier.before : before,
      goneAfter: this.#lists + lag,
    });
  }

  /** Counts a list, which brings lagging changes one list nearer. */
  countList(): void {
    this.#lists += 1;
    for (const [id, change] of this.#changes) if (this.#lists >= change.goneAfter) this.#changes.delete(id);
  }

  /** The rows that a list shows now. It is `rows` itself if nothing lags. */
  shown(rows: readonly Postback[]): readonly Postback[] {
    if (this.#frozen) return this.#frozen;
    if (this.#changes.size === 0) return rows;
    const unchanged = rows.filter((row) => !this.#changes.has(row.postbackId));
    const asBefore = [...this.#changes.values()].flatMap(({ before }) => before ?? []);
    return [...unchanged, ...asBefore].sort(byId);
  }
}
