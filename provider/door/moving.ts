import type { ProviderContext } from "../lifecycle/context";
import type { DiffResult } from "../lifecycle/diff";
import { UnsafeOperationError } from "../lifecycle/errors";
import { messages, postbackName } from "../lifecycle/messages";
import type { Urn } from "../lifecycle/safety/ownership";
import type { State } from "../lifecycle/state";

/**
 * Refuses to replace a postback in the run that moves it from one door to the other. The engine has the old record deleted
 * by the door that it leaves: that one knows nothing of the new record, and a program in another language may not have it.
 */
export function requireNotReplaced(
  { replacements }: ProviderContext,
  urn: Urn,
  id: string,
  olds: Partial<State>,
  { replaces }: DiffResult,
): void {
  // A refresh compares as well, and replaces nothing.
  if (replaces.length > 0 && replacements.isKnown(urn))
    throw new UnsafeOperationError(messages.replacedWhileMoving(postbackName(olds, id)));
}
