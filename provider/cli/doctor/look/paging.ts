import { MAX_ROWS_PER_PAGE } from "../../../cake/endpoints";
import { isCakeError } from "../../../cake/errors";
import { type Fact, notThere, seen, type Unclear, unclear, valueIn } from "../fact";
import type { Facts, RowBase } from "../facts";
import { type ListReader, NoList, type Reading, type TimedPage } from "./list";

const FEW = 3;

/** The most that `cake:pageSize` may be. */
export const MAX_PAGE_SIZE = 10_000;

/** Whether rows count from 0 or from 1, which CAKE's articles disagree on: three small pages show it. */
export async function lookAtRowBase(list: ListReader): Promise<Fact<RowBase>> {
  try {
    const zero = await list.page({}, 0, FEW).catch((error: unknown) => {
      if (isCakeError(error, "refused") && error.message.includes("start_at_row")) return "refused" as const;
      throw error;
    });
    const [one, two] = [await list.page({}, 1, FEW), await list.page({}, 2, FEW)];
    return rowBaseOf(zero, one, two);
  } catch (error) {
    return nothingFrom(error);
  }
}

function rowBaseOf(zero: TimedPage | "refused", one: TimedPage, two: TimedPage): Fact<RowBase> {
  const [firstOfOne, firstOfTwo] = [firstId(one), firstId(two)];
  if (zero === "refused") return seen({ base: 1, rowZero: "refused" });
  if ([zero, one, two].some(({ size }) => size > FEW)) {
    return unclear(`the list does not heed row_limit: ${FEW} rows were asked for, and more came`);
  }
  const firstOfZero = firstId(zero);
  if (firstOfZero === undefined) return unclear("the list shows no row to count from");
  if (firstOfOne === undefined || firstOfOne === zero.rows[1]?.postbackId) {
    return seen({ base: 0, rowZero: "first" });
  }
  if (firstOfOne !== firstOfZero) return unclear("rows moved while they were looked at");
  if (firstOfTwo === firstOfZero) return unclear("the list does not heed start_at_row");
  return seen({ base: 1, rowZero: zero.size < one.size ? "lost" : "first" });
}

function firstId(page: TimedPage): number | undefined {
  return page.rows[0]?.postbackId;
}

/** What the list says of its own length, next to what came. */
export function totalsOf({ listing, pages }: Reading): Facts["totals"] {
  const said = pages.map(({ total }) => total);
  const last = said.at(-1);
  if (said.every((total) => total === undefined))
    return notThere("the list does not say how many rows it has");
  if (last === undefined) return unclear("only some pages say how many rows there are");
  return seen({ said: last, counted: listing.rows.size });
}

/** A page that was not longer, although there are more rows than it holds, shows the limit. */
export function pageLimitOf(
  { listing, pages }: Reading,
  rowBase: Facts["rowBase"],
  large: readonly TimedPage[] = [],
): Facts["pageLimit"] {
  // Asked for from row 0, the first page lacks a row where rows count from 1.
  const lost = valueIn(rowBase)?.rowZero === "lost" ? 1 : 0;
  const largest = Math.max(
    0,
    ...[...pages, ...large].map(({ size, startAtRow }) => size + (startAtRow === 0 ? lost : 0)),
  );
  if (largest === 0) return unclear("the list shows no rows");
  return seen({ rows: largest, exact: largest === MAX_ROWS_PER_PAGE || listing.rows.size > largest });
}

/** A page that is larger than CAKE's articles allow, if this list gives one. Asked for only where it would help. */
export async function largePage(list: ListReader, rows: number, firstRow: 0 | 1): Promise<TimedPage[]> {
  if (rows <= MAX_ROWS_PER_PAGE) return [];
  return list.page({}, firstRow, MAX_PAGE_SIZE).then(
    (page) => [page],
    () => [],
  );
}

/** What a failed look at the list settles: nothing, and why. Anything else is a mistake of ours. */
export function nothingFrom(error: unknown): Unclear {
  if (error instanceof NoList) return unclear(error.what, error.sign);
  throw error;
}
