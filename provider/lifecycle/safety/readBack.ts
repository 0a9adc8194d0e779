import type { Postback } from "../../postback/postback";
import type { Cake, ProviderContext } from "../context";

/** The pauses before each look for a write, in milliseconds: at once, soon, and when the list has had its time. */
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
  /** The list cannot be asked for one record. */
  | { readonly kind: "unclear" };

/**
 * Asks the list for a record that was just written: an answer may only repeat the request, and it is the list
 * that later refreshes compare with.
 *
 * @param before The record before an update.
 */
export async function readBack(
  session: ProviderContext,
  cake: Cake,
  answered: Postback,
  before?: Postback,
): Promise<ReadBack> {
  let result: ReadBack = { kind: "unclear" };
  for (const pause of lagPauses(session)) {
    if (pause > 0) await session.clock.sleep(pause);
    const peek = await cake.live.peek(answered.postbackId);
    if (peek === "unclear") return { kind: "unclear" };
    result = peek === "absent" ? { kind: "absent" } : sorted(peek, before);
    if (result.kind === "shown") break;
  }
  if (result.kind === "shown")
    session.listSpellsOtherwise ||= result.row.postbackUrl !== answered.postbackUrl;
  return result;
}

/** Whether a write is to be read back: the first of its kind, and every one where the list spells URLs otherwise. */
export function isToBeReadBack(session: ProviderContext, alone: boolean): boolean {
  return alone || session.listSpellsOtherwise;
}

function sorted(listed: Postback, before: Postback | undefined): ReadBack {
  return before !== undefined && isSame(listed, before)
    ? { kind: "unchanged" }
    : { kind: "shown", row: listed };
}

function isSame(one: Postback, other: Postback): boolean {
  return (Object.keys(one) as (keyof Postback)[]).every((field) => one[field] === other[field]);
}
