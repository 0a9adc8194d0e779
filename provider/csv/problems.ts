import { formatMessage } from "../message";
import { maskText } from "../postback/secrets";
import { messages } from "./messages";

/** Something that is wrong with a CSV. */
export interface CsvProblem {
  /** The line, from 1; undefined if the problem concerns the file. */
  readonly line?: number;
  /** The column's header as it is spelled in the file. */
  readonly column?: string;
  /** The cell that was found, masked and shortened. */
  readonly found?: string;
  /** What was expected: "must be a CAKE affiliate ID such as 67890". */
  readonly must: string;
}

const MAX_SHOWN = 20;
const MAX_FOUND_LENGTH = 60;

/** A problem for people: `partners.csv, line 3, column Offer ID: must be …, found "…"`. It shows no secret of a URL. */
export function formatCsvProblem(file: string, { line, column, found, must }: CsvProblem): string {
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${shown(column)}`]),
  ];
  const quoted = found === undefined ? "" : `, found ${found === "" ? "nothing" : `"${shown(found)}"`}`;
  return `${[file, ...place].join(", ")}: ${must}${quoted}`;
}

/** All problems of a file for people, one per line: the first twenty, and how many more there are. */
export function formatCsvProblems(file: string, problems: readonly CsvProblem[]): string {
  if (problems.length === 0) return "";
  return formatMessage(messages.csvInvalid(csvProblemLines(file, problems)));
}

/** The lines of {@link formatCsvProblems}, for a report that has its own words around them. */
export function csvProblemLines(file: string, problems: readonly CsvProblem[]): string[] {
  const inOrder = [...problems].sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  const lines = inOrder.slice(0, MAX_SHOWN).map((problem) => formatCsvProblem(file, problem));
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`${file}: ${more} more problems`] : [])];
}

/** A text of the file that is safe to show: with secrets masked, shortened, and without control characters. */
export function shown(text: string): string {
  const harmless = maskText(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
  const letters = [...harmless.slice(0, 2 * MAX_FOUND_LENGTH)];
  return letters.length > MAX_FOUND_LENGTH ? `${letters.slice(0, MAX_FOUND_LENGTH).join("")}…` : harmless;
}
