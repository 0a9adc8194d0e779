import type { CakeError } from "../cake/errors";
import { isTwin } from "../cake/live";
import { type Listing, provesAbsence } from "../cake/paging";
import type { Postback, PostbackDeclaration } from "../postback/postback";
import { OutcomeUnknown, RefusedByGuard } from "./errors";
import { lagPauses } from "./readBack";
import type { Cake, Session } from "./session";
import { nameOf } from "./state";

/** The ids that were live before a POST; undefined where CAKE cannot be looked at. */
export type IdsBefore = ReadonlyMap<number, unknown> | undefined;

/**
 * The POST went out and nobody knows what became of it: look, and never post again. There was no twin before
 * it, so one that is there now was made by it, or was another record that it overwrote.
 */
export async function settle(
  session: Session,
  cake: Cake,
  declaration: PostbackDeclaration,
  before: IdsBefore,
  failure: CakeError,
): Promise<Postback> {
  const { affiliateId, offerId } = declaration;
  for (const pause of lagPauses(session)) {
    await session.clock.sleep(pause);
    const look = await cake.live.lookAt({ affiliateId, offerId }).catch(() => undefined);
    if (look?.kind !== "seen") break;
    const found = twinsIn(look.listing, declaration).filter((row) => !session.claims.holds(row.postbackId));
    if (found.length > 1) throw severalFound(declaration, found, failure);
    if (found[0]) return found[0];
  }
  throw (await isProvenAbsent(session, cake, declaration, before))
    ? neverArrived(declaration, failure)
    : outcomeUnknown(declaration, before, failure);
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

function neverArrived(declaration: PostbackDeclaration, failure: CakeError): RefusedByGuard {
  return new RefusedByGuard(
    `The request to create ${nameOf(declaration)} did not reach CAKE: its whole list does not hold the postback. Nothing was created; run again. What happened: ${failure.message}`,
  );
}

function outcomeUnknown(
  declaration: PostbackDeclaration,
  before: IdsBefore,
  failure: CakeError,
): OutcomeUnknown {
  const { affiliateId, offerId } = declaration;
  const blind =
    before === undefined
      ? " and write its id into a file that CAKE_CONFIRM_MANUAL names, because CAKE cannot be asked whether it is right"
      : "";
  return new OutcomeUnknown(
    `Outcome unknown: the request to create ${nameOf(declaration)} was sent, and whether CAKE made it cannot be seen. Do not simply run again: a second record would pay twice. Look in CAKE for affiliate ${affiliateId}, offer ${offerId} (its request log, GET /api/2/api_logs.json, shows what arrived). If the postback is there, set "adopt: { postbackId: <its id> }" on the resource${blind}; if it is not, run again. What happened: ${failure.message}`,
  );
}

function severalFound(
  declaration: PostbackDeclaration,
  found: Postback[],
  failure: CakeError,
): OutcomeUnknown {
  return new OutcomeUnknown(
    `After an unclear answer CAKE holds several new records of ${nameOf(declaration)}: postbacks ${found.map((row) => row.postbackId).join(", ")}. All would fire. Switch all but one off in CAKE, and set "adopt: { postbackId: <its id> }" on the resource. What happened: ${failure.message}`,
  );
}
