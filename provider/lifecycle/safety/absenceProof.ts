import type { LivePostbacks } from "../../cake/livePostbacks";
import { doubtIn, type ListRead, provesAbsence } from "../../cake/readList";
import type { ProviderContext } from "../context";
import { UnsafeOperationError } from "../errors";
import { messages, postbackName } from "../messages";
import type { State } from "../state";

/**
 * Why a record that the complete list does not show may be there all the same; undefined where that is proven not to be so.
 * It takes two witnesses: a complete list that is not empty, and a read for this id alone.
 */
export async function doubtAboutAbsence(
  live: LivePostbacks,
  postbackId: number,
  list: ListRead,
): Promise<string | undefined> {
  if (!provesAbsence(list)) return doubtIn(list);
  const single = await live.readOne(postbackId);
  if (single === "absent") return undefined;
  return single === "unclear"
    ? "a second read, for this ID alone, did not answer it"
    : "a second read, for this ID alone, shows it";
}

/**
 * Throws unless the postback is provably gone and a person said so. CAKE has no delete call: a record that vanished most
 * often means a key that sees less, or another tenant.
 */
export async function requireProofOfAbsence(
  context: ProviderContext,
  postbackId: number,
  state: Partial<State>,
  list: ListRead,
): Promise<void> {
  const name = postbackName(state, postbackId);
  const doubt = await doubtAboutAbsence(context.cake().live, postbackId, list);
  if (doubt !== undefined) throw new UnsafeOperationError(messages.absenceNotProven(name, doubt));
  if (!context.overrides.forget.has(postbackId))
    throw new UnsafeOperationError(messages.postbackMissing(name, postbackId));
}
