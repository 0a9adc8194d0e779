import { isCakeError } from "../cake/errors";
import type { PostbackChanges } from "../cake/wire";
import type { Postback } from "../postback/postback";
import { isEchoOf } from "../postback/url";
import { differingParts } from "../postback/urlChanges";
import { PartialFailure, RefusedByGuard } from "./errors";
import { isToBeReadBack, readBack } from "./readBack";
import type { Cake, Session } from "./session";
import { idOf, type Known, nameOf, stateOf } from "./state";
import { byHandAdvice } from "./workList";

/** Changes a live postback of the stack, if this run may change one more. See {@link writeAsPartOfCreate} for the rest. */
export async function write(
  session: Session,
  current: Postback,
  changes: PostbackChanges,
  known: Known,
): Promise<Postback> {
  // Where nothing can be changed, nothing is counted.
  if (session.settings.endpoints === "all") {
    const change = isSwitchOff(changes) ? "deactivation" : "change";
    await session.changeLimit.admit(change, nameOf(current, current.postbackId));
  }
  return writeAsPartOfCreate(session, current, changes, known);
}

/**
 * Sends a change and checks that it, and nothing else, was made. The first update and the first switching off
 * of a process run alone, and are read back before any other goes.
 */
export async function writeAsPartOfCreate(
  session: Session,
  current: Postback,
  changes: PostbackChanges,
  known: Known,
): Promise<Postback> {
  if (session.settings.endpoints === "documented") throw updateImpossible(current, changes);
  const cake = session.cake();
  const canary = isSwitchOff(changes) ? session.switchOffs : session.updates;
  return canary.run(async (alone) => {
    const answered = await send(session, cake, current, changes);
    verify(session, current, changes, answered, known);
    const row = isToBeReadBack(session, alone)
      ? await verifyInList(session, cake, current, changes, answered, known)
      : answered;
    cake.live.record(row);
    return row;
  });
}

function isSwitchOff({ postbackStatus }: PostbackChanges): boolean {
  return postbackStatus === "inactive";
}

async function verifyInList(
  session: Session,
  cake: Cake,
  current: Postback,
  changes: PostbackChanges,
  answered: Postback,
  known: Known,
): Promise<Postback> {
  const listed = await readBack(session, cake, answered, current);
  if (listed.kind === "unchanged") throw ignoredByCake(session, current);
  if (listed.kind !== "shown") return answered;
  verify(session, current, changes, listed.row, known);
  return listed.row;
}

function ignoredByCake(session: Session, current: Postback): RefusedByGuard {
  const error = new RefusedByGuard(
    `CAKE answered that it changed ${nameOf(current, current.postbackId)}, and its list still shows the old values. The state is as it was. No further update is sent in this run. Look at the record in CAKE. If it is changed there, run again: the list was late. If not, set cake:endpoints to "documented" and change postbacks by hand.`,
  );
  stopChanges(session, error);
  return error;
}

function stopChanges(session: Session, reason: Error): void {
  for (const canary of [session.updates, session.switchOffs]) canary.stop(reason);
}

async function send(
  session: Session,
  cake: Cake,
  current: Postback,
  changes: PostbackChanges,
): Promise<Postback> {
  try {
    return await cake.client.update(current.postbackId, changes, session.permitWrite);
  } catch (error) {
    if (!isCakeError(error, "missing")) throw error;
    const stillOld = session.overrides.confirmedByHand.has(current.postbackId)
      ? "CAKE_CONFIRM_MANUAL names it, but CAKE's list still shows the old values. "
      : "";
    throw updateImpossible(current, changes, stillOld + error.message);
  }
}

// Whether an update keeps what it was not sent is nobody's documented word: one that does not is stopped at the first.
function verify(
  session: Session,
  current: Postback,
  changes: PostbackChanges,
  row: Postback,
  known: Known,
): void {
  const domain = session.settings.domain ?? "";
  const spoilt = spoiltFields(current, changes, row, (record) => stateOf(record, domain, known).postbackUrl);
  if (spoilt.length === 0) return;
  const message = `CAKE's update of ${nameOf(current, current.postbackId)} did more or less than it was asked to: its ${spoilt.join(" and ")} is not as it should be. Correct the record in CAKE; until then conversions may be lost. No further update is sent in this run. If updates of your CAKE work differently, set cake:endpoints to "documented" and change postbacks by hand.`;
  stopChanges(session, new RefusedByGuard(message));
  // An answer about another record says nothing of this one.
  const outs = stateOf(row.postbackId === current.postbackId ? row : current, domain, known);
  throw new PartialFailure(idOf(outs), { ...outs }, message);
}

function spoiltFields(
  current: Postback,
  changes: PostbackChanges,
  row: Postback,
  declaredUrlOf: (record: Postback) => string,
): string[] {
  const isUrlRight =
    changes.postbackUrl === undefined
      ? declaredUrlOf(row) === declaredUrlOf(current)
      : isEchoOf(row.postbackUrl, changes.postbackUrl);
  return [
    ...(row.postbackId === current.postbackId ? [] : ["id"]),
    ...(row.affiliateId === current.affiliateId ? [] : ["affiliate"]),
    ...(row.offerId === current.offerId ? [] : ["offer"]),
    ...(row.postbackType === current.postbackType ? [] : ["type"]),
    ...(isUrlRight ? [] : ["URL"]),
    ...(row.postbackStatus === (changes.postbackStatus ?? current.postbackStatus) ? [] : ["status"]),
  ];
}

function updateImpossible(current: Postback, changes: PostbackChanges, why?: string): RefusedByGuard {
  const { postbackId, postbackUrl } = current;
  const work = [
    ...(changes.postbackUrl === undefined
      ? []
      : [`change the URL (${differingParts(postbackUrl, changes.postbackUrl).join(", ")})`]),
    ...(changes.postbackStatus === undefined ? [] : [`set the status to ${changes.postbackStatus}`]),
  ];
  const advice = byHandAdvice([`${postbackId}: ${work.join(" and ")}`], why === undefined);
  const said = why === undefined ? "" : ` What happened: ${why}`;
  return new RefusedByGuard(`${nameOf(current, postbackId)} cannot be changed by API. ${advice}${said}`);
}
