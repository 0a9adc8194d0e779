import { isDeepStrictEqual } from "node:util";
import { type FieldsThat, fieldsThat } from "../postback/fields";
import { postbackIdOf } from "../postback/postback";
import type { ProviderContext } from "./context";
import { UnsafeOperationError } from "./errors";
import { messages, postbackName } from "./messages";
import type { Urn } from "./safety/ownership";
import { requireSameInstance } from "./safety/sameRecord";
import { requireReadableState } from "./safety/stateVersion";
import type { Inputs, State } from "./state";
import { isUnknown } from "./unknown";

export interface DiffResult {
  readonly changes: boolean;
  /** The fields that differ. */
  readonly changed: readonly Compared[];
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
}

// Whatever is not named here is ignored. `__applied` is ours, not the program's.
const COMPARED = [
  ...fieldsThat("replace"),
  ...fieldsThat("update"),
  ...fieldsThat("record"),
  "__applied",
] as const;
type Compared = (typeof COMPARED)[number];

/** Compares the live record, as the state has it, with what is declared. */
export function diff(
  context: ProviderContext,
  urn: Urn,
  id: string,
  olds: Partial<State>,
  news: Partial<Inputs>,
): DiffResult {
  requireReadableState({ ...olds }, id);
  requireSameInstance(context, id, olds);
  const changed = changedFields(olds, news);
  const replaces = fieldsThat("replace").filter((field) => changed.includes(field));
  // Two types of one URL would both fire. Another affiliate or offer is created first, so that a failed create does not
  // leave the partner with nothing.
  const deleteBeforeReplace = replaces.length === 1 && replaces[0] === "postbackTypeId";
  const postbackId = postbackIdOf(id);
  if (postbackId !== undefined) {
    context.journal.seen(postbackId);
    // A refresh compares without a check, also what the program no longer declares: then nothing is planned or owned.
    const isDeclared = context.replacements.isKnown(urn);
    if (isDeclared) context.replacements.compared(urn, changed.length > 0);
    if (isDeclared && replaces.length === 0) context.ownership.keep(postbackId, urn);
    if (isDeclared && replaces.length > 0) {
      requireReplaceable(context, postbackId, olds, news, replaces);
      context.replacements.plan(postbackId, { urn, news });
    }
  }
  return { changes: changed.length > 0, changed, replaces, deleteBeforeReplace };
}

/** The fields in which what is declared differs from the state. */
export function changedFields(olds: Partial<State>, news: Partial<Inputs>): Compared[] {
  return COMPARED.filter((field) => differs(field, olds, news));
}

function differs(field: Compared, olds: Partial<State>, news: Partial<Inputs>): boolean {
  if (isUnknown(news[field])) return true;
  // A type that no article names cannot be compared, and must not replace a live postback.
  if (field === "postbackTypeId" && olds.postbackTypeId === undefined) return false;
  return !isDeepStrictEqual(olds[field], news[field]);
}

// A replacement deactivates the old postback. Where that cannot or may not be done, the new one must not be made either.
function requireReplaceable(
  context: ProviderContext,
  postbackId: number,
  olds: Partial<State>,
  news: Partial<Inputs>,
  replaces: readonly FieldsThat<"replace">[],
): void {
  const name = postbackName(olds, postbackId);
  if (context.canUpdate) {
    context.changeLimit.plan(String(postbackId), name);
    return;
  }
  // An unknown value may turn out to be the old one; the update will know.
  const certain = replaces.filter((field) => !isUnknown(news[field]));
  if (certain.length > 0 && !context.overrides.confirmedByHand.has(postbackId))
    throw new UnsafeOperationError(messages.replacementByHand(name, postbackId, certain));
}
