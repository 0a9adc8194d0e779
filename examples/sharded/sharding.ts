import type { CompleteRow, CsvProblem } from "pulumi-cake/csv";

/** The affiliates from `first` to `last`, both included, belong to the stack `stack`. */
export type Range = { stack: string; first: number; last: number };
/** What each row must have. */
export const NEEDED = ["affiliateId", "offerId", "slot", "postbackStatus", "postbackUrl"] as const;
export type Row = CompleteRow<(typeof NEEDED)[number]>;

/** The ranges of shards.json, the lowest first. */
export function rangesOf(shards: Record<string, [number, number][]>): Range[] {
  return Object.entries(shards)
    .flatMap(([stack, its]) => its.map(([first, last]) => ({ stack, first, last })))
    .sort((one, other) => one.first - other.first);
}

export function stackOf(ranges: Range[], { affiliateId }: Row): string | undefined {
  return ranges.find(({ first, last }) => first <= affiliateId && affiliateId <= last)?.stack;
}

// The parts of a name must never change. The shard is not part of it, so an affiliate can move to another shard.
export function nameOf({ affiliateId, offerId, others }: Row): string {
  return `affiliate-${affiliateId}-offer-${offerId}-${others.slot}`;
}

/** Ranges that overlap: two stacks would declare the same postback. */
export function problemsOfRanges(ranges: Range[]): string[] {
  return ranges.flatMap(({ stack, first, last }, index) => {
    const { stack: other, last: end = 0 } = ranges[index - 1] ?? {};
    if (!(first <= last)) return `shards.json: ${stack} must be [[first ID, last ID], …]`;
    return end < first ? [] : `shards.json: affiliate ${first} is in two shards, ${other} and ${stack}`;
  });
}

/** Rows that no stack would declare, that one stack would declare twice, or that are invalid. */
export function problemsOfRows(ranges: Range[], rows: readonly Row[]): CsvProblem[] {
  const lineOf = new Map(rows.map((row) => [nameOf(row), row.line]));
  return rows.flatMap((row) => {
    const { line, affiliateId, postbackStatus: status, others } = row;
    const [name, last] = [nameOf(row), lineOf.get(nameOf(row))];
    const checks: [isGood: boolean, must: string, found?: string][] = [
      [/^[a-z0-9-]+$/.test(others.slot), "must have a slot such as main (a-z, 0-9, -)", others.slot],
      [/^(in)?active$/.test(status), "must have the status active or inactive", status],
      [last === line, `must not declare ${name}, which line ${last} declares`],
      [stackOf(ranges, row) !== undefined, `must have an affiliate of a shard, found ${affiliateId}`],
    ];
    return checks.flatMap(([isGood, must, found]) => (isGood ? [] : { line, must, ...(found && { found }) }));
  });
}
