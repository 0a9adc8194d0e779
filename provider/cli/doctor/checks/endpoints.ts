import { endpoints } from "../../../cake/endpoints";
import { settings as allSettings } from "../../../settings/settings";
import { answerShape, MISSING_PATH } from "../answerShape";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import { advice, findings } from "../messages";
import type { RecommendedSetting } from "../report";

/** The other endpoints, and how fast all of them answer. */
export const ENDPOINT_CHECKS: readonly Check[] = [
  { id: "create", title: "Create", run: checkCreate },
  { id: "update", title: "Update", run: checkUpdate },
  { id: "requestLog", title: "Request log", run: checkRequestLog },
  { id: "answers", title: "Answers", run: checkAnswers },
];

/*
 * Searches for the endpoints that write, without a request that could write.
 *
 * A POST is out of the question, also one without an ID or without changes: older CAKE endpoints read 0 and "" as
 * values. Even a GET with the key could write, as older CAKE endpoints do. So this sends no key and no fields: any
 * stranger could send the same. It also requests a path that cannot exist, and the documented create. The answer for
 * the update means something only if CAKE answers these two differently.
 */
async function checkCreate(context: Context): Promise<Finding> {
  const { missingPath, create } = await answerShapes(context);
  return missingPath !== undefined && create !== undefined && create !== missingPath
    ? { found: "exists; documented by CAKE", verdict: "ok" }
    : {
        found: `documented by CAKE; ${findings.cannotTell}`,
        verdict: "unknown",
        advice: advice.writeUnknown,
      };
}

async function checkUpdate(context: Context): Promise<Finding> {
  const { settings } = context;
  if (settings.endpoints === "documented")
    return { found: 'cake:endpoints is "documented"', verdict: "warning", advice: advice.updateNotUsed };
  const { missingPath, create } = await answerShapes(context);
  const path = settings.paths.update ?? endpoints.update.path;
  const update = answerShape(await context.probe.sendWithoutKey(path), path);
  if (update === undefined || missingPath === undefined || create === undefined || create === missingPath)
    return { found: findings.cannotTell, verdict: "unknown", advice: advice.writeUnknown };
  if (update === create)
    return { found: "exists; only a write shows what it does", verdict: "ok", advice: advice.writeUnknown };
  if (update !== missingPath) {
    return { found: findings.answersLikeNeither, verdict: "unknown", advice: advice.writeUnknown };
  }
  const found = findings.answersLikeMissing;
  return { found, verdict: "problem", advice: advice.updateMissing, settings: await onlyDocumented(context) };
}

// Without a list and without updates, only what CAKE documents is left.
async function onlyDocumented(context: Context): Promise<RecommendedSetting[]> {
  const list = await context.list();
  if (list.kind !== "failed" || list.failure !== "missing") return [];
  return [{ name: "endpoints", value: "documented", why: "both the list and the update are missing" }];
}

async function answerShapes(context: Context) {
  const { path } = endpoints.create;
  // Where the list has the path of the create, a GET is answered by the list, and says nothing of endpoints that write.
  const isList = (await context.listPath()) === path;
  return {
    missingPath: answerShape(await context.missingPath(), MISSING_PATH),
    create: isList ? undefined : answerShape(await context.create(), path),
  };
}

async function checkRequestLog(context: Context): Promise<Finding> {
  const log = await context.log();
  if (log === undefined) return { found: "not read", verdict: "unknown" };
  if (log.ok) return { found: "exists", verdict: "ok" };
  const found = `${log.what} (GET ${endpoints.logs.path})`;
  return log.failure === "missing"
    ? { found, verdict: "warning", advice: advice.logMissing }
    : { found, verdict: "unknown" };
}

function checkAnswers({ probe, settings }: Context): Finding {
  const times = [...probe.answerTimes].sort((one, other) => one - other);
  const [median = 0, slowest = 0] = [times[Math.floor(times.length / 2)], times.at(-1)];
  const found = `${times.length}: median ${median} ms, slowest ${slowest} ms`;
  if (probe.throttled > 0) {
    const why = findings.throttled(probe.throttled);
    const fewer = String(Math.max(1, Math.floor(settings.concurrency / 4)));
    const setting = { name: "concurrency", value: fewer, why } as const;
    const slowed = `${found}; CAKE asked to slow down: ${probe.throttled} times`;
    return { found: slowed, verdict: "warning", advice: advice.throttled, settings: [setting] };
  }
  // Three times the slowest answer, because the instance may be slower under load.
  const seconds = Math.min(allSettings.requestTimeout.most, Math.ceil((slowest * 3) / 1000));
  if (seconds * 1000 <= settings.requestTimeoutMs) return { found, verdict: "ok" };
  const why = `the slowest answer took ${slowest} ms`;
  const setting = { name: "requestTimeout", value: String(seconds), why } as const;
  return { found, verdict: "warning", advice: advice.slow, settings: [setting] };
}
