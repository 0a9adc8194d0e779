import { type CompleteRow, type CsvField, type CsvFile, readPostbacksCsv } from "../../csv";
import { missingColumns } from "../../csv/header";
import { messages } from "../../csv/messages";
import { csvProblemLines } from "../../csv/problems";
import { CodedError } from "../../message";

/**
 * Reads a CSV of postbacks. Throws a message for people if it lacks a column, or none of its rows can be read.
 *
 * @param columns Fields that need a column; its cells may be empty.
 * @param needed Fields that each row needs.
 */
export function readRows<Needed extends CsvField = never>(
  text: string,
  file: string,
  columns: readonly CsvField[],
  needed: readonly Needed[] = [],
): CsvFile<CompleteRow<Needed>> {
  const csv = readPostbacksCsv(text, file, needed);
  const missing = csv.columns.length > 0 ? missingColumns(csv.columns, columns) : [];
  const problems = [...missing, ...csv.problems];
  if (missing.length > 0 || (csv.rows.length === 0 && problems.length > 0))
    throw new CodedError(messages.csvInvalid(csvProblemLines(file, problems)));
  return csv;
}
