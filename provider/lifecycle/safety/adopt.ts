import { type Postback, type PostbackDeclaration, typeIdOf } from "../../postback/postback";
import { isSpellingOf } from "../../postback/url";
import { differingParts } from "../../postback/urlChanges";
import type { Cake, ProviderContext } from "../context";
import { PartialFailure, UnsafeOperationError } from "../errors";
import { declarationOf, type Inputs, nameOf } from "../state";
import { writeAsPartOfCreate } from "./write";

/**
 * The record that a create takes over among those that may be the declared postback. Refuses to take what may be
 * another's; only what this run itself switched off is taken unasked.
 */
export function decideOnTwins(
  session: ProviderContext,
  inputs: Inputs,
  twins: readonly Postback[],
): Postback | undefined {
  const { claims, overrides } = session;
  const free = twins.filter(
    (row) => !claims.holds(row.postbackId) && !isSwitchedOffAsAnotherType(session, row, inputs),
  );
  const own = free.find(
    (row) =>
      row.postbackUrl === inputs.postbackUrl &&
      claims.wasSwitchedOffHere(row.postbackId, inputs.postbackTypeId),
  );
  const equal = free.find((row) => row.postbackStatus === inputs.postbackStatus);
  const found = own ?? equal ?? free[0];
  if (found === undefined) return refuseHeldTwin(session, inputs, twins);
  if (found === own || (overrides.adoptExisting && typeMayMatch(found, inputs))) return found;
  throw found === equal ? existsAlready(inputs, found) : existsWithOtherStatus(inputs, found);
}

// Deleted by this run to make room for a postback of another type, whose name no article tells.
function isSwitchedOffAsAnotherType(
  { claims }: ProviderContext,
  { postbackId }: Postback,
  inputs: Inputs,
): boolean {
  return (
    claims.wasSwitchedOffHere(postbackId) && !claims.wasSwitchedOffHere(postbackId, inputs.postbackTypeId)
  );
}

function refuseHeldTwin(session: ProviderContext, inputs: Inputs, twins: readonly Postback[]): undefined {
  const held = twins.find(
    (row) => session.claims.holds(row.postbackId) && typeIdOf(row.postbackType) === inputs.postbackTypeId,
  );
  if (held) throw heldTwice(inputs, held.postbackId);
  return undefined;
}

// Type 1 is the only one whose name an article tells, so a record with another name is of another type.
function typeMayMatch({ postbackType }: Postback, { postbackTypeId }: PostbackDeclaration): boolean {
  return (postbackTypeId === 1) === (typeIdOf(postbackType) === 1);
}

/** Makes the record this resource's own, with the declared status and the declared spelling of the URL. */
export async function takeOver(session: ProviderContext, inputs: Inputs, row: Postback): Promise<Postback> {
  const { claims } = session;
  if (claims.holds(row.postbackId)) throw heldTwice(inputs, row.postbackId);
  if (claims.isBeingSwitchedOff(row.postbackId)) throw beingSwitchedOff(row.postbackId);
  // Held before the first await: another create of this run may have found the same record.
  claims.hold(row.postbackId, inputs.__origin);
  const changes = {
    ...(row.postbackStatus === inputs.postbackStatus ? {} : { postbackStatus: inputs.postbackStatus }),
    ...(row.postbackUrl === inputs.postbackUrl ? {} : { postbackUrl: inputs.postbackUrl }),
  };
  if (Object.keys(changes).length === 0) return row;
  return writeAsPartOfCreate(session, row, changes, inputs).catch((error: unknown) => {
    // After a partial failure Pulumi keeps the record as this resource's.
    if (!(error instanceof PartialFailure)) claims.release(row.postbackId);
    throw error;
  });
}

function beingSwitchedOff(postbackId: number): UnsafeOperationError {
  return new UnsafeOperationError(
    `Postback ${postbackId} cannot be taken over: this run is just switching it off for a resource that was removed. Run "pulumi up" again; the record is then inactive and can be adopted.`,
  );
}

function existsAlready(declaration: PostbackDeclaration, row: Postback): UnsafeOperationError {
  return new UnsafeOperationError(
    `CAKE already has ${nameOf(declaration, row.postbackId)} with the same URL, status and (as far as its name tells) type. Nothing was created: a second record would pay twice, and this one may belong to another stack, which would switch it off one day. ${threeWays(row)}`,
  );
}

function existsWithOtherStatus(declaration: PostbackDeclaration, row: Postback): UnsafeOperationError {
  return new UnsafeOperationError(
    `CAKE already has ${nameOf(declaration, row.postbackId)} with the same URL and type, and its status is ${JSON.stringify(row.postbackStatus)}. Nothing was created: CAKE cannot delete records, so they would pile up. ${threeWays(row)}`,
  );
}

function threeWays({ postbackId }: Postback): string {
  return `Ways on: if the resource was only renamed, give it "aliases"; to take over this record, set "adopt: { postbackId: ${postbackId} }" on the resource; to take over equal records in this run, set CAKE_ON_EXISTING=adopt.`;
}

/**
 * The record that the program names for adoption. It must be the declared postback; its status and the spelling of
 * its URL may differ, unless the program asked for the record exactly as it is.
 */
export async function findForAdoption(
  session: ProviderContext,
  cake: Cake,
  inputs: Inputs,
  { postbackId, exactly = false }: NonNullable<Inputs["adopt"]>,
): Promise<Postback> {
  if (session.claims.holds(postbackId)) throw heldTwice(inputs, postbackId);
  const row = await findLive(session, cake, inputs, postbackId);
  const declaration = declarationOf(inputs);
  const differing = [
    ...differencesOf(row, declaration),
    ...(exactly ? differencesInDetail(row, declaration) : []),
  ];
  if (differing.length === 0) return row;
  throw new UnsafeOperationError(
    `Postback ${postbackId} cannot be adopted: the live record differs from the declared one in ${differing.join(", ")}. Nothing was changed. Declare it as it is in CAKE first, run "pulumi up", and change it after that, so that the change can be reviewed.`,
  );
}

function heldTwice(inputs: Inputs, postbackId: number): UnsafeOperationError {
  return new UnsafeOperationError(
    `Two resources of this program would take over postback ${postbackId}; the second one declares affiliate ${inputs.affiliateId}, offer ${inputs.offerId}. One record can belong to one resource only: remove one of them, or its "adopt".`,
  );
}

async function findLive(
  session: ProviderContext,
  cake: Cake,
  inputs: Inputs,
  postbackId: number,
): Promise<Postback> {
  const found = await cake.live.find(postbackId);
  if (found.kind === "impossible" && session.overrides.confirmedByHand.has(postbackId)) {
    return { ...declarationOf(inputs), postbackId, postbackType: UNSEEN_TYPE };
  }
  if (found.kind === "impossible") {
    throw new UnsafeOperationError(
      `Postback ${postbackId} cannot be adopted, because the live record cannot be seen: ${found.why} Nothing was changed. If you have looked at it in CAKE and it is exactly as declared, write its id into a file and name the file in CAKE_CONFIRM_MANUAL.`,
    );
  }
  if (found.kind === "live") return found.row;
  throw new UnsafeOperationError(
    `Postback ${postbackId}, which ${nameOf(inputs)} is to adopt, is not in CAKE's list (${found.listing.rows.size} postbacks). Nothing was changed. Check the id, and that the API key belongs to this instance and may see all affiliates.`,
  );
}

// What an adoption puts right unasked.
function differencesInDetail(row: Postback, declaration: PostbackDeclaration): string[] {
  const { postbackUrl, postbackStatus } = declaration;
  const isOtherSpelling = row.postbackUrl !== postbackUrl && isSpellingOf(row.postbackUrl, postbackUrl);
  return [
    ...(row.postbackStatus === postbackStatus ? [] : ["postbackStatus"]),
    ...(isOtherSpelling ? ["postbackUrl (spelling)"] : []),
  ];
}

// The name of the type of a record that a person vouches for and nobody could look at.
const UNSEEN_TYPE = "not seen";

// The names of the fields and URL parts in which a live record is another postback than the declared one.
function differencesOf(row: Postback, declaration: PostbackDeclaration): string[] {
  const { affiliateId, offerId, postbackUrl, postbackType } = row;
  const isSameUrl = isSpellingOf(postbackUrl, declaration.postbackUrl);
  return [
    ...(affiliateId === declaration.affiliateId ? [] : ["affiliateId"]),
    ...(offerId === declaration.offerId ? [] : ["offerId"]),
    ...(postbackType === UNSEEN_TYPE || typeMayMatch(row, declaration) ? [] : ["postbackTypeId"]),
    ...(isSameUrl
      ? []
      : differingParts(postbackUrl, declaration.postbackUrl).map((part) => `postbackUrl (${part})`)),
  ];
}
