import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { isSpellingOf } from "../postback/url";

/** An affiliate and an offer. They may have several postbacks, so they are no key of one. */
export type Pair = Readonly<Pick<Postback, "affiliateId" | "offerId">>;

export function pairOf({ affiliateId, offerId }: Pair): Pair {
  return { affiliateId, offerId };
}

export function isOfPair(row: Postback, { affiliateId, offerId }: Pair): boolean {
  return row.affiliateId === affiliateId && row.offerId === offerId;
}

/**
 * Whether a record may be the same postback as the declared one: its URL in any spelling, and a type that no
 * article names may be any type. Enough to refuse a second record, not enough to take one over unasked.
 */
export function isTwin(row: Postback, declaration: PostbackDeclaration): boolean {
  const typeId = typeIdOf(row.postbackType);
  return (
    isOfPair(row, declaration) &&
    isSpellingOf(row.postbackUrl, declaration.postbackUrl) &&
    (typeId === undefined || typeId === declaration.postbackTypeId)
  );
}

/** Rows by their pair, so that a look at one pair is no walk over all rows. */
export class RowsByPair {
  private readonly idsByPair = new Map<string, Set<number>>();

  constructor(private readonly rows: ReadonlyMap<number, Postback>) {
    for (const row of rows.values()) this.add(row);
  }

  /** Takes note of a row that was added or changed. */
  add(row: Postback): void {
    const name = nameOf(row);
    this.idsByPair.set(name, (this.idsByPair.get(name) ?? new Set()).add(row.postbackId));
  }

  /** The rows of a pair, by their ids. */
  of(pair: Pair): Postback[] {
    const ids = this.idsByPair.get(nameOf(pair)) ?? [];
    return [...ids].sort((one, other) => one - other).flatMap((id) => this.rowOf(id, pair));
  }

  // A row may have moved to another pair since it was noted.
  private rowOf(id: number, pair: Pair): readonly Postback[] {
    const row = this.rows.get(id);
    return row && isOfPair(row, pair) ? [row] : [];
  }
}

function nameOf({ affiliateId, offerId }: Pair): string {
  return `${affiliateId}/${offerId}`;
}
