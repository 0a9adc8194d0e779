import { FORMATS, isNewer } from "../../formats/formats";
import { messages as formats } from "../../formats/messages";
import { UnsafeOperationError } from "../errors";
import { messages, phrases, postbackName } from "../messages";
import type { CreateSubject, UnreadableEntry } from "./entry";

/** Why a create stops beside an entry of its affiliate and offer that this version cannot read: it may be a create of the same. */
export function unreadableEntry(
  declaration: CreateSubject["declaration"],
  { name, version }: UnreadableEntry,
): UnsafeOperationError {
  const { affiliateId, offerId } = declaration;
  const postback = postbackName({ affiliateId, offerId });
  if (!isNewer("journalEntry", version))
    return new UnsafeOperationError(messages.entryUnreadable(postback, name));
  const what = phrases.entryFor(postback);
  return new UnsafeOperationError(
    formats.newer(what, version, FORMATS.journalEntry, phrases.orDecideOn(name)),
  );
}
