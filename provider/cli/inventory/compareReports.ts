import * as v from "valibot";
import { FORMATS } from "../../formats/formats";
import { attempt } from "../../lifecycle/attempt";
import { CodedError } from "../../message";
import { maskText, maskUrl } from "../../postback/secrets";
import { urlChanges } from "../../postback/urlChanges";
import type { Source } from "../input/live/source";
import { refuseNewer } from "../input/newer";
import { toPartDifference } from "./drift";
import { limits, messages } from "./messages";
import type { ChangedPostback, InventoryPostback, PartDifference, PostbackName, Since } from "./report";

const postback = v.object({
  instance: v.string(),
  id: v.number(),
  affiliateId: v.nullable(v.number()),
  offerId: v.nullable(v.number()),
  status: v.nullable(v.string()),
  type: v.nullable(v.string()),
  // An earlier version may have taken less for a secret.
  url: v.nullable(v.pipe(v.string(), v.transform(maskUrl))),
  isLive: v.boolean(),
  fingerprint: v.string(),
});

const earlierReport = v.object({
  version: v.literal(FORMATS.inventoryReport),
  takenAt: v.pipe(v.string(), v.check(isTime)),
  sources: v.array(v.object({ instance: v.string(), kind: v.string(), incomplete: v.array(v.string()) })),
  where: v.array(v.string()),
  postbacks: v.array(postback),
});

/** What is read of an earlier report. */
export type EarlierReport = v.InferOutput<typeof earlierReport>;
type EarlierPostback = EarlierReport["postbacks"][number];

/** Reads an earlier report. Throws a message for people. */
export function parseEarlierReport(text: string, file: string): EarlierReport {
  const content: unknown = attempt(() => JSON.parse(text));
  refuseNewer("inventoryReport", content, file);
  const parsed = v.safeParse(earlierReport, content);
  if (!parsed.success) throw new CodedError(messages.sinceInvalid(maskText(file)));
  const { where } = parsed.output;
  if (where.length > 0) throw new CodedError(messages.sinceFiltered(maskText(file), where.map(maskText)));
  return parsed.output;
}

/** What became of the postbacks since, instance by instance. */
export function compareReports(
  earlier: EarlierReport,
  sources: readonly Source[],
  all: readonly InventoryPostback[],
): Since {
  const parts = sources.map((source) => {
    const { instance, kind } = source;
    // What only a state had says nothing about CAKE.
    const isOwn = (one: { instance: string; isLive: boolean }) => one.isLive && one.instance === instance;
    const was = earlier.sources.find((one) => one.instance === instance && one.kind === kind);
    return compareInstance(source, was, earlier.postbacks.filter(isOwn), all.filter(isOwn));
  });
  return {
    takenAt: earlier.takenAt,
    added: parts.flatMap(({ added }) => added),
    gone: parts.flatMap(({ gone }) => gone),
    changed: parts.flatMap(({ changed }) => changed),
    incomplete: parts.flatMap(({ incomplete }) => incomplete),
  };
}

function compareInstance(
  { instance, kind, incomplete }: Source,
  was: EarlierReport["sources"][number] | undefined,
  then: readonly EarlierPostback[],
  now: readonly InventoryPostback[],
): Omit<Since, "takenAt"> {
  const issues = (issue: string) => [{ instance, issue }];
  if (was === undefined)
    return { added: [], gone: [], changed: [], incomplete: issues(limits.otherSource(kind)) };
  const [wasComplete, isComplete] = [was.incomplete.length === 0, incomplete.length === 0];
  const [oldById, nowById] = [byId(then), byId(now)];
  return {
    added: wasComplete ? now.filter(({ id }) => !oldById.has(id)).map(toPostbackName) : [],
    gone: wasComplete && isComplete ? then.filter(({ id }) => !nowById.has(id)).map(toPostbackName) : [],
    changed: now.flatMap((one) => toChangedPostback(oldById.get(one.id), one)),
    incomplete: wasComplete && isComplete ? [] : issues(limits.incomplete),
  };
}

function toChangedPostback(old: EarlierPostback | undefined, now: InventoryPostback): ChangedPostback[] {
  if (old === undefined) return [];
  const differences = [...fieldDifferences(old, now), ...urlDifferences(old, now)];
  return differences.length === 0 ? [] : [{ ...toPostbackName(now), differences }];
}

const FIELDS = [
  ["affiliate", "affiliateId"],
  ["offer", "offerId"],
  ["type", "type"],
  ["status", "status"],
] as const;

function fieldDifferences(old: EarlierPostback, now: InventoryPostback): PartDifference[] {
  return FIELDS.filter(([, field]) => old[field] !== now[field]).map(([part, field]) =>
    toPartDifference({ part, from: String(old[field] ?? "unknown"), to: String(now[field] ?? "unknown") }),
  );
}

// Both are masked already, so a secret that changed is in neither. Where a source shows no URL, there is no fingerprint.
function urlDifferences(old: EarlierPostback, now: InventoryPostback): PartDifference[] {
  const isUrlUnknown = old.fingerprint === "" || now.fingerprint === "";
  if (isUrlUnknown || old.fingerprint === now.fingerprint) return [];
  const changes = old.url === null || now.url === null ? [] : urlChanges(old.url, now.url);
  return changes.length === 0
    ? [toPartDifference({ part: "a secret part of the URL" })]
    : changes.map(toPartDifference);
}

function byId<T extends { id: number }>(postbacks: readonly T[]): Map<number, T> {
  return new Map(postbacks.map((one) => [one.id, one]));
}

function toPostbackName({ instance, id, affiliateId, offerId }: PostbackName): PostbackName {
  return { instance, id, affiliateId, offerId };
}

// As every report writes it, so that it can be printed and counted from.
function isTime(text: string): boolean {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString() === text;
}
