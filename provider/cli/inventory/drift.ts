import { hash, typeIdOf } from "../../postback/postback";
import type { Side } from "../review/changes";
import { type Difference, differencesOf } from "../review/differences";
import type { LiveRow } from "../sources/source";
import type { RecordDifference } from "./report";
import type { ManagedPostback } from "./stacks";

/** How CAKE differs from a state, part by part. What one of the two does not tell is not compared. */
export function driftOf(live: LiveRow, managed: ManagedPostback): RecordDifference[] {
  const before = sideOf(managed);
  const typeId = typeIdOf(live.type ?? "");
  const after: Side = {
    ...before,
    affiliateId: live.affiliateId ?? before.affiliateId,
    offerId: live.offerId ?? before.offerId,
    status: live.status ?? before.status,
    typeId: before.typeId === undefined ? undefined : (typeId ?? before.typeId),
    // CAKE is known to answer this URL in another spelling.
    url:
      managed.echo === hash([live.url])
        ? before.url
        : { kind: "known", value: live.url, isSecret: managed.isSecret },
  };
  const change = { name: managed.name, kind: "update" as const, id: undefined, before, after, differing: [] };
  return differencesOf(change).map(recordDifference);
}

/** A difference as a report has it. */
export function recordDifference({ part, name, from, to }: Difference): RecordDifference {
  return { part, name: name ?? null, from: from ?? null, to: to ?? null };
}

function sideOf({
  url,
  affiliateId,
  offerId,
  status,
  typeId,
  clickIdSlot,
  overlapUntil,
}: ManagedPostback): Side {
  return { url, affiliateId, offerId, status, typeId, clickIdSlot, overlapUntil, suppress: {} };
}
