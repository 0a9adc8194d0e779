import { type CsvRow, formatCsvProblem } from "../../../csv";
import { doubts, statements } from "../messages";
import { readRows } from "../postbacksCsv";
import { readFile } from "../text";
import type { LiveRow, Source } from "./source";

/** Reads an export of an instance's postbacks, as CAKE's admin or a spreadsheet writes it. Throws a message for people. */
export function readCsvExport(file: string, instance: string, hosts: readonly string[]): Source {
  const { rows, problems } = readRows(readFile(file), file, ["postbackUrl"], ["postbackId"]);
  // A CSV of this command holds what only a state has, too, and may hold several instances with equal ids.
  const own = rows.filter(
    (row) => (row.instance === undefined || hosts.includes(row.instance)) && row.others.live !== "no",
  );
  const byId = new Map([...own].reverse().map((row) => [row.postbackId, liveRow(row, row.postbackId)]));
  const unread = new Set(problems.map(({ line }) => line)).size;
  const [first] = problems;
  const flaw = (count: number, what: string) => (count > 0 ? [doubts.rows(count, what)] : []);
  return {
    instance,
    hosts,
    kind: "csv",
    file,
    calls: 0,
    rows: [...byId.values()].sort((one, other) => one.id - other.id),
    incomplete: [
      doubts.file,
      ...(first === undefined ? [] : flaw(unread, doubts.unreadableRows(formatCsvProblem(file, first)))),
      ...flaw(rows.length - own.length, doubts.otherRows),
      ...flaw(own.length - byId.size, doubts.repeatedRows),
      ...flaw([...byId.values()].filter(({ url }) => url === "").length, doubts.rowsWithoutUrl),
    ],
    isReadInPart: unread > 0,
    statement: statements.csv,
  };
}

const STATED = ["clickIdSlot", "overlapUntil", "postbackTypeId"] as const;

function liveRow(row: CsvRow, id: number): LiveRow {
  const { affiliateId = null, offerId = null, postbackUrl: url = "" } = row;
  const { postbackStatus: status = null, postbackType: type = null } = row;
  const stated = Object.fromEntries(
    STATED.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])),
  );
  return {
    id,
    affiliateId,
    offerId,
    status,
    type,
    url,
    ...(Object.keys(stated).length === 0 ? {} : { stated }),
  };
}
