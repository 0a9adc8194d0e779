import { matchType, type Postback, type PostbackDeclaration } from "../../postback/postback";
import { isSpellingOf } from "../../postback/url";
import { differingParts } from "../../postback/urlChanges";
import { rulesBrokenBy } from "../check";
import type { ProviderContext } from "../context";
import { PartialFailure, UnsafeOperationError } from "../errors";
import { messages, postbackName } from "../messages";
import { declarationOf, type Inputs, TYPE_NOT_SEEN } from "../state";
import { requireNoDuplicate } from "./liveDuplicates";
import type { Urn } from "./ownership";
import { write } from "./write";

/**
 * Makes the record that the program names this resource's own. It must be the declared postback; its status and the
 * spelling of its URL may differ, unless the program asked for the record exactly as it is.
 */
export async function adopt(
  context: ProviderContext,
  urn: Urn,
  inputs: Inputs,
  asked: NonNullable<Inputs["adopt"]>,
): Promise<Postback> {
  try {
    const row = await adoptable(context, inputs, asked);
    return await adoptLive(context, urn, inputs, row);
  } catch (error) {
    // A rename by adopt that was refused: if the delete of the former resource goes on, nobody has the record.
    if (error instanceof UnsafeOperationError) context.ownership.askedFor(asked.postbackId, urn);
    throw error;
  }
}

async function adoptable(
  context: ProviderContext,
  inputs: Inputs,
  { postbackId, exactly = false }: NonNullable<Inputs["adopt"]>,
): Promise<Postback> {
  const row = await findRecord(context, inputs, postbackId);
  const differing = [...differencesOf(row, inputs), ...(exactly ? differencesInDetail(row, inputs) : [])];
  if (differing.length > 0) throw new UnsafeOperationError(messages.adoptDiffers(postbackId, differing));
  // What is live already must not block the work on others, but a URL that is not live is a new one.
  const broken = row.postbackUrl === inputs.postbackUrl ? [] : rulesBrokenBy(context, { ...inputs });
  if (broken.length > 0) throw new UnsafeOperationError(messages.adoptBreaksRules(postbackId, broken));
  return row;
}

/** Makes the record this resource's own, with the declared status and the declared spelling of the URL. */
export async function adoptLive(
  context: ProviderContext,
  urn: Urn,
  inputs: Inputs,
  row: Postback,
): Promise<Postback> {
  const changes = {
    ...(row.postbackStatus === inputs.postbackStatus ? {} : { postbackStatus: inputs.postbackStatus }),
    ...(row.postbackUrl === inputs.postbackUrl ? {} : { postbackUrl: inputs.postbackUrl }),
  };
  const isChanged = Object.keys(changes).length > 0;
  const { postbackId } = row;
  if (isChanged && inputs.postbackStatus === "active")
    await requireNoDuplicate(context, urn, { ...inputs, postbackId });
  // Before the first write: another create of this run may have found the same record.
  context.ownership.take(postbackId, urn);
  context.journal.settledBy(row, urn);
  if (!isChanged) return row;
  return write(context, { urn, current: row, changes, known: inputs }).catch((error: unknown) => {
    // After a partial failure Pulumi keeps the record as this resource's.
    if (!(error instanceof PartialFailure)) context.ownership.release(postbackId);
    throw error;
  });
}

async function findRecord(context: ProviderContext, inputs: Inputs, postbackId: number): Promise<Postback> {
  if (!context.hasList) {
    if (!context.overrides.confirmedByHand.has(postbackId))
      throw new UnsafeOperationError(messages.adoptUnseen(postbackId, context.settings.endpoints));
    return { ...declarationOf(inputs), postbackId, postbackType: TYPE_NOT_SEEN };
  }
  // If it is to fire after a change, what fires beside it is needed, too.
  const beside = inputs.postbackStatus === "active" ? inputs.affiliateId : undefined;
  const found = await context.cake().live.findToChange(postbackId, beside);
  if (found.kind === "live") return found.row;
  throw new UnsafeOperationError(
    messages.adoptNotFound(postbackName(inputs, postbackId), found.read.rows.size),
  );
}

// What an adoption puts right by itself.
function differencesInDetail(row: Postback, { postbackUrl, postbackStatus }: PostbackDeclaration): string[] {
  const isOtherSpelling = row.postbackUrl !== postbackUrl && isSpellingOf(row.postbackUrl, postbackUrl);
  return [
    ...(row.postbackStatus === postbackStatus ? [] : ["postbackStatus"]),
    ...(isOtherSpelling ? ["postbackUrl (spelling)"] : []),
  ];
}

// The names of the fields and URL parts in which a live record is another postback than the declared one.
function differencesOf(row: Postback, declaration: PostbackDeclaration): string[] {
  const isOtherType = matchType(row.postbackType, declaration.postbackTypeId) === "different";
  return [
    ...(row.affiliateId === declaration.affiliateId ? [] : ["affiliateId"]),
    ...(row.offerId === declaration.offerId ? [] : ["offerId"]),
    ...(isOtherType ? ["postbackTypeId"] : []),
    ...(isSpellingOf(row.postbackUrl, declaration.postbackUrl)
      ? []
      : differingParts(row.postbackUrl, declaration.postbackUrl).map((part) => `postbackUrl (${part})`)),
  ];
}
