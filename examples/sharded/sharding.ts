/** The affiliates from `first` to `last`, both included, belong to the stack `stack`. */
export type Range = { stack: string; first: number; last: number };
export type Row = Record<"affiliate_id" | "offer_id" | "slot" | "status" | "postback_url", string>;
const NAME = /^affiliate-[1-9]\d*-offer-(0|[1-9]\d*)-[a-z0-9-]+$/;

/** What shards.json says, the lowest range first. */
export function rangesOf(shards: Record<string, [number, number][]>): Range[] {
  return Object.entries(shards)
    .flatMap(([stack, its]) => its.map(([first, last]) => ({ stack, first, last })))
    .sort((one, other) => one.first - other.first);
}

export function stackOf(ranges: Range[], { affiliate_id: id }: Row): string | undefined {
  return ranges.find(({ first, last }) => first <= Number(id) && Number(id) <= last)?.stack;
}

// Made from what stays the same for ever. The shard is no part of it, so that an affiliate can change shards.
export function nameOf({ affiliate_id, offer_id, slot = "" }: Row): string {
  return `affiliate-${affiliate_id}-offer-${offer_id}-${slot}`;
}

/** Why a postback could be declared by two stacks. Where ranges overlap, two neighbours do. */
export function problemsOfRanges(ranges: Range[]): string[] {
  return ranges.flatMap(({ stack, first, last }, index) => {
    const { stack: other, last: end = 0 } = ranges[index - 1] ?? {};
    if (!(first <= last)) return `shards.json: ${stack} must be [[first id, last id], …]`;
    return end < first ? [] : `shards.json: affiliate ${first} is in ${other} and in ${stack}`;
  });
}

/** Why a postback would be declared by none, or twice by one. What else is wrong, AffiliatePostback says. */
export function problemsOfRows(ranges: Range[], rows: Row[]): string[] {
  const rowOf = new Map(rows.map((row, index) => [nameOf(row), index]));
  return rows.flatMap((row, index) => {
    const [name, at] = [nameOf(row), `postbacks.csv: row ${index + 2}`];
    if (!NAME.test(name)) return `${at} needs affiliate_id, offer_id and slot, such as 67890, 12345, main`;
    if (rowOf.get(name) !== index) return `${at} has a twin below: ${name}`;
    return stackOf(ranges, row) ? [] : `${at}: affiliate ${row.affiliate_id} is in no shard`;
  });
}
