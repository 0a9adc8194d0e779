import { ownManifest } from "../../../manifest";
import type { Context } from "../context";
import type { Examination } from "../examine";
import { orderOf } from "../order";
import { callSettings } from "../recommendedSettings";
import type { CallRecorder } from "./calls";
import { publicPath } from "./publicPath";
import type { AnonymousDiscovery, AnonymousDoctorReport, AnonymousList, Magnitude } from "./report";

/** The report for strangers. It is made of what was measured, and takes no text from the instance or its answers. */
export async function anonymize(
  { report, context }: Examination,
  recorder: CallRecorder,
): Promise<AnonymousDoctorReport> {
  const isComplete = report.checks.every(({ found }) => found !== null);
  return {
    version: 1,
    exitCode: report.exitCode,
    software: { pulumiCake: ownManifest().version, node: process.version, platform: process.platform },
    checks: Object.fromEntries(
      report.checks.map(({ id, verdict, found }) => [id, found === null ? null : verdict]),
    ),
    // After a finding that ended the examination, nothing more is asked.
    list: isComplete ? await measuredList(context) : null,
    discovery: report.discovery && discoveryOf(report.discovery),
    ...recorder.calls,
    settings: settingsOf(context),
  };
}

async function measuredList(context: Context): Promise<AnonymousList | null> {
  const list = await context.list();
  if (list.kind !== "read") return null;
  const { rows, completenessIssues } = list.read;
  const [first, limit] = [await context.firstRow(), await context.pageLimit()];
  const isSeen = first.kind === "seen";
  return {
    path: publicPath(await context.listPath()),
    postbacks: magnitude(rows.size),
    affiliates: magnitude(new Set([...rows.values()].map(({ affiliateId }) => affiliateId)).size),
    isComplete: completenessIssues.length === 0,
    total: totalOf(
      list.pages.map(({ total }) => total),
      rows.size,
    ),
    firstRow: isSeen ? first.base : null,
    rowZero: isSeen && first.base === 1 ? first.rowZero : null,
    order: orderOf([...rows.keys()]) ?? null,
    pageLimit:
      limit === undefined || limit.isExact ? (limit ?? null) : { ...limit, rows: magnitude(limit.rows) },
    filters: (await context.filters()) ?? null,
  };
}

function totalOf(totals: readonly (number | undefined)[], rows: number): AnonymousList["total"] {
  if (totals.every((total) => total === undefined)) return "none";
  const last = totals.at(-1);
  if (last === undefined) return "onSomePages";
  return last === rows ? "right" : "wrong";
}

function magnitude(count: number): Magnitude {
  return count === 0 ? 0 : 10 ** (String(count).length - 1);
}

function discoveryOf({ path, ended, isBlind, candidates }: AnonymousDiscovery): AnonymousDiscovery {
  return {
    path: path && publicPath(path),
    ended,
    isBlind,
    candidates: candidates
      .filter(({ answer }) => answer !== "missing" && answer !== "notAsked")
      .map((one) => ({ path: publicPath(one.path), withKey: one.withKey, answer: one.answer })),
  };
}

function settingsOf({ settings, proxy }: Context): Record<string, string> {
  const { paths } = settings;
  const own = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, publicPath(path)]));
  return { ...callSettings(settings), paths: JSON.stringify(own), proxy: proxy?.from ?? "none" };
}
