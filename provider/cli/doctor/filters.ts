import type { Postback } from "../../postback/postback";
import type { Context } from "./context";
import { listPage, orFailure } from "./list";

/**
 * What a filter of the list does. `incomplete`: it skips rows that match and that the list shows without it. `unknown`:
 * the postbacks are too few or too similar to try it.
 */
export type FilterEffect = "works" | "ignored" | "refused" | "incomplete" | "unknown" | "failed";

const FIELDS = {
  postback_id: "postbackId",
  affiliate_id: "affiliateId",
  offer_id: "offerId",
} as const satisfies Record<string, keyof Postback>;
export type FilterName = keyof typeof FIELDS;
export const FILTER_NAMES = Object.keys(FIELDS) as FilterName[];

export type Filters = Readonly<Record<FilterName, FilterEffect>>;

/** Asks for a few rows by each filter, and compares them with the complete list. */
export async function tryFilters(context: Context, rows: readonly Postback[]): Promise<Filters> {
  const effects: [FilterName, FilterEffect][] = [];
  for (const name of FILTER_NAMES) effects.push([name, await effectOf(context, name, rows)]);
  return Object.fromEntries(effects) as Record<FilterName, FilterEffect>;
}

async function effectOf(
  context: Context,
  name: FilterName,
  rows: readonly Postback[],
): Promise<FilterEffect> {
  const field = FIELDS[name];
  const value = distinctiveValue(rows.map((row) => row[field]));
  if (value === undefined) return "unknown";
  const start = await context.startAtRow();
  const page = await orFailure(async () => ({
    kind: "seen" as const,
    ...(await listPage(context, start, undefined, { [name]: value })),
  }));
  if (page.kind === "failed") return page.failure === "refused" ? "refused" : "failed";
  if (page.rows.some((row) => row[field] !== value)) return "ignored";
  const shown = new Set(page.rows.map(({ postbackId }) => postbackId));
  const wanted = rows.filter((row) => row[field] === value);
  return wanted.every(({ postbackId }) => shown.has(postbackId)) ? "works" : "incomplete";
}

// What fits on any page, whatever its limit is.
const FITS_ON_A_PAGE = 20;

/** The rarest value: a filter for what all rows have in common would show nothing. */
function distinctiveValue(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [rarest] = [...counts].sort(([, one], [, other]) => one - other);
  if (rarest === undefined) return undefined;
  const [value, count] = rarest;
  return count < values.length && count <= FITS_ON_A_PAGE ? value : undefined;
}
