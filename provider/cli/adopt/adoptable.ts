import { checkArguments } from "../../lifecycle/arguments";
import { type PostbackDeclaration, type PostbackTypeId, typeIdOf } from "../../postback/postback";
import type { LiveRow } from "../input/live/source";
import { reasons } from "./messages";
import type { AdoptedRow } from "./row";

/** A live postback that no program can declare as it is. */
export interface Unadoptable {
  readonly postbackId: number;
  readonly reason: string;
}

/** A live postback that can be declared; its name is still to be found. */
export type Unnamed = Omit<AdoptedRow, "name" | "secrets">;

/**
 * The declaration that stands for a live postback, or why there is none. Rules do not count here: a postback that
 * breaks one is adopted as it is, and warns until it changes.
 */
export function declarationOf(row: LiveRow): Unnamed | Unadoptable {
  const { id: postbackId, affiliateId, offerId, status, type, url: postbackUrl } = row;
  const postbackTypeId = typeIdNamed(type ?? "");
  if (postbackTypeId === undefined) return { postbackId, reason: reasons.unknownType(type ?? "") };
  const declaration = { affiliateId, offerId, postbackUrl, postbackStatus: status, postbackTypeId };
  const { invalid } = checkArguments(declaration);
  if (invalid.length > 0) return { postbackId, reason: invalid.map(reasons.invalidValue).join("; ") };
  return { ...(declaration as PostbackDeclaration), postbackId, postbackType: type ?? "" };
}

export function isAdoptable<Row extends object>(row: Row | Unadoptable): row is Row {
  return !("reason" in row);
}

// Only "Server" stands in an article as the name of a type. The words by which the article explains the ids serve for
// the rest: a type that no article names never replaces a postback, so a wrong guess changes nothing at CAKE.
const TYPE_PREFIXES: readonly (readonly [RegExp, PostbackTypeId])[] = [
  [/^server/i, 1],
  [/^i-?frame/i, 2],
  [/^image/i, 3],
  [/^java ?script/i, 4],
];

function typeIdNamed(type: string): PostbackTypeId | undefined {
  return typeIdOf(type) ?? TYPE_PREFIXES.find(([prefix]) => prefix.test(type))?.[1];
}
