import type { FetchPage, Listing } from "./listing";
import { PagedList, type PagingOptions } from "./pagedList";

export { type FetchPage, isEnd, type Listing, type OnPage, provesAbsence } from "./listing";
export type { PagingOptions } from "./pagedList";

/** Reads the list of postbacks to its end. */
export function readAllPages(fetchPage: FetchPage, options: PagingOptions = {}): Promise<Listing> {
  return readAllRows(fetchPage, ({ postbackId }) => postbackId, options);
}

/** Reads a list to its end. */
export function readAllRows<Row>(
  fetchPage: FetchPage<Row>,
  idOf: (row: Row) => number,
  options: PagingOptions = {},
): Promise<Listing<Row>> {
  return new PagedList(fetchPage, idOf, options).whole();
}
