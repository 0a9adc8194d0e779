import { type CakeError, isCakeError } from "../cake/errors";
import { type Postback, type PostbackDeclaration, typeIdOf } from "../postback/postback";
import { isEchoOf } from "../postback/url";
import { decideOnTwins, findForAdoption, takeOver } from "./adopt";
import { tellEcho } from "./echo";
import { EngineGone, OutcomeUnknown, PartialFailure, RefusedByGuard } from "./errors";
import type { Intent } from "./intents/intents";
import type { Listing } from "./oldLive";
import { isToBeReadBack, readBack } from "./readBack";
import { resume } from "./resume";
import type { Cake, Session } from "./session";
import { type IdsBefore, outcomeUnknown, settle, twinsIn } from "./settle";
import {
  declarationOf,
  type Inputs,
  idOf,
  nameOf,
  type State,
  stateAfterWrite,
  undertakingOf,
} from "./state";
import { takeUpUnfinished } from "./unfinished";

export interface CreateResult {
  id: string;
  outs: State;
}

/** Brings a declared postback into being: looks first, posts once, and believes only what CAKE confirms. */
export async function create(session: Session, inputs: Inputs): Promise<CreateResult> {
  const cake = session.cake();
  const declaration = declarationOf(inputs);
  session.claims.begin(declaration, inputs.__origin);
  const row = await obtain(session, cake, inputs, declaration).catch((error: unknown) => {
    // While CAKE has or may have the postback it counts as being made, so that nothing of this run makes it again.
    const mayExist = error instanceof OutcomeUnknown || error instanceof PartialFailure;
    if (!mayExist) session.claims.abandon(declaration);
    throw error;
  });
  const outs = stateAfterWrite(row, session.settings.domain ?? "", inputs);
  if (outs.__echo !== undefined) tellEcho(session, row, inputs.postbackUrl);
  return { id: idOf(outs), outs };
}

async function obtain(
  session: Session,
  cake: Cake,
  inputs: Inputs,
  declaration: PostbackDeclaration,
): Promise<Postback> {
  await session.intents.tidy();
  const intent = session.intents.of(undertakingOf(session.settings.domain ?? "", inputs));
  if (inputs.adopt) {
    const row = await findForAdoption(session, cake, inputs, inputs.adopt);
    const taken = await takeOver(session, inputs, row);
    await intent.forget();
    return taken;
  }
  const earlier = await intent.earlier();
  const resumed = earlier && (await resume(session, cake, inputs, intent, earlier));
  if (resumed) return takeOver(session, inputs, resumed);
  const takenUp = await takeUpUnfinished(session, cake, inputs);
  if (takenUp) return takenUp;
  const before = await lookBefore(session, cake, declaration);
  const existing = decideOnTwins(session, inputs, before.twins);
  if (existing) return takeOver(session, inputs, existing);
  return session.creates.run((alone) => post(session, cake, inputs, intent, before, alone));
}

interface Before {
  readonly ids: ReadonlyMap<number, Postback> | undefined;
  readonly twins: readonly Postback[];
}

async function lookBefore(session: Session, cake: Cake, declaration: PostbackDeclaration): Promise<Before> {
  const look = await cake.live.look();
  if (look.kind === "impossible") {
    session.tellOnce(`warning: postbacks are created without a look at what CAKE already has. ${look.why}`);
    return { ids: undefined, twins: [] };
  }
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
  inputs: Inputs,
  intent: Intent,
  before: Before,
  alone: boolean,
): Promise<Postback> {
  const declaration = declarationOf(inputs);
  await intent.begin(before.ids && cake.live.rowsOf(declaration).map((row) => row.postbackId));
  const answered = await cake.client
    .create(declaration, session.permitWrite)
    .catch(async (error: unknown) => {
      if (isCakeError(error) && error.outcomeUnknown)
        return settled(session, cake, declaration, intent, before.ids, error);
      if (isCakeError(error) || error instanceof EngineGone) await intent.undo();
      throw error;
    });
  if (isOverwritten(session, answered, before.ids)) {
    await intent.undo();
    throw overwritten(session, declaration, answered);
  }
  await intent.made(answered);
  session.claims.hold(answered.postbackId, inputs.__origin);
  const row = isToBeReadBack(session, alone) ? await seeInList(session, cake, answered) : answered;
  cake.live.record(row);
  requireAsDeclared(session, inputs, row);
  return row;
}

async function settled(
  session: Session,
  cake: Cake,
  declaration: PostbackDeclaration,
  intent: Intent,
  before: IdsBefore,
  failure: CakeError,
): Promise<Postback> {
  const settlement = await settle(session, cake, declaration, before);
  if (settlement.kind === "found") return settlement.row;
  if (settlement.kind === "absent") {
    await intent.seenAbsent();
    throw neverArrived(declaration, failure);
  }
  // Where nothing can be looked up, each further create could only end as unclear as this one.
  if (before === undefined) session.creates.stop(stoppedByUnknown(declaration));
  throw outcomeUnknown(declaration, intent.path, before === undefined, failure.message);
}

function neverArrived(declaration: PostbackDeclaration, failure: CakeError): RefusedByGuard {
  return new RefusedByGuard(
    `The request to create ${nameOf(declaration)} did not reach CAKE: its whole list does not hold the postback. Nothing was created; run again. What happened: ${failure.message}`,
  );
}

function stoppedByUnknown(declaration: PostbackDeclaration): RefusedByGuard {
  return new RefusedByGuard(
    `Nothing was sent for this postback: the outcome of the create for ${nameOf(declaration)} is unknown, and CAKE cannot be looked at. Settle that one first, as its message says, then run again.`,
  );
}

async function seeInList(session: Session, cake: Cake, answered: Postback): Promise<Postback> {
  const listed = await readBack(session, cake, answered);
  if (listed.kind === "shown") return listed.row;
  if (listed.kind === "absent") {
    const what = `CAKE's list does not show ${nameOf(answered, answered.postbackId)}, which it has just made`;
    session.tell(`warning: ${what}. It is kept in the state.`);
    session.creates.stop(
      new RefusedByGuard(
        `Nothing was sent for this postback: ${what}. So the list cannot tell what CAKE already has, and a second record would pay twice. Check that the API key may see all affiliates. If this CAKE's list is of no use, set cake:endpoints to "documented" to create without looking.`,
      ),
    );
  }
  return answered;
}

function requireAsDeclared(session: Session, inputs: Inputs, row: Postback): void {
  const wrong = wrongFields(row, declarationOf(inputs));
  if (wrong.length === 0) return;
  const message = `CAKE made ${nameOf(row, row.postbackId)}, but not as declared: its ${wrong.join(" and ")} differ from what was sent. The record is kept in the state as CAKE has it. Look at it in CAKE: until it is corrected, conversions may go to the wrong place. No further postback is created in this run.`;
  session.creates.stop(new RefusedByGuard(message));
  const outs = stateAfterWrite(row, session.settings.domain ?? "", inputs);
  throw new PartialFailure(idOf(outs), { ...outs }, message);
}

function isOverwritten({ claims }: Session, { postbackId }: Postback, before: IdsBefore): boolean {
  return (before?.has(postbackId) ?? false) || claims.holds(postbackId);
}

function overwritten(session: Session, declaration: PostbackDeclaration, row: Postback): RefusedByGuard {
  const error = new RefusedByGuard(
    `CAKE did not add a postback: it wrote affiliate ${declaration.affiliateId}, offer ${declaration.offerId} over postback ${row.postbackId}, which was live before. This CAKE keeps one postback where the program declares several. What postback ${row.postbackId} sent before is no longer sent: restore its URL in CAKE, or declare one postback for this pair. No further postback is created in this run.`,
  );
  session.creates.stop(error);
  return error;
}

function wrongFields(row: Postback, declaration: PostbackDeclaration): string[] {
  const typeId = typeIdOf(row.postbackType);
  return [
    ...(row.affiliateId === declaration.affiliateId ? [] : ["affiliate"]),
    ...(row.offerId === declaration.offerId ? [] : ["offer"]),
    ...(isEchoOf(row.postbackUrl, declaration.postbackUrl) ? [] : ["URL"]),
    ...(row.postbackStatus === declaration.postbackStatus ? [] : ["status"]),
    ...(typeId === undefined || typeId === declaration.postbackTypeId ? [] : ["type"]),
  ];
}
