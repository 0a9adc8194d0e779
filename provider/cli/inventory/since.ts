import * as v from "valibot";
import { urlChanges } from "../../postback/urlChanges";
import type { Source } from "../input/live/source";
import { maskedUrl } from "../mask";
import { partDifference } from "./drift";
import type { ChangedPostback, InventoryPostback, PartDifference, PostbackName, Since } from "./report";

const postback = v.object({
  instance: v.string(),
  id: v.number(),
  affiliateId: v.nullable(v.number()),
  offerId: v.nullable(v.number()),
  status: v.nullable(v.string()),
  type: v.nullable(v.string()),
  // An earlier version may have taken less for a secret.
  url: v.nullable(v.pipe(v.string(), v.transform(maskedUrl))),
  isLive: v.boolean(),
  fingerprint: v.string(),
});

const earlierReport = v.object({
  version: v.literal(1),
  takenAt: v.pipe(v.string(), v.check(isTime)),
  sources: v.array(
    v.object({ instance: v.string(), kind: v.string(), completenessIssues: v.array(v.string()) }),
  ),
  where: v.array(v.string()),
  postbacks: v.array(postback),
});

/** What is read of an earlier report. */
export type Earlier = v.InferOutput<typeof earlierReport>;
type EarlierPostback = Earlier["postbacks"][number];

/** Reads an earlier report. Throws a message for people. */
export function earlierFrom(text: string, file: string): Earlier {
  const parsed = v.safeParse(earlierReport, jsonOf(text, file));
  if (!parsed.success)
    throw new Error(
      `${file} is not a report of "pulumi-cake inventory --format json" that this version reads.`,
    );
  const { where } = parsed.output;
  if (where.length > 0)
    throw new Error(
      `${file} holds only postbacks with ${where.join(" and ")}, so others may have been live, too. Save the reports for --since without --where.`,
    );
  return parsed.output;
}

/** What became of the postbacks since. */
export function sinceOf(
  earlier: Earlier,
  sources: readonly Source[],
  all: readonly InventoryPostback[],
): Since {
  const compared = sources.filter((source) => before(earlier, source) !== undefined);
  const isCompared = ({ instance }: { instance: string }) =>
    compared.some((source) => source.instance === instance);
  // What only a state had says nothing about CAKE.
  const now = all.filter((one) => one.isLive && isCompared(one));
  const then = earlier.postbacks.filter((one) => one.isLive && isCompared(one));
  const [oldByKey, nowByKey] = [byKey(then), byKey(now)];
  const wholeNow = new Set(sources.filter(({ flaws }) => flaws.length === 0).map((one) => one.instance));
  return {
    takenAt: earlier.takenAt,
    added: now.filter((one) => !oldByKey.has(keyOf(one)) && wasWhole(earlier, one)).map(nameOf),
    gone: then
      .filter((one) => !nowByKey.has(keyOf(one)) && wholeNow.has(one.instance) && wasWhole(earlier, one))
      .map(nameOf),
    changed: now.flatMap((one) => changed(oldByKey.get(keyOf(one)), one)),
    completenessIssues: [
      ...sources.filter((source) => !compared.includes(source)).map(notRead),
      ...compared
        .filter((source) => !wholeNow.has(source.instance) || !wasWhole(earlier, source))
        .map(({ instance }) => `${instance}: ${INCOMPLETE}`),
    ],
  };
}

const INCOMPLETE =
  "one of the two lists may be incomplete, so only what is certainly new or gone is reported";

function notRead({ instance, kind }: Source): string {
  return `${instance}: the earlier report did not read it from the same kind of source (${kind}), so nothing was compared`;
}

function before(earlier: Earlier, { instance, kind }: Source): Earlier["sources"][number] | undefined {
  return earlier.sources.find((source) => source.instance === instance && source.kind === kind);
}

function wasWhole(earlier: Earlier, { instance }: { instance: string }): boolean {
  return earlier.sources.some(
    (source) => source.instance === instance && source.completenessIssues.length === 0,
  );
}

function changed(old: EarlierPostback | undefined, now: InventoryPostback): ChangedPostback[] {
  if (old === undefined) return [];
  const differences = [...fieldDifferences(old, now), ...urlDifferences(old, now)];
  return differences.length === 0 ? [] : [{ ...nameOf(now), differences }];
}

const FIELDS = [
  ["affiliate", "affiliateId"],
  ["offer", "offerId"],
  ["type", "type"],
  ["status", "status"],
] as const;

function fieldDifferences(old: EarlierPostback, now: InventoryPostback): PartDifference[] {
  return FIELDS.filter(([, field]) => old[field] !== now[field]).map(([part, field]) =>
    partDifference({ part, from: String(old[field] ?? "unknown"), to: String(now[field] ?? "unknown") }),
  );
}

// Both are masked already, so a secret that changed is in neither. Where a source shows no URL, there is no fingerprint.
function urlDifferences(old: EarlierPostback, now: InventoryPostback): PartDifference[] {
  const isUntold = old.fingerprint === "" || now.fingerprint === "";
  if (isUntold || old.fingerprint === now.fingerprint) return [];
  const told = old.url === null || now.url === null ? [] : urlChanges(old.url, now.url);
  return told.length === 0
    ? [partDifference({ part: "a secret part of the URL" })]
    : told.map(partDifference);
}

function byKey<T extends { instance: string; id: number }>(postbacks: readonly T[]): Map<string, T> {
  return new Map(postbacks.map((one) => [keyOf(one), one]));
}

function keyOf({ instance, id }: { instance: string; id: number }): string {
  return `${instance}/${id}`;
}

function nameOf({ instance, id, affiliateId, offerId }: PostbackName): PostbackName {
  return { instance, id, affiliateId, offerId };
}

// As every report writes it, so that it can be printed and counted from.
function isTime(text: string): boolean {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString() === text;
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}
