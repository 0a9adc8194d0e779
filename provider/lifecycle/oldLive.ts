import type { CakeClient, ListFilter } from "../cake/client";
import { isCakeError } from "../cake/errors";
import { LivePostbacks } from "../cake/livePostbacks";
import { type ListRead, provesAbsence as proves } from "../cake/readList";
import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { isSpellingOf } from "../postback/url";
import type { Settings } from "./settings";

/** What this room was written for before the client was made anew. It goes with this room. */
export interface Listing {
  readonly rows: Map<number, Postback>;
  readonly answered: number;
  readonly flaws: readonly string[];
}
export type Impossible = { readonly kind: "impossible"; readonly why: string };
export type Look = { readonly kind: "seen"; readonly listing: Listing } | Impossible;
export type Found =
  | { readonly kind: "live"; readonly row: Postback }
  | { readonly kind: "unseen"; readonly listing: Listing }
  | Impossible;
type Pair = Pick<Postback, "affiliateId" | "offerId">;

export function provesAbsence({ rows, answered, flaws }: Listing): boolean {
  return proves({ rows, answered, completenessIssues: flaws });
}

export function isTwin(row: Postback, declaration: PostbackDeclaration): boolean {
  const typeId = typeIdOf(row.postbackType);
  return (
    isOfPair(row, declaration) &&
    isSpellingOf(row.postbackUrl, declaration.postbackUrl) &&
    (typeId === undefined || typeId === declaration.postbackTypeId)
  );
}

function isOfPair(row: Postback, { affiliateId, offerId }: Pair): boolean {
  return row.affiliateId === affiliateId && row.offerId === offerId;
}

export class OldLive {
  private readonly live: LivePostbacks;
  private impossible: Impossible | undefined;
  private whole: Listing | undefined;
  private calls = 0;

  constructor(client: CakeClient, endpoints: Settings["endpoints"]) {
    this.live = new LivePostbacks(client, () => this.calls <= 1);
    if (endpoints !== "all")
      this.impossible = {
        kind: "impossible",
        why: `cake:endpoints is "${endpoints}", and no CAKE article documents a list of postbacks.`,
      };
  }

  async look(): Promise<Look> {
    return this.seen(async () => {
      this.whole = listingOf(await this.live.all());
      return this.whole;
    });
  }

  async lookAt(filter: ListFilter): Promise<Look> {
    return this.seen(async () => listingOf(await this.live.readFresh(filter)));
  }

  async find(postbackId: number, beside?: Pair): Promise<Found> {
    const found = await this.reach(() => this.live.find(postbackId, beside?.affiliateId));
    if (found.kind !== "notShown") return found;
    return { kind: "unseen", listing: listingOf(found.read) };
  }

  async peek(postbackId: number): Promise<Postback | "absent" | "unclear"> {
    if (this.impossible) return "unclear";
    return this.live.readOne(postbackId).catch(() => "unclear" as const);
  }

  record(row: Postback): void {
    this.live.record(row);
  }

  async twinsOf(declaration: PostbackDeclaration): Promise<Postback[]> {
    await this.look();
    return this.rowsOf(declaration).filter((row) => isTwin(row, declaration));
  }

  async twinsBeside(declaration: PostbackDeclaration): Promise<Postback[]> {
    const read = await this.reach(() => this.live.ofAffiliate(declaration.affiliateId));
    return "rows" in read ? [...read.rows.values()].filter((row) => isTwin(row, declaration)) : [];
  }

  rowsOf(pair: Pair): Postback[] {
    return [...(this.whole?.rows.values() ?? [])].filter((row) => isOfPair(row, pair));
  }

  private async seen(read: () => Promise<Listing>): Promise<Look> {
    const reached = await this.reach(read);
    return "rows" in reached ? { kind: "seen", listing: reached } : reached;
  }

  private async reach<T>(read: () => Promise<T>): Promise<T | Impossible> {
    if (this.impossible) return this.impossible;
    this.calls += 1;
    try {
      return await read();
    } catch (error) {
      if (!isCakeError(error, "missing")) throw error;
      this.impossible = { kind: "impossible", why: error.message };
      return this.impossible;
    } finally {
      this.calls -= 1;
    }
  }
}

// The same rows: what this process writes later is seen through them.
function listingOf({ rows, answered, completenessIssues }: ListRead): Listing {
  return { rows: rows as Map<number, Postback>, answered, flaws: completenessIssues };
}
