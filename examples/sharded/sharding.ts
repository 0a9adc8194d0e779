import type { CompleteRow, CsvProblem } from "pulumi-cake/csv";

/** The affiliates from `first` to `last`, both included, belong to the stack `stack`. */
export type Range = { stack: string; first: number; last: number };
/** What each row must hold. */
export const NEEDED = ["affiliateId", "offerId", "slot", "postbackStatus", "postbackUrl"] as const;
export type Row = CompleteRow<(typeof NEEDED)[number]>;

/** What shards.json says, the lowest range first. */
export function rangesOf(shards: Record<string, [number, number][]>): Range[] {
  return Object.entries(shards)
    .flatMap(([stack, its]) => its.map(([first, last]) => ({ stack, first, last })))
    .sort((one, other) => one.first - other.first);
}

export function stackOf(ranges: Range[], { affiliateId }: Row): string | undefined {
  return ranges.find(({ first, last }) => first <= affiliateId && affiliateId <= last)?.stack;
}

// Made from what stays the same for ever. The shard is no part of it, so that an affiliate can change shards.
export function nameOf({ affiliateId, offerId, others }: Row): string {
  return `affiliate-${affiliateId}-offer-${offerId}-${others.slot}`;
}

/** Why a postback could be declared by two stacks. Where ranges overlap, two neighbours do. */
export function problemsOfRanges(ranges: Range[]): string[] {
  return ranges.flatMap(({ stack, first, last }, index) => {
    const { stack: other, last: end = 0 } = ranges[index - 1] ?? {};
    if (!(first <= last)) return `shards.json: ${stack} must be [[first id, last id], …]`;
    return end < first ? [] : `shards.json: affiliate ${first} is in ${other} and in ${stack}`;
  });
}

/** Why a postback would be declared by none, or twice by one, or not as its row says. */
export function problemsOfRows(ranges: Range[], rows: readonly Row[]): CsvProblem[] {
  const lineOf = new Map(rows.map((row) => [nameOf(row), row.line]));
  return rows.flatMap((row) => {
    const { line, affiliateId, postbackStatus: status, others } = row;
    const [name, last] = [nameOf(row), lineOf.get(nameOf(row))];
    const checks: [isGood: boolean, must: string, found?: string][] = [
      [/^[a-z0-9-]+$/.test(others.slot), "must have a slot in small letters, such as main", others.slot],
      [/^(in)?active$/.test(status), "must have the status active or inactive", status],
      [last === line, `must not declare ${name}: line ${last} does`],
      [stackOf(ranges, row) !== undefined, `must be in a shard: affiliate ${affiliateId} is in none`],
    ];
    return checks.flatMap(([isGood, must, found]) => (isGood ? [] : { line, must, ...(found && { found }) }));
  });
}
