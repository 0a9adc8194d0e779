import { type CsvRow, formatCsvProblem } from "../../../csv";
import { readRows } from "../postbacksCsv";
import { readFile } from "../text";
import type { LiveRow, Source } from "./source";

/** Reads an export of an instance's postbacks, as CAKE's admin or a spreadsheet writes it. Throws a message for people. */
export function readCsvExport(file: string, instance: string, hosts: readonly string[]): Source {
  const { rows, problems } = readRows(readFile(file), file, ["postbackUrl"], ["postbackId"]);
  // A CSV of this command holds what only a state has, too, and may hold several instances with equal ids.
  const own = rows.filter(
    (row) => (row.instance === undefined || hosts.includes(row.instance)) && row.others.seen !== "no",
  );
  const byId = new Map([...own].reverse().map((row) => [row.postbackId, liveRow(row, row.postbackId)]));
  const unread = new Set(problems.map(({ line }) => line)).size;
  const [first] = problems;
  const flaw = (count: number, what: string) => (count > 0 ? [`of its rows, ${count} ${what}`] : []);
  return {
    instance,
    hosts,
    kind: "csv",
    file,
    calls: 0,
    rows: [...byId.values()].sort((one, other) => one.id - other.id),
    incomplete: [
      "a file cannot prove that it holds every postback, nor that it is of today",
      ...flaw(unread, `could not be read in full, first ${first && formatCsvProblem(file, first)}`),
      ...flaw(rows.length - own.length, "were of another instance, or not seen at CAKE, and left out"),
      ...flaw(own.length - byId.size, "repeated an id, of which the first was taken"),
      ...flaw([...byId.values()].filter(({ url }) => url === "").length, "had no URL, which is not compared"),
    ],
    isReadInPart: unread > 0,
    statement:
      "A file that somebody exported. CAKE was not asked: what it left out, or what has changed since, cannot be seen here.",
  };
}

function liveRow(row: CsvRow, id: number): LiveRow {
  const { affiliateId = null, offerId = null, postbackUrl: url = "" } = row;
  const { postbackStatus: status = null, postbackType: type = null } = row;
  return { id, affiliateId, offerId, status, type, url };
}
