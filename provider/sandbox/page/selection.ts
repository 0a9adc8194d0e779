import type { Postback } from "../../postback/postback";

/** What a person looks at: the rows that a text matches, and which page of them. */
export interface Selection {
  readonly search: string;
  readonly page: number;
}

/** The rows on show. */
export interface Shown {
  readonly rows: readonly Postback[];
  readonly matches: number;
  readonly page: number;
  readonly pages: number;
}

const ROWS_PER_PAGE = 50;

export function selectionOf(fields: { q?: string | undefined; page?: string | undefined }): Selection {
  const page = Number(fields.page ?? 1);
  return { search: fields.q ?? "", page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
}

/** The address of the page that shows a selection. */
export function addressOf({ search, page }: Selection, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...(search === "" ? {} : { q: search }),
    ...(page === 1 ? {} : { page: String(page) }),
    ...more,
  });
  return query.size > 0 ? `/?${query}` : "/";
}

export function select(all: readonly Postback[], { search, page }: Selection): Shown {
  const rows = search === "" ? all : all.filter((row) => isMatch(row, search.trim().toLowerCase()));
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
  const shown = Math.min(page, pages);
  const from = (shown - 1) * ROWS_PER_PAGE;
  return { rows: rows.slice(from, from + ROWS_PER_PAGE), matches: rows.length, page: shown, pages };
}

/** A number finds an id exactly; anything finds a part of a URL or a status. */
function isMatch(row: Postback, search: string): boolean {
  const ids = [row.postbackId, row.affiliateId, row.offerId].map(String);
  return (
    ids.includes(search) || row.postbackStatus === search || row.postbackUrl.toLowerCase().includes(search)
  );
}
