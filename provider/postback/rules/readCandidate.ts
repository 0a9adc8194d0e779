import { CLICK_ID_SLOTS } from "../macros";
import type { CrossCandidate } from "./crossRule";

/** What a program says about a postback beside its URL, as far as it is known. */
export type ReadValues = Pick<
  CrossCandidate,
  | "affiliateId"
  | "offerId"
  | "postbackStatus"
  | "postbackTypeId"
  | "clickIdSlot"
  | "overlapUntil"
  | "suppress"
>;

/**
 * Reads the properties of a resource for the rules, from a program, a preview, a state or a policy. What is not valid
 * counts as unknown: check refuses it.
 */
export function readValues(properties: Readonly<Record<string, unknown>>): ReadValues {
  const { affiliateId, offerId, postbackStatus, postbackTypeId, clickIdSlot, overlapUntil } = properties;
  return {
    affiliateId: numberIn(affiliateId),
    offerId: numberIn(offerId),
    postbackStatus: typeof postbackStatus === "string" ? postbackStatus : undefined,
    postbackTypeId: numberIn(postbackTypeId),
    clickIdSlot: CLICK_ID_SLOTS.find((slot) => slot === clickIdSlot),
    overlapUntil: isDay(overlapUntil) ? overlapUntil : undefined,
    suppress: reasonsIn(properties.suppress),
  };
}

/** Whether a value is a day of the calendar: `2026-12-31`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  // A date parser makes the third of March of the thirty-first of February.
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

// A reason that is secret or unknown is a reason all the same.
function reasonsIn(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([rule, reason]) => [rule, typeof reason === "string" ? reason : "not shown"]),
  );
}
