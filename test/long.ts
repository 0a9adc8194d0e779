/**
 * Whether what takes minutes is played, too: `npm run test:long` and `npm run soak`. By default it is skipped, and counted as
 * skipped.
 */
export const isLong = process.env.TESTS === "all";
