import { decodeText } from "../files/decode";
import { COLUMNS, isField } from "./columns";
import { type Column, columnsIn, headerProblems } from "./header";
import { phrases } from "./messages";
import { type CsvProblem, shown } from "./problems";
import type { CompleteRow, CsvField, CsvRow } from "./row";
import { type Line, tableIn } from "./table";

/** The contents of a CSV of postbacks. */
export interface CsvFile<Row extends CsvRow = CsvRow> {
  /** The file's name, for {@link formatCsvProblems}. */
  readonly file: string;
  /** The postbacks that could be read and that have all needed fields. */
  readonly rows: readonly Row[];
  /** The fields for which the file has a column. */
  readonly columns: readonly CsvField[];
  /** The headers of all other columns. */
  readonly ignored: readonly string[];
  /** Everything that is wrong with the file; see {@link formatCsvProblems}. */
  readonly problems: readonly CsvProblem[];
}

/**
 * Reads postbacks from a CSV, as CAKE's admin, a spreadsheet or pulumi-cake writes it: UTF-8 or UTF-16, with commas,
 * semicolons or tabs, headers in any spelling (`Affiliate ID`, `affiliate_id`), IDs alone or as `Acme Media (67890)`.
 * It collects problems and throws none.
 *
 * @param contents The file's bytes, or its text.
 * @param file Its name.
 * @param needed Fields and other columns that every row must have: `["affiliateId", "postbackUrl", "slot"]`.
 */
export function readPostbacksCsv<Needed extends string = never>(
  contents: Uint8Array | string,
  file: string,
  needed: readonly Needed[] = [],
): CsvFile<CompleteRow<Needed>> {
  const table = tableIn(
    typeof contents === "string" ? contents.replace(/^\uFEFF/, "") : decodeText(contents),
  );
  const isTable = table.problems.every(({ line }) => line !== undefined);
  const columns = isTable ? columnsIn(table, needed) : [];
  const read = table.lines.map((line) => rowIn(line, columns, needed));
  return {
    file,
    rows: read.flatMap(({ row }) => row ?? []) as unknown as CompleteRow<Needed>[],
    columns: columns.map(({ name }) => name).filter(isField),
    ignored: columns.filter(({ name }) => !isField(name)).map(({ header }) => header),
    problems: [
      ...(isTable ? headerProblems(table, columns, needed) : []),
      ...read.flatMap(({ problems }) => problems),
      ...table.problems,
    ],
  };
}

function rowIn(
  { line, cells }: Line,
  columns: readonly Column[],
  needed: readonly string[],
): { readonly row?: CsvRow; readonly problems: readonly CsvProblem[] } {
  const most = (columns.at(-1)?.at ?? 0) + 1;
  // It is usually the rest of a URL, which may hold a secret, so it is not shown.
  if (!cells.slice(most).every(isBlank)) return { problems: [{ line, must: phrases.tooManyCells(most) }] };
  const problems: CsvProblem[] = [];
  const values = new Map<string, unknown>();
  const others: [header: string, cell: string][] = [];
  for (const { at, header, name } of columns) {
    const cell = cells[at] ?? "";
    const value = isField(name) && !isBlank(cell) ? COLUMNS[name].read(cell) : undefined;
    if (!isField(name)) others.push([name, cell]);
    else if (value !== undefined) values.set(name, value);
    const isWrong = isBlank(cell) ? needed.includes(name) : isField(name) && value === undefined;
    const must = isField(name) ? COLUMNS[name].must : phrases.emptyCell;
    if (isWrong) problems.push({ line, column: header, found: shown(cell.trim()), must });
  }
  const filled = new Set([
    ...values.keys(),
    ...others.flatMap(([name, cell]) => (isBlank(cell) ? [] : name)),
  ]);
  if (!needed.every((name) => filled.has(name))) return { problems };
  return { problems, row: { line, ...Object.fromEntries(values), others: Object.fromEntries(others) } };
}

function isBlank(cell: string): boolean {
  return cell.trim() === "";
}
