import { stringify } from "csv-stringify/sync";
import { headerOf, isField } from "./columns";
import { escapeFormula } from "./formulas";
import type { CsvRow } from "./row";

/** A postback to write. */
export type CsvValues = Partial<Omit<CsvRow, "line">>;

/**
 * Writes postbacks as a CSV that {@link readPostbacksCsv} reads back unchanged. No cell of it can become a formula in a
 * spreadsheet.
 *
 * @param columns Fields of a postback by their names in {@link CsvRow}, and headers of `others`, in the order of the
 * file.
 */
export function writePostbacksCsv(columns: readonly string[], rows: readonly CsvValues[]): string {
  const lines = rows.map((row) =>
    columns.map((column) => {
      const value = isField(column) ? row[column] : row.others?.[column];
      return typeof value === "string" ? escapeFormula(value) : value;
    }),
  );
  return [
    stringify([columns.map((column) => escapeFormula(headerOf(column)))]),
    // With every text quoted, a program that splits lines at ";" finds the same columns.
    stringify(lines, { quoted_string: true, quoted_empty: false }),
  ].join("");
}
