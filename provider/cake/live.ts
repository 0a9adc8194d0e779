import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { isSpellingOf } from "../postback/url";
import type { CakeClient, ListFilter, Peek } from "./client";
import { isCakeError } from "./errors";
import type { Listing } from "./paging";

/** What a look at CAKE showed: a listing, or why there can be none. */
export type Look =
  | { readonly kind: "seen"; readonly listing: Listing }
  | { readonly kind: "impossible"; readonly why: string };

/**
 * The postbacks that are live at CAKE, read once and shared by every operation of the process. What this
 * process writes itself is laid over the listing, so that a write during the reading is neither lost nor undone.
 */
export class LivePostbacks {
  private shared: Promise<Look> | undefined;
  private impossible: Extract<Look, { kind: "impossible" }> | undefined;
  private readonly written = new Map<number, Postback>();
  private readonly idsByPair = new Map<string, Set<number>>();

  constructor(
    private readonly client: CakeClient,
    /** Why the list endpoint must not be used, if that is settled beforehand. */
    notAllowed: string | undefined,
  ) {
    if (notAllowed !== undefined) this.impossible = { kind: "impossible", why: notAllowed };
  }

  /** The shared look. A failure to read is shared, too: one explanation instead of a thousand. */
  look(): Promise<Look> {
    this.shared ??= this.read({}).then((look) => this.index(look));
    return this.shared;
  }

  /** A look of its own at the rows that match the filter, newer than any look before. */
  lookAt(filter: ListFilter): Promise<Look> {
    return this.read(filter);
  }

  /** One record as the list shows it now. */
  async peek(postbackId: number): Promise<Peek> {
    if (this.impossible) return "unclear";
    return this.client.peek(postbackId).catch(() => "unclear" as const);
  }

  /** Takes note of a record as this process wrote it. */
  record(row: Postback): void {
    this.written.set(row.postbackId, row);
    this.indexRow(row);
    void this.shared?.then((look) => this.overlay(look)).catch(() => undefined);
  }

  /** The rows of the shared look that may be the same postback as the declared one, whatever their status. */
  async twinsOf(declaration: PostbackDeclaration): Promise<Postback[]> {
    const look = await this.look();
    if (look.kind === "impossible") return [];
    const ids = this.idsByPair.get(pairOf(declaration)) ?? [];
    return [...ids].flatMap((id) => {
      const row = look.listing.rows.get(id);
      return row && isTwin(row, declaration) ? [row] : [];
    });
  }

  private async read(filter: ListFilter): Promise<Look> {
    if (this.impossible) return this.impossible;
    try {
      return { kind: "seen", listing: await this.client.list(filter) };
    } catch (error) {
      // A path that the user gave is a promise that the endpoint is there.
      if (!isCakeError(error, "missing") || this.client.hasOwnPath("list")) throw error;
      this.impossible = { kind: "impossible", why: error.message };
      return this.impossible;
    }
  }

  private index(look: Look): Look {
    if (look.kind === "seen") for (const row of look.listing.rows.values()) this.indexRow(row);
    return this.overlay(look);
  }

  private overlay(look: Look): Look {
    if (look.kind === "seen")
      for (const row of this.written.values()) look.listing.rows.set(row.postbackId, row);
    return look;
  }

  private indexRow(row: Postback): void {
    const pair = pairOf(row);
    const ids = this.idsByPair.get(pair);
    if (ids) ids.add(row.postbackId);
    else this.idsByPair.set(pair, new Set([row.postbackId]));
  }
}

/**
 * Whether a record may be the same postback as the declared one: its URL in any spelling, and a type that no
 * article names may be any type. Enough to refuse a second record, not enough to take one over unasked.
 */
export function isTwin(row: Postback, declaration: PostbackDeclaration): boolean {
  const typeId = typeIdOf(row.postbackType);
  return (
    row.affiliateId === declaration.affiliateId &&
    row.offerId === declaration.offerId &&
    isSpellingOf(row.postbackUrl, declaration.postbackUrl) &&
    (typeId === undefined || typeId === declaration.postbackTypeId)
  );
}

function pairOf({ affiliateId, offerId }: Pick<Postback, "affiliateId" | "offerId">): string {
  return `${affiliateId}/${offerId}`;
}
