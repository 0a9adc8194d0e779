import { type Postback, typeIdOf } from "../postback/postback";
import { takeOver } from "./adopt";
import { OutcomeUnknown, RefusedByGuard } from "./errors";
import type { Unfinished } from "./intents/intents";
import { provesAbsence } from "./oldLive";
import { lagPauses } from "./readBack";
import type { Cake, Session } from "./session";
import { type Inputs, nameOf, undertakingOf } from "./state";

/**
 * Goes on with a create that an earlier run began when this resource was declared otherwise, and of which Pulumi
 * never learned: what that run made must not stay live beside the postback that is declared now.
 */
export async function takeUpUnfinished(
  session: Session,
  cake: Cake,
  inputs: Inputs,
): Promise<Postback | undefined> {
  const left = await session.intents.unfinishedOf(undertakingOf(session.settings.domain ?? "", inputs));
  if (left.length === 0) return undefined;
  const live: { row: Postback; unfinished: Unfinished }[] = [];
  for (const unfinished of left) {
    const row = await liveRecordOf(session, cake, inputs, unfinished);
    if (row) live.push({ row, unfinished });
    else await unfinished.intent.forget();
  }
  const [first, ...more] = live;
  if (first === undefined) return undefined;
  if (more.length > 0 || !mayBecome(first.row, first.unfinished, inputs))
    throw liveBeside(
      inputs,
      live.map(({ row }) => row),
    );
  session.tell(
    `An earlier run was interrupted when it made ${nameOf(first.row, first.row.postbackId)} for this resource, which was declared otherwise then. It is changed to what is declared now; nothing is created a second time.`,
  );
  const row = await takeOver(session, inputs, first.row);
  await first.unfinished.intent.forget();
  return row;
}

// What is inactive fires no more, and what another resource has is not left over.
async function liveRecordOf(
  session: Session,
  cake: Cake,
  inputs: Inputs,
  unfinished: Unfinished,
): Promise<Postback | undefined> {
  const row = await recordOf(session, cake, inputs, unfinished);
  const isLeftOver = row?.postbackStatus !== "inactive" && !session.claims.holds(row?.postbackId ?? 0);
  return isLeftOver ? row : undefined;
}

async function recordOf(
  session: Session,
  cake: Cake,
  inputs: Inputs,
  unfinished: Unfinished,
): Promise<Postback | undefined> {
  // Where an earlier run has waited for the list already, one look is enough.
  const pauses = unfinished.earlier.kind === "absent" ? [0] : lagPauses(session);
  let isAbsent = false;
  for (const pause of pauses) {
    await session.clock.sleep(pause);
    const look = await cake.live.lookAt({});
    if (look.kind === "impossible") break;
    const row = [...look.listing.rows.values()].find((listed) => isItsDoing(unfinished, listed));
    if (row) return row;
    isAbsent = provesAbsence(look.listing);
  }
  if (isAbsent) return undefined;
  throw unseen(inputs, unfinished);
}

function isItsDoing({ earlier, isOf }: Unfinished, row: Postback): boolean {
  if (earlier.kind === "made") return row.postbackId === earlier.record.postbackId;
  return !(earlier.before?.has(row.postbackId) ?? false) && isOf(row);
}

// An update can change neither the affiliate nor the offer or the type, and must not overwrite somebody's change.
function mayBecome(row: Postback, { isOf }: Unfinished, inputs: Inputs): boolean {
  const { affiliateId, offerId, postbackTypeId } = inputs;
  const isSameType = typeIdOf(row.postbackType) === postbackTypeId;
  return row.affiliateId === affiliateId && row.offerId === offerId && isSameType && isOf(row);
}

function liveBeside(inputs: Inputs, rows: readonly Postback[]): RefusedByGuard {
  const names = rows.map((row) => nameOf(row, row.postbackId)).join(" and ");
  const ids = rows.map(({ postbackId }) => postbackId).join(" and ");
  return new RefusedByGuard(
    `An earlier run was interrupted when this resource was declared otherwise, and left ${names} in CAKE, in no state. Nothing was created for ${nameOf(inputs)}: both would fire. If it is not wanted any more, switch postback ${ids} off in CAKE and run again. To keep it, declare it again as it was and run "pulumi up"; change it after that.`,
  );
}

function unseen(inputs: Inputs, { intent }: Unfinished): OutcomeUnknown {
  return new OutcomeUnknown(
    `Outcome unknown: an earlier run was interrupted while it created a postback for this resource, which was declared otherwise then, and whether CAKE made that one cannot be seen. Nothing was created for ${nameOf(inputs)}: both might fire. Look in CAKE for what the resource declared before (its request log, GET /api/2/api_logs.json, shows what arrived), and switch it off if it is there. Then remove ${intent.path} and run again.`,
  );
}
