import * as v from "valibot";
import { maskUrl } from "../../postback/secrets";
import { urlChanges } from "../../postback/urlChanges";
import type { Source } from "../input/live/source";
import { recordDifference } from "./drift";
import type { ChangedRecord, InventoryRecord, RecordDifference, RecordName, Since } from "./report";

const record = v.object({
  instance: v.string(),
  id: v.number(),
  affiliateId: v.nullable(v.number()),
  offerId: v.nullable(v.number()),
  status: v.nullable(v.string()),
  type: v.nullable(v.string()),
  // An earlier version may have taken less for a secret.
  url: v.nullable(v.pipe(v.string(), v.transform(maskUrl))),
  isSeen: v.boolean(),
  fingerprint: v.string(),
});

const earlierReport = v.object({
  version: v.literal(1),
  takenAt: v.pipe(v.string(), v.check(isTime)),
  sources: v.array(v.object({ instance: v.string(), kind: v.string(), flaws: v.array(v.string()) })),
  where: v.array(v.string()),
  records: v.array(record),
});

/** What is read of an earlier report. */
export type Earlier = v.InferOutput<typeof earlierReport>;
type EarlierRecord = Earlier["records"][number];

/** Reads an earlier report. Throws a message for people. */
export function earlierFrom(text: string, file: string): Earlier {
  const parsed = v.safeParse(earlierReport, jsonOf(text, file));
  if (!parsed.success)
    throw new Error(`${file} is no report of "pulumi-cake inventory --format json" that this version reads.`);
  const { where } = parsed.output;
  if (where.length > 0)
    throw new Error(
      `${file} holds only the records with ${where.join(" and ")}: what is not in it may have been there. Save the reports for --since without --where.`,
    );
  return parsed.output;
}

/** What became of the records since. */
export function sinceOf(
  earlier: Earlier,
  sources: readonly Source[],
  all: readonly InventoryRecord[],
): Since {
  const compared = sources.filter((source) => before(earlier, source) !== undefined);
  const isCompared = ({ instance }: { instance: string }) =>
    compared.some((source) => source.instance === instance);
  // What only a state had says nothing about CAKE.
  const now = all.filter((one) => one.isSeen && isCompared(one));
  const then = earlier.records.filter((one) => one.isSeen && isCompared(one));
  const [oldByKey, nowByKey] = [byKey(then), byKey(now)];
  const wholeNow = new Set(sources.filter(({ flaws }) => flaws.length === 0).map((one) => one.instance));
  return {
    takenAt: earlier.takenAt,
    added: now.filter((one) => !oldByKey.has(keyOf(one)) && wasWhole(earlier, one)).map(nameOf),
    gone: then
      .filter((one) => !nowByKey.has(keyOf(one)) && wholeNow.has(one.instance) && wasWhole(earlier, one))
      .map(nameOf),
    changed: now.flatMap((one) => changed(oldByKey.get(keyOf(one)), one)),
    flaws: [
      ...sources.filter((source) => !compared.includes(source)).map(notRead),
      ...compared
        .filter((source) => !wholeNow.has(source.instance) || !wasWhole(earlier, source))
        .map(({ instance }) => `${instance}: ${INCOMPLETE}`),
    ],
  };
}

const INCOMPLETE =
  "one of the two listings is not provably complete, so that what is new or gone is told only as far as it is certain";

function notRead({ instance, kind }: Source): string {
  return `${instance}: the earlier report did not read it from the same kind of source (${kind}), so nothing is compared`;
}

function before(earlier: Earlier, { instance, kind }: Source): Earlier["sources"][number] | undefined {
  return earlier.sources.find((source) => source.instance === instance && source.kind === kind);
}

function wasWhole(earlier: Earlier, { instance }: { instance: string }): boolean {
  return earlier.sources.some((source) => source.instance === instance && source.flaws.length === 0);
}

function changed(old: EarlierRecord | undefined, now: InventoryRecord): ChangedRecord[] {
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

function fieldDifferences(old: EarlierRecord, now: InventoryRecord): RecordDifference[] {
  return FIELDS.filter(([, field]) => old[field] !== now[field]).map(([part, field]) =>
    recordDifference({ part, from: String(old[field] ?? "not told"), to: String(now[field] ?? "not told") }),
  );
}

// Both are masked already, so a secret that changed is in neither. Where a source told no URL, there is no fingerprint.
function urlDifferences(old: EarlierRecord, now: InventoryRecord): RecordDifference[] {
  const isUntold = old.fingerprint === "" || now.fingerprint === "";
  if (isUntold || old.fingerprint === now.fingerprint) return [];
  const told = old.url === null || now.url === null ? [] : urlChanges(old.url, now.url);
  return told.length === 0
    ? [recordDifference({ part: "a secret part of the URL" })]
    : told.map(recordDifference);
}

function byKey<T extends { instance: string; id: number }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((one) => [keyOf(one), one]));
}

function keyOf({ instance, id }: { instance: string; id: number }): string {
  return `${instance}/${id}`;
}

function nameOf({ instance, id, affiliateId, offerId }: RecordName): RecordName {
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
