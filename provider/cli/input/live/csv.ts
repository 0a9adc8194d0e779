import { parse } from "csv-parse/sync";
import { unescapeFormula } from "../../../csv/formulas";
import { readFile } from "../text";
import type { LiveRow, Source } from "./source";

/** The headers by which a column is found, compared without case, blanks and underscores, the most telling first. */
const COLUMNS = {
  id: ["postbackid", "id", "pixelid"],
  affiliateId: [
    "affiliateid",
    "sourceaffiliateid",
    "affid",
    "partnerid",
    "affiliate",
    "sourceaffiliate",
    "partner",
  ],
  offerId: ["offerid", "siteofferid", "oid", "offer", "siteoffer"],
  url: ["postbackurl", "url", "postback"],
  status: ["postbackstatus", "status", "pixelstatus"],
  type: ["postbacktype", "type"],
} as const satisfies Record<keyof LiveRow, readonly string[]>;

const WANTED = ["id", "url"] as const satisfies (keyof LiveRow)[];

/** Reads an export of an instance's postbacks, as CAKE's admin or a spreadsheet writes it. Throws a message for people. */
export function readCsvExport(file: string, instance: string, hosts: readonly string[]): Source {
  const { header, lines, broken } = linesIn(file);
  const columns = columnsIn(file, header);
  const named = (line: Line, name: string) => line[header.indexOf(name)] ?? "";
  // A CSV of this command holds what only a state has, too, and may hold several instances with equal ids.
  const isOwn = (line: Line) =>
    ["", ...hosts].includes(named(line, "instance")) && named(line, "seen") !== "no";
  const own = lines.filter(isOwn);
  const read = own.flatMap((line) => rowOf(line, columns) ?? []);
  const unread = broken + own.length - read.length;
  const rows = new Map([...read].reverse().map((row) => [row.id, row]));
  const flaw = (count: number, what: string) => (count > 0 ? [`of its rows, ${count} ${what}`] : []);
  return {
    ...{ instance, hosts, kind: "csv", file, calls: 0 },
    rows: [...rows.values()].sort((one, other) => one.id - other.id),
    flaws: [
      "a file cannot prove that it holds every postback, nor that it is of today",
      ...flaw(unread, "could not be read, or had no id"),
      ...flaw(lines.length - own.length, "were of another instance, or not seen at CAKE, and left out"),
      ...flaw(read.length - rows.size, "repeated an id, of which the first was taken"),
      ...flaw([...rows.values()].filter(({ url }) => url === "").length, "had no URL, which is not compared"),
    ],
    isReadInPart: unread > 0,
    statement:
      "A file that somebody exported. CAKE was not asked: what it left out, or what has changed since, cannot be seen here.",
  };
}

type Line = readonly string[];
type Columns = Partial<Record<keyof LiveRow, number>>;

interface Lines {
  readonly header: Line;
  readonly lines: readonly Line[];
  /** Rows that are no rows of this table. */
  readonly broken: number;
}

function linesIn(file: string): Lines {
  const text = readFile(file);
  const wrong: (string | undefined)[] = [];
  const [header = [], ...lines]: string[][] = parse(text, {
    ...{ bom: true, skip_empty_lines: true, relax_quotes: true, delimiter: delimiterOf(text) },
    skip_records_with_error: true,
    on_skip: (error) => void wrong.push(error?.code),
  });
  // It swallows all that follows, which is no matter of one row.
  if (wrong.includes("CSV_QUOTE_NOT_CLOSED"))
    throw new Error(`${file} cannot be read as CSV: a quotation mark in it is never closed.`);
  return { header, lines, broken: wrong.length };
}

// Spreadsheets write what their country puts between columns.
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const counted = [",", ";", "\t"].map((one) => ({ one, count: first.split(one).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.one ?? ",";
}

function columnsIn(file: string, header: Line): Columns {
  const plain = header.map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const columns: Columns = {};
  for (const [column, names] of Object.entries(COLUMNS) as [keyof LiveRow, readonly string[]][]) {
    // The most telling name first: beside "Affiliate ID", a column "Affiliate" holds names.
    const found = names.map((name) => plain.indexOf(name)).find((at) => at >= 0);
    if (found !== undefined) columns[column] = found;
  }
  const lacking = WANTED.filter((column) => columns[column] === undefined);
  if (lacking.length > 0)
    throw new Error(
      `${file} has no column for ${lacking.map((column) => (column === "id" ? "the postback's id" : "its URL")).join(" and ")}. Name them "postback_id" and "postback_url"; affiliate_id, offer_id, postback_status and postback_type are read, too.`,
    );
  return columns;
}

function rowOf(line: Line, columns: Columns): LiveRow | undefined {
  const cell = (column: keyof LiveRow) => {
    const at = columns[column];
    return at === undefined ? "" : unescapeFormula(line[at] ?? "");
  };
  const id = numberIn(cell("id"));
  if (id === null || id < 1) return undefined;
  return {
    ...{ id, affiliateId: numberIn(cell("affiliateId")), offerId: numberIn(cell("offerId")) },
    status: cell("status").trim().toLowerCase() || null,
    ...{ type: cell("type").trim() || null, url: cell("url") },
  };
}

// Admin pages write "Acme Media (67890)" as well as the number alone.
function numberIn(cell: string): number | null {
  const digits = /^\s*(\d{1,15})\s*$/.exec(cell)?.[1] ?? /\((\d{1,15})\)\s*$/.exec(cell)?.[1];
  return digits === undefined ? null : Number(digits);
}
