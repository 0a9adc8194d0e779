import { hash } from "../../postback/postback";
import { isActive } from "../../postback/rules/crossRule";
import { firesTwice } from "../../postback/rules/firesTwice";
import { maskUrl } from "../../postback/secrets";
import { TRACKERS } from "../../postback/trackers";
import { recognizeTracker } from "../../postback/trackers/templates";
import { ALL_CONDITIONS, type Condition, type HostCondition } from "./conditions";
import { findDrift } from "./drift";
import { isSecret, knownUrl, liveUrl, type PostbackFinding } from "./evaluateRules";
import type { HostCheck } from "./hosts/checkHost";
import type { MatchedPostback } from "./matchPostbacks";
import type { InventoryPostback, PartDifference, RuleFinding } from "./report";
import { urlHost, urlShape } from "./urlShape";

/** What the report says of one postback. */
export function toInventoryPostback(
  pair: MatchedPostback,
  found: readonly PostbackFinding[],
): InventoryPostback {
  const { source, id, live, managed } = pair;
  const [first] = managed;
  const drift = findDrift(pair);
  const url = knownUrl(pair);
  return {
    instance: source.instance,
    id,
    affiliateId: live?.affiliateId ?? first?.affiliateId ?? null,
    offerId: live?.offerId ?? first?.offerId ?? null,
    status: live?.status ?? first?.postbackStatus ?? null,
    type: live?.type ?? null,
    ...urlFacts(isSecret(pair) ? undefined : url),
    hostCheck: null,
    is: conditionsOf(pair, drift, found),
    isLive: live !== undefined,
    managedBy: managed.map(({ stack, name }) => ({ stack, name })),
    drift,
    findings: found.map((one) => toRuleFinding(one, id, isSecret(pair))),
    fingerprint: url === undefined ? "" : hash([url]),
  };
}

/** What the check of its host adds: what CAKE does not call loses nobody a click ID, so that it has no condition. */
export function withHostCheck(postback: InventoryPostback, { is, found }: HostCheck): InventoryPostback {
  const added: readonly Condition[] = postback.is.includes("inactive") ? [] : is;
  const holds = new Set([...postback.is, ...added]);
  return { ...postback, is: ALL_CONDITIONS.filter((one) => holds.has(one)), hostCheck: found };
}

function urlFacts(url: string | undefined): Pick<InventoryPostback, "url" | "host" | "tracker" | "shape"> {
  if (url === undefined) return { url: null, host: null, tracker: null, shape: null };
  const recognized = recognizeTracker(url);
  // Where a URL lacks its "?", its parameters stand in its host or path.
  const shown = maskUrl(url);
  return {
    url: shown,
    host: urlHost(shown),
    tracker: recognized === undefined ? null : TRACKERS[recognized.tracker].name,
    shape: urlShape(shown),
  };
}

function conditionsOf(
  pair: MatchedPostback,
  drift: readonly PartDifference[],
  found: readonly PostbackFinding[],
): Condition[] {
  const { source, live, managed } = pair;
  const isLive = live !== undefined;
  // What an incomplete list does not show may be there all the same.
  const isIncomplete = source.incomplete.length > 0;
  const isInactive =
    isLive && !isActive({ postbackStatus: live.status ?? undefined }) && source.kind !== "campaigns";
  const isUrlUnknown = liveUrl(pair) === undefined || managed.some(({ url }) => url.kind !== "known");
  const counted = found.filter(({ suppressed }) => suppressed === undefined);
  const holds: Readonly<Record<Exclude<Condition, HostCondition>, boolean>> = {
    firesTwice: counted.some(({ rule, severity }) => rule === firesTwice.id && severity === "error"),
    missing: !isLive && !isIncomplete,
    // Two postbacks that are equal may both be behind one campaign; nothing tells which of them is.
    managedTwice: new Set(managed.map(({ id }) => id)).size < managed.length,
    drifted: drift.length > 0,
    // What CAKE does not call loses nobody a conversion.
    ruleError:
      !isInactive && counted.some(({ rule, severity }) => rule !== firesTwice.id && severity === "error"),
    unmanaged: isLive && managed.length === 0,
    plainSecret: counted.some(({ rule }) => rule === "P16"),
    ruleWarning:
      !isInactive && counted.some(({ rule, severity }) => rule !== "P16" && severity === "warning"),
    notCompared: isLive && managed.length > 0 && isUrlUnknown,
    notSeen: !isLive && isIncomplete,
    inactive: isInactive,
    managed: isLive && managed.length > 0,
  };
  return ALL_CONDITIONS.filter((one) => one in holds && holds[one as keyof typeof holds]);
}

// Thousands that fire together would each name all others.
const MAX_NAMED = 10;

function toRuleFinding(
  { rule, severity, part, what, receives, suppressed, together = [] }: PostbackFinding,
  id: number,
  isHidden: boolean,
): RuleFinding {
  const named = together
    .slice(0, MAX_NAMED + 1)
    .filter((one) => one.id !== id)
    .slice(0, MAX_NAMED);
  const more = together.length - 1 - named.length;
  return {
    rule,
    severity,
    part,
    what,
    ...(receives === undefined || isHidden ? {} : { receives: maskUrl(receives) }),
    ...(named.length === 0 ? {} : { with: named }),
    ...(more > 0 ? { withMore: more } : {}),
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}
