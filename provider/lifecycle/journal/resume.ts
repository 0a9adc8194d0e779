import { type Postback, type PostbackDeclaration, typeIdOf } from "../../postback/postback";
import { isEchoOf } from "../../postback/url";
import type { Cake, ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { requireProofOfAbsence } from "../read";
import { declarationOf, type Inputs, nameOf } from "../state";
import type { Made } from "./entry";
import type { CreateLock, Earlier } from "./journal";
import { outcomeUnknown, settle } from "./resolveUnknownOutcome";

/**
 * Ends a create that an earlier run began and the engine never learned of. Answers its record, or nothing if it
 * provably made none or if whether a record is its doing is for a person to say.
 */
export function resume(
  session: ProviderContext,
  cake: Cake,
  inputs: Inputs,
  intent: CreateLock,
  earlier: Earlier,
): Promise<Postback | undefined> {
  switch (earlier.kind) {
    case "made":
      return confirm(session, cake, inputs, intent, earlier.record);
    case "unclear":
      return find(session, cake, inputs, intent, earlier.before);
    case "absent":
      return seenSince(session, cake, inputs, earlier.before);
  }
}

// It was looked for once already, for as long as a list may be late: this run's own look is enough.
async function seenSince(
  session: ProviderContext,
  cake: Cake,
  inputs: Inputs,
  before: ReadonlySet<number> | undefined,
): Promise<Postback | undefined> {
  const declaration = declarationOf(inputs);
  const [row, ...more] = await cake.live.twinsOf(declaration);
  return row && more.length === 0 ? asItsDoing(session, declaration, row, before) : undefined;
}

async function find(
  session: ProviderContext,
  cake: Cake,
  inputs: Inputs,
  intent: CreateLock,
  before: ReadonlySet<number> | undefined,
): Promise<Postback | undefined> {
  const declaration = declarationOf(inputs);
  const settled = await settle(session, cake, declaration, before);
  if (settled.kind === "unknown") {
    const { kind } = await cake.live.look();
    throw outcomeUnknown(declaration, intent.path, kind === "impossible", "an earlier run was interrupted.");
  }
  if (settled.kind === "absent") return undefined;
  // A look of this run may be older than this one, and must not miss the record.
  cake.live.record(settled.row);
  return asItsDoing(session, declaration, settled.row, before);
}

function asItsDoing(
  session: ProviderContext,
  declaration: PostbackDeclaration,
  row: Postback,
  before: ReadonlySet<number> | undefined,
): Postback | undefined {
  const isNew = before !== undefined && !before.has(row.postbackId);
  return isNew && isAsMade(row, declaration, declaration.postbackStatus)
    ? takenOver(session, declaration, row)
    : undefined;
}

async function confirm(
  session: ProviderContext,
  cake: Cake,
  inputs: Inputs,
  intent: CreateLock,
  made: Made,
): Promise<Postback | undefined> {
  const declaration = declarationOf(inputs);
  const found = await cake.live.find(made.postbackId);
  if (found.kind === "impossible") return takenOver(session, declaration, { ...declaration, ...made });
  if (found.kind === "unseen") {
    await requireProofOfAbsence(session, cake, made.postbackId, declaration);
    await intent.forget();
    return undefined;
  }
  const { row } = found;
  if (!isAsMade(row, declaration, made.postbackStatus)) throw changedSince(declaration, made, intent);
  return takenOver(session, declaration, row);
}

function isAsMade(row: Postback, declaration: PostbackDeclaration, postbackStatus: string): boolean {
  const typeId = typeIdOf(row.postbackType);
  return (
    row.affiliateId === declaration.affiliateId &&
    row.offerId === declaration.offerId &&
    row.postbackStatus === postbackStatus &&
    isEchoOf(row.postbackUrl, declaration.postbackUrl) &&
    (typeId === undefined || typeId === declaration.postbackTypeId)
  );
}

function takenOver(session: ProviderContext, declaration: PostbackDeclaration, row: Postback): Postback {
  session.tell(
    `${nameOf(declaration, row.postbackId)} was made by an earlier run that ended before Pulumi learned of it. It is taken into the state; nothing is created a second time.`,
  );
  return row;
}

function changedSince(
  declaration: PostbackDeclaration,
  { postbackId }: Made,
  intent: CreateLock,
): UnsafeOperationError {
  return new UnsafeOperationError(
    `An earlier run made ${nameOf(declaration, postbackId)} for this resource and ended before Pulumi learned of it; since then the record was changed in CAKE. Nothing was done. To keep it, declare it as it is in CAKE and set "adopt: { postbackId: ${postbackId} }" on the resource; if it is not this resource's any more, remove ${intent.path}, and run again.`,
  );
}
