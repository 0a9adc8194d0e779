import { isCakeError } from "../cake/errors";
import type { Listing } from "../cake/paging";
import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { decideOnTwins, findForAdoption, takeOver } from "./adopt";
import { tellEcho } from "./echo";
import { OutcomeUnknown, PartialFailure, RefusedByGuard } from "./errors";
import { readBack } from "./readBack";
import type { Cake, Session } from "./session";
import { settle, twinsIn } from "./settle";
import { declarationOf, type Inputs, idOf, nameOf, type State, stateAfterWrite } from "./state";

export interface CreateResult {
  id: string;
  outs: State;
}

/** Brings a declared postback into being: looks first, posts once, and believes only what CAKE confirms. */
export async function create(session: Session, inputs: Inputs): Promise<CreateResult> {
  const cake = session.cake();
  const declaration = declarationOf(inputs);
  session.claims.begin(declaration);
  const row = await obtain(session, cake, inputs, declaration).catch((error: unknown) => {
    // While the outcome is unknown the postback counts as being made, so that nothing of this run makes it again.
    if (!(error instanceof OutcomeUnknown)) session.claims.abandon(declaration);
    throw error;
  });
  session.claims.hold(row.postbackId);
  return finish(session, inputs, row);
}

async function obtain(
  session: Session,
  cake: Cake,
  inputs: Inputs,
  declaration: PostbackDeclaration,
): Promise<Postback> {
  if (inputs.adopt) {
    const row = await findForAdoption(session, cake, inputs, inputs.adopt.postbackId);
    return takeOver(session, inputs, row);
  }
  const before = await lookBefore(cake, declaration);
  const existing = decideOnTwins(session, declaration, before.twins);
  if (existing) return takeOver(session, inputs, existing);
  return session.creates.run((alone) => post(session, cake, declaration, before.ids, alone));
}

/** The ids that were live before a POST; undefined where CAKE cannot be looked at. */
type IdsBefore = ReadonlyMap<number, unknown> | undefined;

interface Before {
  readonly ids: IdsBefore;
  readonly twins: readonly Postback[];
}

async function lookBefore(cake: Cake, declaration: PostbackDeclaration): Promise<Before> {
  const look = await cake.live.look();
  if (look.kind === "impossible") return { ids: undefined, twins: [] };
  const ids = look.listing.rows;
  const twins = await cake.live.twinsOf(declaration);
  if (twins.length > 0 || look.listing.flaws.length === 0) return { ids, twins };
  return { ids, twins: await twinsInFlawedList(cake, declaration, look.listing) };
}

// A list that may lack rows says nothing about a twin, but the rows of this one pair may still come whole.
async function twinsInFlawedList(
  cake: Cake,
  declaration: PostbackDeclaration,
  flawed: Listing,
): Promise<Postback[]> {
  const { affiliateId, offerId } = declaration;
  const look = await cake.live.lookAt({ affiliateId, offerId });
  if (look.kind === "seen" && look.listing.flaws.length === 0) return twinsIn(look.listing, declaration);
  throw new RefusedByGuard(
    `Whether CAKE already has ${nameOf(declaration)} cannot be told, because its list of postbacks is not whole: ${flawed.flaws.join("; ")}. Nothing was created: a second record would pay twice. Run again; if it stays, ask CAKE about the list, or set cake:endpoints to "documented" to create without looking.`,
  );
}

async function post(
  session: Session,
  cake: Cake,
  declaration: PostbackDeclaration,
  before: IdsBefore,
  alone: boolean,
): Promise<Postback> {
  const answered = await cake.client.create(declaration).catch((error: unknown) => {
    if (!isCakeError(error) || !error.outcomeUnknown) throw error;
    return settle(session, cake, declaration, error);
  });
  refuseOverwriting(session, declaration, answered, before);
  const row = await readBack(session, cake, answered, alone);
  cake.live.record(row);
  return row;
}

function refuseOverwriting(
  session: Session,
  declaration: PostbackDeclaration,
  row: Postback,
  before: IdsBefore,
): void {
  if (!before?.has(row.postbackId) && !session.claims.holds(row.postbackId)) return;
  const error = new RefusedByGuard(
    `CAKE did not add a postback: it wrote affiliate ${declaration.affiliateId}, offer ${declaration.offerId} over postback ${row.postbackId}, which was live before. This CAKE keeps one postback where the program declares several. What postback ${row.postbackId} sent before is no longer sent: restore its URL in CAKE, or declare one postback for this pair. No further postback is created in this run.`,
  );
  session.creates.stop(error);
  throw error;
}

function finish(session: Session, inputs: Inputs, row: Postback): CreateResult {
  const outs = stateAfterWrite(row, session.settings.domain ?? "", inputs);
  const wrong = wrongFields(row, declarationOf(inputs));
  if (wrong.length > 0) {
    throw new PartialFailure(
      idOf(outs),
      { ...outs },
      `CAKE made ${nameOf(row, row.postbackId)}, but not as declared: its ${wrong.join(" and ")} differ from what was sent. The record is kept in the state as CAKE has it. Look at it in CAKE: until it is corrected, conversions may go to the wrong place.`,
    );
  }
  if (outs.__echo !== undefined) tellEcho(session, row, inputs.postbackUrl);
  return { id: idOf(outs), outs };
}

function wrongFields(row: Postback, declaration: PostbackDeclaration): string[] {
  const typeId = typeIdOf(row.postbackType);
  return [
    ...(row.affiliateId === declaration.affiliateId ? [] : ["affiliate"]),
    ...(row.offerId === declaration.offerId ? [] : ["offer"]),
    ...(row.postbackStatus === declaration.postbackStatus ? [] : ["status"]),
    ...(typeId === undefined || typeId === declaration.postbackTypeId ? [] : ["type"]),
  ];
}
