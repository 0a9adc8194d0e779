import type { Postback } from "../../../postback/postback";
import { type Fact, seen, unclear } from "../fact";
import type { FilterName } from "../facts";
import type { ListReader } from "./list";
import { nothingFrom } from "./paging";

// What fits on any page, whatever its limit is.
const FEW_ENOUGH = 20;

/** Whether the list shows only the rows that it is asked for. */
export async function lookAtFilter(
  list: ListReader,
  name: FilterName,
  rows: readonly Postback[],
  firstRow: 0 | 1,
): Promise<Fact<"honoured" | "ignored">> {
  const value = tellingValue(name, rows);
  if (value === undefined) return unclear("the postbacks are too few or too much alike to tell");
  try {
    const page = await list.page({ [name]: value }, firstRow);
    if (page.rows.some((row) => row[name] !== value)) return seen("ignored");
    const shown = new Set(page.rows.map(({ postbackId }) => postbackId));
    const wanted = rows.filter((row) => row[name] === value);
    if (wanted.every(({ postbackId }) => shown.has(postbackId))) return seen("honoured");
    return unclear(
      "asked for some rows, the list does not show all of them, though it does without a filter",
    );
  } catch (error) {
    return nothingFrom(error);
  }
}

/** The rarest value: a filter for what all rows have in common would show nothing. */
function tellingValue(name: FilterName, rows: readonly Postback[]): number | undefined {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row[name], (counts.get(row[name]) ?? 0) + 1);
  const [value, count] = [...counts].reduce(
    (rarest, one) => (one[1] < rarest[1] ? one : rarest),
    [Number.NaN, Number.POSITIVE_INFINITY],
  );
  return count < rows.length && count <= FEW_ENOUGH ? value : undefined;
}
