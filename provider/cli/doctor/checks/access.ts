import { endpoints } from "../../../cake/endpoints";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import type { ListResult } from "../list";
import { advice, keyAdvice } from "../messages";
import type { FailureKind, Reply } from "../probe";
import type { Candidate } from "../report";

/** Whether CAKE answers this address and accepts this key. */
export const ACCESS_CHECKS: readonly Check[] = [
  { id: "allowList", title: "Allow-list", run: checkAllowList },
  { id: "key", title: "API key", run: checkKey },
  { id: "expectedIds", title: "Expected postbacks", run: checkExpectedIds },
];

// Answers of a candidate for the list that CAKE gives to a key which it accepts.
const SUCCESSES: ReadonlySet<Candidate["answer"]> = new Set([
  "postbacks",
  "empty",
  "emptyUnnamed",
  "noRows",
  "other",
]);

type Log = Reply<true> | undefined;

// Answers that only CAKE gives: a web server in front of it answers 404, too.
const ONLY_FROM_CAKE: ReadonlySet<FailureKind> = new Set(["key", "refused"]);

async function checkAllowList(context: Context): Promise<Finding> {
  const reachable: Finding = { found: "CAKE answers this address", verdict: "ok" };
  const list = await context.list();
  if (list.kind === "read") return reachable;
  const log = await context.log();
  const failures = failuresOf(list, log);
  if (log?.ok || failures.some((failure) => ONLY_FROM_CAKE.has(failure))) return reachable;
  if (context.probe.wasAnswered)
    return { found: "no answer shows whether CAKE accepts this address", verdict: "unknown" };
  return { found: answersText(list, log), verdict: "problem", advice: advice.ignored, isLast: true };
}

/** CAKE accepts a key if any call that needs one succeeds. */
async function checkKey(context: Context): Promise<Finding> {
  const list = await context.list();
  if (list.kind === "read") return { found: "accepted: CAKE returned its list", verdict: "ok" };
  const candidates = (await context.discovery())?.candidates ?? [];
  const isAccepted = candidates.some(({ answer }) => SUCCESSES.has(answer));
  if (isAccepted) return { found: "accepted: CAKE answered a call that needs it", verdict: "ok" };
  const log = await context.log();
  if (log?.ok) return { found: "accepted: CAKE returned its request log", verdict: "ok" };
  const failures = failuresOf(list, log);
  if (failures.includes("key")) {
    const found = `rejected: ${answersText(list, log)}`;
    return { found, verdict: "problem", advice: keyAdvice.key, isLast: true };
  }
  // A missing path says less than any other answer.
  const clearest = failures.find((failure) => failure !== "missing") ?? "missing";
  return { found: answersText(list, log), verdict: "unknown", advice: keyAdvice[clearest], isLast: true };
}

function failuresOf(list: ListResult, log: Log): FailureKind[] {
  return [list, log].flatMap((one) => (one && "failure" in one ? [one.failure] : []));
}

function answersText(list: ListResult, log: Log): string {
  const ofList = list.kind === "read" ? "read" : list.what;
  return log === undefined || log.ok
    ? ofList
    : `list: ${ofList}; request log: ${log.what} (GET ${endpoints.logs.path})`;
}

async function checkExpectedIds(context: Context): Promise<Finding> {
  const list = await context.list();
  const { expectIds } = context.options;
  if (list.kind !== "read") return { found: "the list was not read", verdict: "unknown" };
  if (expectIds.length === 0) return { found: "none given", verdict: "unknown", advice: advice.expectIds };
  const shown = expectIds.filter((id) => list.read.rows.has(id));
  const missing = expectIds.filter((id) => !list.read.rows.has(id));
  const found = [
    ...(shown.length > 0 ? [`shown: ${shown.join(", ")}`] : []),
    ...(missing.length > 0 ? [`not shown: ${missing.join(", ")}`] : []),
  ].join("; ");
  if (missing.length === 0) return { found, verdict: "ok" };
  return list.read.completenessIssues.length > 0
    ? { found, verdict: "unknown", advice: advice.notShownByPart }
    : { found, verdict: "problem", advice: advice.wrongNetwork };
}
