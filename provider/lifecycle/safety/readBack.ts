import { isCakeError } from "../../cake/errors";
import type { Postback } from "../../postback/postback";
import type { ProviderContext } from "../context";

/** The pauses before each search for a write, in milliseconds: at once, soon, and when the list has had its time. */
export function lagPauses({ settings: { listLagMs } }: ProviderContext): number[] {
  const soon = Math.round(listLagMs * 0.3);
  return listLagMs === 0 ? [0] : [0, soon, listLagMs - soon];
}

/** What CAKE's list says of a record after a write. */
export type ReadBack =
  /** The record, as later refreshes will see it. */
  | { readonly kind: "shown"; readonly row: Postback }
  /** The list still shows the record as it was before, or does not show it at all, although it had time. */
  | { readonly kind: "unchanged" | "absent" }
  /** The list did not answer for this one record. */
  | { readonly kind: "unclear"; readonly why: string };

/**
 * Asks the list for a record that was just written: an answer may only repeat the request, and it is the list that later
 * refreshes compare with.
 *
 * @param before The record before an update.
 */
export async function readBack(
  context: ProviderContext,
  answered: Postback,
  before?: Postback,
): Promise<ReadBack> {
  let result: ReadBack = { kind: "absent" };
  for (const pause of lagPauses(context)) {
    if (pause > 0) await context.clock.sleep(pause);
    const read = await readOne(context, answered.postbackId);
    if (typeof read === "object")
      result = isSame(read, before) ? { kind: "unchanged" } : { kind: "shown", row: read };
    else result = read === "absent" ? { kind: "absent" } : { kind: "unclear", why: read };
    if (result.kind === "shown" || result.kind === "unclear") break;
  }
  if (result.kind === "shown")
    context.listSpellsOtherwise ||= result.row.postbackUrl !== answered.postbackUrl;
  return result;
}

// A list that does not filter by ID still shows the record when it is read completely.
async function readOne(context: ProviderContext, postbackId: number): Promise<Postback | string> {
  const { live } = context.cake();
  try {
    const single = await live.readOne(postbackId);
    if (single !== "unclear") return single;
    const { rows, completenessIssues } = await live.readFresh({});
    return rows.get(postbackId) ?? (completenessIssues.join("; ") || "absent");
  } catch (error) {
    if (isCakeError(error)) return error.reason;
    throw error;
  }
}

/** Whether a write is to be read back: the first of its kind, and every one where the list spells URLs otherwise. */
export function isToBeReadBack(context: ProviderContext, alone: boolean): boolean {
  return context.hasList && (alone || context.listSpellsOtherwise);
}

function isSame(one: Postback, other: Postback | undefined): boolean {
  return (
    other !== undefined &&
    (Object.keys(one) as (keyof Postback)[]).every((field) => one[field] === other[field])
  );
}
