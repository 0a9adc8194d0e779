import { isDeepStrictEqual } from "node:util";
import { postbackIdOf } from "../postback/postback";
import type { ProviderContext } from "./context";
import { UnsafeOperationError } from "./errors";
import { markRecorded } from "./journal/recorded";
import { requireSameInstance } from "./safety/sameInstance";
import { type Inputs, nameOf, type State } from "./state";
import { isUnknown } from "./unknown";
import { byHandAdvice } from "./workList";

export interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/**
 * What a change of a field does; `record` changes the state only. Everything that is not in this table is ignored by
 * diff.
 */
export const FIELDS = {
  affiliateId: "replace",
  offerId: "replace",
  postbackTypeId: "replace",
  postbackUrl: "update",
  postbackStatus: "update",
  suppress: "record",
  clickIdSlot: "record",
  overlapUntil: "record",
} as const satisfies Partial<Record<keyof Inputs, "replace" | "update" | "record">>;

type Field = keyof typeof FIELDS;

/** Compares the live record, as the state has it, with what is declared. */
export function diff(
  session: ProviderContext,
  id: string,
  olds: Partial<State>,
  news: Partial<Inputs>,
): DiffResult {
  requireSameInstance(session, id, olds);
  markRecorded(session, olds);
  const changed = (Object.keys(FIELDS) as Field[]).filter((field) => differs(field, olds, news));
  const replaces = changed.filter((field) => FIELDS[field] === "replace");
  // An unknown value may turn out to be the old one; the update will know.
  const certain = replaces.filter((field) => !isUnknown(news[field]));
  if (certain.length > 0) requireUpdatePossible(session, id, olds, certain);
  const postbackId = postbackIdOf(id);
  if (replaces.length === 0 && postbackId !== undefined) session.claims.keep(postbackId, news.__origin);
  return {
    changes: changed.length > 0,
    replaces,
    // Two types of one URL would both fire. Another affiliate or offer is created first, so that a failed
    // create does not leave the partner with nothing.
    deleteBeforeReplace: replaces.length === 1 && replaces[0] === "postbackTypeId",
  };
}

function differs(field: Field, olds: Partial<State>, news: Partial<Inputs>): boolean {
  if (isUnknown(news[field])) return true;
  // CAKE names a type that no article does: it cannot be compared, and must not replace a live postback.
  if (field === "postbackTypeId" && olds.postbackTypeId === undefined) return false;
  return !isDeepStrictEqual(olds[field], news[field]);
}

// A replacement switches the old postback off. Where that cannot be done, the new one must not be made either.
function requireUpdatePossible(
  session: ProviderContext,
  id: string,
  olds: Partial<State>,
  replaces: string[],
): void {
  if (session.settings.endpoints === "all" || session.overrides.confirmedByHand.has(Number(id))) return;
  const { affiliateId = 0, offerId = 0 } = olds;
  throw new UnsafeOperationError(
    `A change of ${replaces.join(" and ")} replaces ${nameOf({ affiliateId, offerId }, id)}, and the old one must then be switched off. ${byHandAdvice([`${id}: set the status to inactive`], true)}`,
  );
}
