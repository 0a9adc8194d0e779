import { RefusedByGuard } from "./errors";
import type { Look } from "./oldLive";
import { provesAbsence } from "./oldLive";

/** Why a record that the whole list does not show may be there all the same; undefined where the list proves that it is not. */
export function doubtInWhole(whole: Look): string | undefined {
  if (whole.kind === "impossible") return whole.why;
  if (provesAbsence(whole.listing)) return undefined;
  return whole.listing.flaws.join("; ") || "the list is empty, as it is for a key without rights";
}

/** The same for a read that asks for just this id, which is newer than the whole list. */
export function doubtInSingle(single: Look, postbackId: number): string | undefined {
  if (single.kind === "impossible") return single.why;
  if (single.listing.rows.has(postbackId)) return "a second read, for this id alone, does show it";
  return single.listing.flaws.join("; ") || undefined;
}

/** What is said of a postback that no state knows and CAKE does not show. That it is not there is said only with proof. */
export function notShown(postbackId: number, domain: string, doubt: string | undefined): RefusedByGuard {
  return new RefusedByGuard(
    doubt === undefined
      ? `There is no postback ${postbackId} at ${domain} that this API key can see. Check the id and the instance.`
      : `Whether there is a postback ${postbackId} at ${domain} cannot be told: CAKE's list does not show it, but that proves nothing, because ${doubt}. Run again later, or look at the postback in CAKE.`,
  );
}
