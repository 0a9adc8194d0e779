import { endpoints } from "../../../cake/endpoints";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import type { WholeList } from "../list";
import { ADVICE, KEY_ADVICE } from "../messages";
import type { Reply, Trouble } from "../probe";

/** Whether CAKE listens to this address and to this key. */
export const ACCESS_CHECKS: readonly Check[] = [
  { id: "allowList", title: "Allow-list", look: lookAtAllowList },
  { id: "key", title: "API key", look: lookAtKey },
  { id: "expectedIds", title: "Expected postbacks", look: lookForExpectedIds },
];

type Log = Reply<true> | undefined;

// What only CAKE says: a web server in front of it answers 404, too.
const SAID_BY_CAKE: ReadonlySet<Trouble> = new Set(["key", "refused"]);

async function lookAtAllowList(context: Context): Promise<Finding> {
  const listens: Finding = { found: "CAKE answers this address", verdict: "ok" };
  const list = await context.list();
  if (list.kind === "read") return listens;
  const log = await context.log();
  const troubles = troublesOf(list, log);
  if (log?.ok || troubles.some((trouble) => SAID_BY_CAKE.has(trouble))) return listens;
  if (context.probe.wasAnswered)
    return { found: "no answer shows whether CAKE listens to this address", verdict: "unknown" };
  return { found: whatCame(list, log), verdict: "problem", advice: ADVICE.ignored, isEnd: true };
}

/** CAKE accepts a key if it says yes to any call that needs one. */
async function lookAtKey(context: Context): Promise<Finding> {
  const list = await context.list();
  if (list.kind === "read") return { found: "accepted: CAKE showed its list", verdict: "ok" };
  const log = await context.log();
  if (log?.ok) return { found: "accepted: CAKE showed its request log", verdict: "ok" };
  const troubles = troublesOf(list, log);
  if (troubles.includes("key")) {
    const found = `not accepted: ${whatCame(list, log)}`;
    return { found, verdict: "problem", advice: KEY_ADVICE.key, isEnd: true };
  }
  // A path that is not there says less than anything that is.
  const telling = troubles.find((trouble) => trouble !== "missing") ?? "missing";
  return { found: whatCame(list, log), verdict: "unknown", advice: KEY_ADVICE[telling], isEnd: true };
}

function troublesOf(list: WholeList, log: Log): Trouble[] {
  return [list, log].flatMap((one) => (one && "trouble" in one ? [one.trouble] : []));
}

function whatCame(list: WholeList, log: Log): string {
  const ofList = list.kind === "read" ? "read" : list.what;
  return log === undefined || log.ok
    ? ofList
    : `list: ${ofList}; request log: ${log.what} (GET ${endpoints.logs.path})`;
}

async function lookForExpectedIds(context: Context): Promise<Finding> {
  const list = await context.list();
  const { expectIds } = context;
  if (list.kind !== "read") return { found: "there is no list to look in", verdict: "unknown" };
  if (expectIds.length === 0) return { found: "none named", verdict: "unknown", advice: ADVICE.expectIds };
  const shown = expectIds.filter((id) => list.read.rows.has(id));
  const lacking = expectIds.filter((id) => !list.read.rows.has(id));
  const found = [
    ...(shown.length > 0 ? [`shown: ${shown.join(", ")}`] : []),
    ...(lacking.length > 0 ? [`not shown: ${lacking.join(", ")}`] : []),
  ].join("; ");
  if (lacking.length === 0) return { found, verdict: "ok" };
  return list.read.completenessIssues.length > 0
    ? { found, verdict: "unknown", advice: ADVICE.notShownByPart }
    : { found, verdict: "problem", advice: ADVICE.wrongNetwork };
}
