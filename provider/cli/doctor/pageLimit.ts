import { MAX_ROWS_PER_PAGE } from "../../cake/endpoints";
import type { ListRead } from "../../cake/readList";
import { settings } from "../../settings/settings";
import type { Context } from "./context";
import { type ListResult, listPage, orFailure, type TimedPage } from "./list";

/** How many rows a page of the list holds: at most, or at least as many as were seen. */
export interface PageLimit {
  readonly rows: number;
  readonly isExact: boolean;
}

/** The largest page shows the limit, if the list has more rows than it. Undefined for a list without rows. */
export async function findPageLimit(
  { read, pages }: Extract<ListResult, { kind: "read" }>,
  context: Context,
): Promise<PageLimit | undefined> {
  const first = await context.firstRow();
  // Read from row 0, the first page lacks a row if rows count from 1.
  const lost = first.kind === "seen" && first.rowZero === "lost" ? 1 : 0;
  const all = [...pages, ...(await largePage(read, context))];
  const rows = Math.max(0, ...all.map(({ size, startAtRow }) => size + (startAtRow === 0 ? lost : 0)));
  return rows === 0 ? undefined : { rows, isExact: rows === MAX_ROWS_PER_PAGE || read.rows.size > rows };
}

/** A page that is larger than CAKE documents, if this list returns one. Requested only if it would help. */
async function largePage({ rows }: ListRead, context: Context): Promise<readonly TimedPage[]> {
  if (rows.size <= MAX_ROWS_PER_PAGE) return [];
  const start = await context.startAtRow();
  const page = await orFailure(async () => ({
    pages: [await listPage(context, start, settings.pageSize.most)],
  }));
  return "pages" in page ? page.pages : [];
}
