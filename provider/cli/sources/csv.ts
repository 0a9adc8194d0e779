import { parse } from "csv-parse/sync";
import { fileText } from "../io";
import type { LiveRow, Source } from "./source";

/** The headers by which a column is found, compared without case, blanks and underscores. */
const COLUMNS = {
  id: ["postbackid", "id", "pixelid"],
  affiliateId: ["affiliateid", "affiliate", "affid", "partnerid"],
  offerId: ["offerid", "offer", "oid"],
  url: ["postbackurl", "url", "postback"],
  status: ["postbackstatus", "status", "pixelstatus"],
  type: ["postbacktype", "type"],
} as const satisfies Record<keyof LiveRow, readonly string[]>;

const WANTED = ["id", "url"] as const satisfies (keyof LiveRow)[];

/** Reads an export of an instance's postbacks, as CAKE's admin or a spreadsheet writes it. Throws a message for people. */
export function readCsvExport(file: string, instance: string, hosts: readonly string[]): Source {
  const records = recordsIn(file);
  const headers = headersIn(file, records[0] ?? {});
  const read = records.map((record) => rowOf(record, headers));
  const rows = read.filter((row): row is LiveRow => row !== undefined);
  const ids = new Set(rows.map(({ id }) => id));
  return {
    ...{ instance, hosts, kind: "csv", file, calls: 0 },
    rows: [...rows].sort((one, other) => one.id - other.id),
    flaws: [
      "a file cannot prove that it holds every postback, nor that it is of today",
      ...(rows.length < records.length
        ? [`${records.length - rows.length} of its rows have no readable id`]
        : []),
      ...(ids.size < rows.length ? ["it holds an id twice"] : []),
    ],
    statement:
      "A file that somebody exported. CAKE was not asked: what it left out, or what has changed since, cannot be seen here.",
  };
}

type CsvRecord = Readonly<Record<string, string>>;
type Headers = Partial<Record<keyof LiveRow, string>>;

function recordsIn(file: string): CsvRecord[] {
  try {
    return parse(fileText(file), { columns: true, bom: true, skip_empty_lines: true, trim: false });
  } catch (error) {
    throw new Error(`${file} cannot be read as CSV: ${error instanceof Error ? error.message : error}`);
  }
}

function headersIn(file: string, record: CsvRecord): Headers {
  const columns = Object.keys(COLUMNS) as (keyof LiveRow)[];
  const headers = Object.fromEntries(
    columns.flatMap((column) => {
      const names: readonly string[] = COLUMNS[column];
      const found = Object.keys(record).find((header) =>
        names.includes(header.toLowerCase().replace(/[^a-z]/g, "")),
      );
      return found === undefined ? [] : [[column, found]];
    }),
  ) as Headers;
  const lacking = WANTED.filter((column) => headers[column] === undefined);
  if (lacking.length > 0)
    throw new Error(
      `${file} has no column for ${lacking.map((column) => (column === "id" ? "the postback's id" : "its URL")).join(" and ")}. Name them "postback_id" and "postback_url"; affiliate_id, offer_id, postback_status and postback_type are read, too.`,
    );
  return headers;
}

function rowOf(record: CsvRecord, headers: Headers): LiveRow | undefined {
  const cell = (column: keyof LiveRow) => {
    const header = headers[column];
    return header === undefined ? "" : unquoted(record[header] ?? "");
  };
  const id = numberIn(cell("id"));
  if (id === null || id < 1) return undefined;
  return {
    ...{ id, affiliateId: numberIn(cell("affiliateId")), offerId: numberIn(cell("offerId")) },
    status: cell("status").trim().toLowerCase() || null,
    ...{ type: cell("type").trim() || null, url: cell("url") },
  };
}

// Our own CSV, and other careful ones, put a quote before what a spreadsheet would take for a formula.
function unquoted(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

// Admin pages write "Acme Media (67890)" as well as the number alone.
function numberIn(cell: string): number | null {
  const digits = /^\s*(\d{1,15})\s*$/.exec(cell)?.[1] ?? /\((\d{1,15})\)\s*$/.exec(cell)?.[1];
  return digits === undefined ? null : Number(digits);
}
