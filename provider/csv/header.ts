import { COLUMNS, headersOf, isField, plainHeader } from "./columns";
import { phrases } from "./messages";
import type { CsvProblem } from "./problems";
import type { CsvField } from "./row";
import type { Line, Table } from "./table";

/** A column of a file. */
export interface Column {
  readonly at: number;
  /** As it is spelled in the file. */
  readonly header: string;
  /** The field that it holds, else the column's own name. */
  readonly name: CsvField | (string & {});
}

/** The columns of a file that have a header, in the order of the file. */
export function columnsIn({ header, lines }: Table, needed: readonly string[]): Column[] {
  const plain = header.cells.map(plainHeader);
  const fieldAt = new Map<number, CsvField>();
  for (const field of Object.keys(COLUMNS) as CsvField[]) {
    const at = headersOf(field)
      .map((name) => plain.indexOf(name))
      .find((at, index) => at >= 0 && holdsField(field, index, at, lines));
    if (at !== undefined) fieldAt.set(at, field);
  }
  return header.cells.flatMap((cell, at) => {
    const own = needed.find((name) => plainHeader(name) === plain[at]) ?? cell.trim();
    return plain[at] === "" ? [] : [{ at, header: cell.trim(), name: fieldAt.get(at) ?? own }];
  });
}

// Some programs write only names under "Affiliate".
function holdsField(field: CsvField, index: number, at: number, lines: readonly Line[]): boolean {
  const { headers, read } = COLUMNS[field];
  if (index < headers.length) return true;
  const cells = lines.map(({ cells }) => cells[at] ?? "").filter((cell) => cell.trim() !== "");
  return cells.filter((cell) => read(cell) !== undefined).length * 2 > cells.length;
}

/** Which columns are missing, and which are repeated, so that it is unclear which one is meant. */
export function headerProblems(
  { header: { line } }: Table,
  columns: readonly Column[],
  needed: readonly string[],
): CsvProblem[] {
  const twice = columns.filter(({ at, header, name }) => {
    const isUsed = isField(name) || needed.includes(name);
    return isUsed && columns.some((one) => one.at !== at && plainHeader(one.header) === plainHeader(header));
  });
  return [
    ...twice.map(({ header }) => ({ line, column: header, must: phrases.repeatedColumn })),
    ...missingColumns(
      columns.map(({ name }) => name),
      needed,
    ),
  ];
}

/** The problem of each field or other column that a file has no column for. */
export function missingColumns(found: readonly string[], needed: readonly string[]): CsvProblem[] {
  return needed
    .filter((name) => !found.includes(name))
    .map((name) => ({ must: phrases.missingColumn(spellings(name)) }));
}

function spellings(name: string): readonly string[] {
  if (!isField(name)) return [name];
  const { headers, nameHeaders = [] } = COLUMNS[name];
  return [...headers, ...nameHeaders];
}
