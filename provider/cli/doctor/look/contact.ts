import { endpoints } from "../../../cake/endpoints";
import { readSuccess } from "../../../cake/envelope";
import { type Fact, type NotSeen, notThere, seen, unclear } from "../fact";
import type { Facts } from "../facts";
import type { Line } from "../line";

/** The record of what reached CAKE. Its rows are not looked at. */
const REQUEST_LOG = endpoints.logs.path;

/** Whether CAKE's request log answers: besides the list the only documented way to try a key by reading. */
export async function lookAtRequestLog(line: Line): Promise<Fact<true>> {
  const heard = await line.ask({
    path: REQUEST_LOG,
    fields: { start_at_row: 0, row_limit: 1 },
    key: "with",
    read: readSuccess,
  });
  if (heard.ok) return seen(true);
  const what = `${heard.what}, from GET ${REQUEST_LOG}`;
  return heard.kind === "missing" ? notThere(what) : unclear(what, heard.sign);
}

/** CAKE accepts a key if it says yes to any question that needs one. */
export function keyFact(list: Fact<unknown>, requestLog: Fact<true>): Facts["key"] {
  if (list.kind === "seen") return seen({ shownBy: "list" });
  if (requestLog.kind === "seen") return seen({ shownBy: "request log" });
  const refused = [list, requestLog].find((fact) => fact.sign === "keyRefused");
  return refused ? notThere(refused.why, "keyRefused") : whyUnclear(list, requestLog);
}

// The list's own words say most; where it was not asked, those of the log.
function whyUnclear(list: NotSeen, requestLog: NotSeen): NotSeen {
  const { why, sign } = list.kind === "notThere" ? requestLog : list;
  return unclear(why, sign);
}
