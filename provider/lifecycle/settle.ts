import type { Postback, PostbackDeclaration } from "../postback/postback";
import { OutcomeUnknown } from "./errors";
import { isTwin, type Listing, provesAbsence } from "./oldLive";
import { lagPauses } from "./readBack";
import type { Cake, Session } from "./session";
import { nameOf } from "./state";

/** The ids that were live before a POST; undefined where CAKE cannot be looked at. */
export type IdsBefore = { has(postbackId: number): boolean } | undefined;

/** What became of a POST that nobody saw the end of. */
export type Settled =
  /** CAKE has the record. */
  | { readonly kind: "found"; readonly row: Postback }
  /** CAKE provably does not have it. */
  | { readonly kind: "absent" }
  /** It cannot be seen. */
  | { readonly kind: "unknown" };

/**
 * The POST went out and nobody knows what became of it: look, and never post again. There was no twin before
 * it, so one that is there now was made by it, or was another record that it overwrote.
 */
export async function settle(
  session: Session,
  cake: Cake,
  declaration: PostbackDeclaration,
  before: IdsBefore,
): Promise<Settled> {
  const { affiliateId, offerId } = declaration;
  for (const pause of lagPauses(session)) {
    await session.clock.sleep(pause);
    const look = await cake.live.lookAt({ affiliateId, offerId }).catch(() => undefined);
    // A look that failed may succeed when CAKE has come to itself.
    if (look === undefined) continue;
    if (look.kind === "impossible") break;
    const found = twinsIn(look.listing, declaration).filter((row) => !session.claims.holds(row.postbackId));
    if (found.length > 1) throw severalFound(declaration, found);
    if (found[0]) return { kind: "found", row: found[0] };
  }
  const isAbsent = await isProvenAbsent(session, cake, declaration, before);
  return { kind: isAbsent ? "absent" : "unknown" };
}

async function isProvenAbsent(
  session: Session,
  cake: Cake,
  declaration: PostbackDeclaration,
  before: IdsBefore,
): Promise<boolean> {
  const look = await cake.live.lookAt({}).catch(() => undefined);
  if (look?.kind !== "seen" || !provesAbsence(look.listing)) return false;
  // A new record of the pair that does not look like ours may be ours after all, as CAKE stored it.
  const mayBeOurs = [...look.listing.rows.values()].filter(
    (row) =>
      row.affiliateId === declaration.affiliateId &&
      row.offerId === declaration.offerId &&
      (isTwin(row, declaration) || !(before?.has(row.postbackId) || session.claims.holds(row.postbackId))),
  );
  return mayBeOurs.length === 0;
}

export function twinsIn(listing: Listing, declaration: PostbackDeclaration): Postback[] {
  return [...listing.rows.values()].filter((row) => isTwin(row, declaration));
}

/**
 * @param note Where the note about the create lies.
 * @param isBlind Whether this CAKE cannot be looked at.
 * @param what What happened.
 */
export function outcomeUnknown(
  declaration: PostbackDeclaration,
  note: string,
  isBlind: boolean,
  what: string,
): OutcomeUnknown {
  const { affiliateId, offerId } = declaration;
  const unseen = isBlind
    ? " and write its id into a file that CAKE_CONFIRM_MANUAL names, because CAKE cannot be asked whether it is right"
    : "";
  return new OutcomeUnknown(
    `Outcome unknown: the request to create ${nameOf(declaration)} was sent or about to be, and whether CAKE made it cannot be seen. It is not sent again: a second record would pay twice. Look in CAKE for affiliate ${affiliateId}, offer ${offerId} with the declared URL (its request log, GET /api/2/api_logs.json, shows what arrived). If the postback is there, set "adopt: { postbackId: <its id> }" on the resource${unseen}; if it is not, remove ${note} and run again. What happened: ${what}`,
  );
}

function severalFound(declaration: PostbackDeclaration, found: Postback[]): OutcomeUnknown {
  return new OutcomeUnknown(
    `After a create whose end nobody saw, CAKE holds several records of ${nameOf(declaration)}: postbacks ${found.map((row) => row.postbackId).join(", ")}. All would fire. Switch all but one off in CAKE, and set "adopt: { postbackId: <its id> }" on the resource.`,
  );
}
