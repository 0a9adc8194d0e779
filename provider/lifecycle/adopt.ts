import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { differingParts } from "../postback/url";
import { PartialFailure, RefusedByGuard } from "./errors";
import type { Cake, Session } from "./session";
import { declarationOf, type Inputs, nameOf } from "./state";
import { write } from "./write";

/** The record that a create takes over among those that are the same postback as the declared one. Refuses to take what may be another's. */
export function decideOnTwins(
  session: Session,
  declaration: PostbackDeclaration,
  twins: readonly Postback[],
): Postback | undefined {
  const free = twins.filter((row) => !session.claims.holds(row.postbackId));
  const own = free.find((row) => session.claims.wasSwitchedOffHere(row.postbackId));
  const equal = free.find((row) => row.postbackStatus === declaration.postbackStatus);
  const found = own ?? equal ?? free[0];
  if (found === undefined || found === own || session.overrides.adoptExisting) return found;
  throw found === equal ? existsAlready(declaration, found) : existsWithOtherStatus(declaration, found);
}

/** Makes the record this resource's own, with the declared status. */
export async function takeOver(session: Session, inputs: Inputs, row: Postback): Promise<Postback> {
  if (session.claims.holds(row.postbackId)) throw heldTwice(inputs, row.postbackId);
  // Held before the first await: another create of this run may have found the same record.
  session.claims.hold(row.postbackId);
  if (row.postbackStatus === inputs.postbackStatus) return row;
  return write(session, row, { postbackStatus: inputs.postbackStatus }, inputs).catch((error: unknown) => {
    // After a partial failure Pulumi keeps the record as this resource's.
    if (!(error instanceof PartialFailure)) session.claims.release(row.postbackId);
    throw error;
  });
}

function existsAlready(declaration: PostbackDeclaration, row: Postback): RefusedByGuard {
  return new RefusedByGuard(
    `CAKE already has ${nameOf(declaration, row.postbackId)}, equal in every field. Nothing was created: a second record would pay twice, and this one may belong to another stack, which would switch it off one day. ${threeWays(row)}`,
  );
}

function existsWithOtherStatus(declaration: PostbackDeclaration, row: Postback): RefusedByGuard {
  return new RefusedByGuard(
    `CAKE already has ${nameOf(declaration, row.postbackId)} with the same URL and type, and its status is ${JSON.stringify(row.postbackStatus)}. Nothing was created: CAKE cannot delete records, so they would pile up. ${threeWays(row)}`,
  );
}

function threeWays({ postbackId }: Postback): string {
  return `Ways on: if the resource was only renamed, give it "aliases"; to take over this record, set "adopt: { postbackId: ${postbackId} }" on the resource; to take over equal records in this run, set CAKE_ON_EXISTING=adopt.`;
}

/** The record that the program names for adoption. It must be the declared postback; only its status may differ. */
export async function findForAdoption(
  session: Session,
  cake: Cake,
  inputs: Inputs,
  postbackId: number,
): Promise<Postback> {
  if (session.claims.holds(postbackId)) throw heldTwice(inputs, postbackId);
  const row = await findLive(cake, inputs, postbackId);
  const differing = differencesOf(row, declarationOf(inputs));
  if (differing.length === 0) return row;
  throw new RefusedByGuard(
    `Postback ${postbackId} cannot be adopted: the live record differs from the declared one in ${differing.join(", ")}. Nothing was changed. Declare it as it is in CAKE first, run "pulumi up", and change it after that, so that the change can be reviewed.`,
  );
}

function heldTwice(inputs: Inputs, postbackId: number): RefusedByGuard {
  return new RefusedByGuard(
    `Two resources of this program would take over postback ${postbackId}; the second one declares affiliate ${inputs.affiliateId}, offer ${inputs.offerId}. One record can belong to one resource only: remove one of them, or its "adopt".`,
  );
}

async function findLive(cake: Cake, inputs: Inputs, postbackId: number): Promise<Postback> {
  const look = await cake.live.look();
  if (look.kind === "impossible") {
    throw new RefusedByGuard(
      `Postback ${postbackId} cannot be adopted, because the live record cannot be seen: ${look.why} Nothing was changed.`,
    );
  }
  const row = look.listing.rows.get(postbackId);
  if (row) return row;
  throw new RefusedByGuard(
    `Postback ${postbackId}, which ${nameOf(inputs)} is to adopt, is not in CAKE's list (${look.listing.rows.size} postbacks). Nothing was changed. Check the id, and that the API key belongs to this instance and may see all affiliates.`,
  );
}

// The names of the fields and URL parts in which a live record is another postback than the declared one.
function differencesOf(row: Postback, declaration: PostbackDeclaration): string[] {
  const typeId = typeIdOf(row.postbackType);
  return [
    ...(row.affiliateId === declaration.affiliateId ? [] : ["affiliateId"]),
    ...(row.offerId === declaration.offerId ? [] : ["offerId"]),
    ...(typeId === undefined || typeId === declaration.postbackTypeId ? [] : ["postbackTypeId"]),
    ...differingParts(row.postbackUrl, declaration.postbackUrl).map((part) => `postbackUrl (${part})`),
  ];
}
