import { hash, typeIdOf } from "../../postback/postback";
import { maskUrl } from "../../postback/secrets";
import type { DeclaredPostback } from "../input/declared";
import type { LiveRow } from "../input/live/source";
import type { ManagedPostback } from "../input/stacks";
import { type Difference, differencesOf } from "../review/differences";
import { isSecret, liveUrl } from "./evaluateRules";
import type { MatchedPostback } from "./matchPostbacks";
import type { PartDifference } from "./report";

/**
 * How CAKE differs from a state, part by part. What one of the two does not tell is not compared. Where several
 * resources manage the postback, it is the first state that CAKE differs from.
 */
export function findDrift(pair: MatchedPostback): PartDifference[] {
  const { live, managed, source } = pair;
  // A campaign belongs to a postback only because the two are equal.
  if (live === undefined || source.kind === "campaigns") return [];
  const url = liveUrl(pair);
  const found = managed.map((one) => {
    const isSame =
      url === undefined || isStoredUrl(one, url) || (source.kind === "csv" && isMaskOf(one, url));
    return driftFrom(one, live, isSame ? undefined : url, isSecret(pair));
  });
  return found.find((drift) => drift.length > 0) ?? [];
}

function driftFrom(
  before: ManagedPostback,
  live: LiveRow,
  /** At CAKE, where it is to be compared. */
  url: string | undefined,
  isSecret: boolean,
): PartDifference[] {
  const typeId = typeIdOf(live.type ?? "");
  const after: DeclaredPostback = {
    ...before,
    affiliateId: live.affiliateId ?? before.affiliateId,
    offerId: live.offerId ?? before.offerId,
    postbackStatus: live.status?.toLowerCase() ?? before.postbackStatus,
    postbackTypeId: before.postbackTypeId === undefined ? undefined : (typeId ?? before.postbackTypeId),
    // One program that keeps the URL secret is enough, whatever the others do.
    url: url === undefined ? before.url : { kind: "known", value: url, isSecret },
  };
  const change = {
    name: before.name,
    kind: "update" as const,
    id: undefined,
    instance: before.instance,
    rules: undefined,
    before,
    after,
    changedProperties: [],
  };
  return differencesOf(change).map(toPartDifference);
}

// CAKE is known to answer this URL in another spelling.
function isStoredUrl({ storedUrlHash }: ManagedPostback, answered: string): boolean {
  return storedUrlHash === hash([answered]);
}

// A CSV of this command holds its URLs with the secrets masked.
function isMaskOf({ url }: ManagedPostback, text: string): boolean {
  return url.kind === "known" && typeof url.value === "string" && maskUrl(url.value) === text;
}

/** A difference as a report has it. */
export function toPartDifference({ part, name, from, to }: Difference): PartDifference {
  return {
    part: part === HIDDEN ? "secret URL" : part,
    name: name ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

// In the words of a review, after which no verb fits.
const HIDDEN = "the URL, which is secret";
