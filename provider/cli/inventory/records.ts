import { hash } from "../../postback/postback";
import type { Judgement } from "../../postback/rules/judge";
import { maskUrl } from "../../postback/secrets";
import { TRACKERS } from "../../postback/trackers";
import { recognizeTracker } from "../../postback/trackers/templates";
import { driftOf } from "./drift";
import { isSecret, toldUrl, urlOf } from "./judgements";
import type { Pair } from "./pairs";
import type { InventoryRecord, Mark, RecordDifference, RecordFinding, Standing } from "./report";
import { MARKS } from "./report";
import { hostOf, shapeOf } from "./shape";

/** One line of the report. */
export function recordOf(pair: Pair, judgements: readonly Judgement[]): InventoryRecord {
  const { source, id, live, managed } = pair;
  const [first] = managed;
  const drift = driftOf(pair);
  const url = urlOf(pair);
  return {
    instance: source.instance,
    id,
    affiliateId: live?.affiliateId ?? first?.affiliateId ?? null,
    offerId: live?.offerId ?? first?.offerId ?? null,
    status: live?.status ?? first?.status ?? null,
    type: live?.type ?? null,
    ...urlFacts(isSecret(pair) ? undefined : url),
    standing: standingOf(pair),
    isSeen: live !== undefined,
    marks: marksOf(pair, drift, judgements),
    managedBy: managed.map(({ stack, name }) => ({ stack, name })),
    drift,
    findings: judgements.map(findingOf),
    fingerprint: url === undefined ? "" : hash([url]),
  };
}

function urlFacts(url: string | undefined): Pick<InventoryRecord, "url" | "host" | "tracker" | "shape"> {
  if (url === undefined) return { url: null, host: null, tracker: null, shape: null };
  const recognised = recognizeTracker(url);
  // Where a URL lacks its "?", its parameters stand in its host or path.
  const shown = maskUrl(url);
  return {
    url: shown,
    host: hostOf(shown),
    tracker: recognised === undefined ? null : TRACKERS[recognised.tracker].name,
    shape: shapeOf(shown),
  };
}

// What an incomplete listing does not show may be there all the same.
function standingOf({ live, managed, source }: Pair): Standing {
  if (live === undefined && source.flaws.length === 0) return "missing";
  return managed.length > 0 ? "managed" : "unmanaged";
}

function marksOf(pair: Pair, drift: readonly RecordDifference[], judgements: readonly Judgement[]): Mark[] {
  const { source, live, managed } = pair;
  const counted = judgements.filter(({ suppressed }) => suppressed === undefined);
  const isActive = live !== undefined && (live.status ?? "active").toLowerCase() === "active";
  const isInactive = live !== undefined && !isActive && source.kind !== "campaigns";
  const isUnseen = live === undefined && source.flaws.length > 0;
  const isUntold = toldUrl(pair) === undefined || managed.some(({ url }) => url.kind !== "known");
  const holds: Readonly<Record<Mark, boolean>> = {
    // Two postbacks that are equal may both be behind one campaign; nothing tells which of them is.
    claimedTwice: new Set(managed.map(({ id }) => id)).size < managed.length,
    drifted: drift.length > 0,
    duplicate: counted.some(({ rule, severity }) => rule === "P20" && severity === "error"),
    // What CAKE does not call loses nobody a conversion.
    broken: !isInactive && counted.some(({ rule, severity }) => rule !== "P20" && severity === "error"),
    exposed: counted.some(({ rule }) => rule === "P16"),
    // As P20 above, P16 has a mark of its own.
    warned: !isInactive && counted.some(({ rule, severity }) => rule !== "P16" && severity === "warning"),
    inactive: isInactive,
    notCompared: isUnseen || (live !== undefined && managed.length > 0 && isUntold),
  };
  return MARKS.filter((mark) => holds[mark]);
}

function findingOf({ rule, severity, part, what, suppressed }: Judgement): RecordFinding {
  return { rule, severity, part, what, ...(suppressed === undefined ? {} : { suppressed }) };
}
