import type { Postback } from "../postback/postback";
import type { Cake, Session } from "./session";

/**
 * The record as CAKE's list shows it after a write, asked for by the first write of its kind in a run: an
 * answer may only repeat the request, and it is the list that later refreshes compare with. Where the list
 * spells URLs otherwise, every write of the run is read back.
 *
 * @param before The record before an update: a list that still shows it lags, and shows nothing.
 */
export async function readBack(
  session: Session,
  cake: Cake,
  answered: Postback,
  alone: boolean,
  before?: Postback,
): Promise<Postback> {
  if (!alone && !session.listSpellsOtherwise) return answered;
  const listed = await cake.live.peek(answered.postbackId);
  if (listed === undefined || (before !== undefined && isSame(listed, before))) return answered;
  session.listSpellsOtherwise ||= listed.postbackUrl !== answered.postbackUrl;
  return listed;
}

function isSame(one: Postback, other: Postback): boolean {
  return (Object.keys(one) as (keyof Postback)[]).every((field) => one[field] === other[field]);
}
