import { isCakeError } from "../../cake/errors";
import type { LogRead } from "../inventory/report";
import { progressOn } from "./progress";
import type { Reader } from "./reader";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Who wrote postbacks and when, from CAKE's request log. Throws a message for people.
 *
 * @param since When an earlier report was taken; without it the log is read as far back as its pages allow.
 */
export async function readLog(readers: readonly Reader[], since: string | undefined): Promise<LogRead> {
  const [reader, ...others] = readers;
  if (reader === undefined) throw new Error("--log asks CAKE: leave --csv out.");
  if (others.length > 0) throw new Error("--log reads the log of one instance: leave --instance out.");
  const progress = progressOn(process.stderr, "Reading the request log");
  const options = { onPage: progress.onPage, ...(since === undefined ? {} : { since: dayBefore(since) }) };
  const { writes, reachesBackTo, flaws } = await reader.client
    .loggedWrites(options)
    .catch((error: unknown) => {
      if (!isCakeError(error, "missing", "refused")) throw error;
      throw new Error(`${error.message} Without --log, the rest of the report can be made.`);
    })
    .finally(() => progress.done());
  return {
    instance: reader.instance.settings.domain ?? "",
    ...{ writes, reachesBackTo },
    statement: [STATEMENT, ...flaws.map((flaw) => `Not all of it: ${flaw}.`)].join(" "),
  };
}

// The log counts in days of the instance's own time zone, which no article tells.
function dayBefore(time: string): string {
  return new Date(Date.parse(time) - DAY_MS).toISOString().slice(0, 10);
}

const STATEMENT =
  "CAKE's request log has no bodies: it tells that somebody created or updated a postback, and not which one. Whether edits in CAKE's admin pages are in it is not documented.";
