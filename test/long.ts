/**
 * Whether what takes minutes is played, too: `npm run test:long` and `npm run soak`. By default it is skipped, and counted as
 * skipped.
 */
export const isLong = process.env.TESTS === "all";

/** The rows of a table of which each takes seconds: by default every n-th of them, and all in the long run. */
export function sampled<Row>(rows: readonly Row[], every: number): readonly Row[] {
  return isLong ? rows : rows.filter((_, at) => at % every === 0);
}
