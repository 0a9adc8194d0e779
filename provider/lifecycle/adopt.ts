import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { differingParts } from "../postback/url";
import { RefusedByGuard } from "./errors";
import type { Cake, Session } from "./session";
import { declarationOf, type Inputs, nameOf } from "./state";

/** A create that takes over a record that CAKE already has, as it is or with the declared status. */
export interface TakeOver {
  readonly kind: "adopt" | "setStatus";
  readonly row: Postback;
}

/** What a create does about equal records that CAKE already has. */
export type TwinDecision = TakeOver | { readonly kind: "post" };

/** Decides on the records that are the same postback as the declared one, or refuses. */
export function decideOnTwins(
  session: Session,
  declaration: PostbackDeclaration,
  twins: readonly Postback[],
): TwinDecision {
  const free = twins.filter((row) => !session.claims.holds(row.postbackId));
  const wanted = declaration.postbackStatus;
  const own = free.find((row) => session.claims.wasSwitchedOffHere(row.postbackId));
  if (own)
    return own.postbackStatus === wanted ? { kind: "adopt", row: own } : { kind: "setStatus", row: own };
  const equal = free.find((row) => row.postbackStatus === wanted);
  if (equal) {
    if (session.overrides.adoptExisting) return { kind: "adopt", row: equal };
    throw existsAlready(declaration, equal);
  }
  const other = free[0];
  if (!other) return { kind: "post" };
  if (session.overrides.adoptExisting) return { kind: "setStatus", row: other };
  throw existsWithOtherStatus(declaration, other);
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

/** Decides on the record that the program names: it must be the declared postback; its status may follow the declaration. */
export async function decideOnAdoption(
  session: Session,
  cake: Cake,
  inputs: Inputs,
  postbackId: number,
): Promise<TakeOver> {
  if (session.claims.holds(postbackId)) throw heldTwice(inputs, postbackId);
  const row = await findLive(cake, inputs, postbackId);
  const differing = differencesOf(row, declarationOf(inputs));
  if (differing.length === 0) {
    return row.postbackStatus === inputs.postbackStatus ? { kind: "adopt", row } : { kind: "setStatus", row };
  }
  throw new RefusedByGuard(
    `Postback ${postbackId} cannot be adopted: the live record differs from the declared one in ${differing.join(", ")}. Nothing was changed. Declare it as it is in CAKE first, run "pulumi up", and change it after that, so that the change can be reviewed.`,
  );
}

function heldTwice(inputs: Inputs, postbackId: number): RefusedByGuard {
  return new RefusedByGuard(
    `Two resources of this program adopt postback ${postbackId}; the second one declares affiliate ${inputs.affiliateId}, offer ${inputs.offerId}. One record can belong to one resource only: remove "adopt" from one of them.`,
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
