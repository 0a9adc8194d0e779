import { parse } from "csv-parse/sync";
import { isKnownHeader } from "./columns";
import { unescapeFormula } from "./formulas";
import { phrases } from "./messages";
import type { CsvProblem } from "./problems";

/** The lines of a CSV, whatever program wrote it. */
export interface Table {
  readonly header: Line;
  readonly lines: readonly Line[];
  /** Why this cannot be read as a CSV. */
  readonly problems: readonly CsvProblem[];
}

export interface Line {
  /** Its number in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = ["\t", ";", ","];
// Excel reads the delimiter from such a first line, and some programs write it for Excel.
const SEPARATOR_LINE = /^"?sep=(?<delimiter>[^\w\s"]|\t)"?[,;\t]*(?:\r\n|\n|\r)/i;

/** Splits the text of a CSV into cells; it skips empty lines and lines of empty cells only. */
export function tableIn(text: string): Table {
  const separator = SEPARATOR_LINE.exec(text);
  const body = text.slice(separator?.[0].length ?? 0);
  const firstLine = /\S.*/.exec(body)?.[0] ?? "";
  const { lines, openQuoteAt } = split(body, separator?.groups?.delimiter ?? delimiterOf(firstLine));
  const inFile = (line: number) => line + (separator ? 1 : 0);
  const [header, ...others] = lines.map(({ line, cells }) => ({ line: inFile(line), cells }));
  if (header === undefined || /^[<{[]/.test(firstLine) || !header.cells.some(isKnownHeader))
    return { header: { line: 1, cells: [] }, lines: [], problems: [{ must: mustBeCsv(text) }] };
  // Everything after the quotation mark is lost, so no line is read.
  if (openQuoteAt !== undefined)
    return { header, lines: [], problems: [{ line: inFile(openQuoteAt), must: phrases.openQuote }] };
  return { header, lines: others, problems: [] };
}

function split(text: string, delimiter: string): { lines: Line[]; openQuoteAt?: number } {
  const errors: unknown[] = [];
  const lines: Line[] = [];
  parse(text, {
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_quotes: true,
    relax_column_count: true,
    // One error remains: a quotation mark that is never closed, which swallows the rest of the file.
    skip_records_with_error: true,
    on_skip: (error) => void errors.push(error),
    // At once, so that the parser keeps nothing of a record.
    on_record: (record: string[], { lines: line }) => {
      lines.push({ line, cells: record.map(unescapeFormula) });
      return null;
    },
  });
  return {
    lines: lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")),
    ...(errors.length > 0 ? { openQuoteAt: (lines.at(-1)?.line ?? 0) + 1 } : {}),
  };
}

/** The delimiter with which most headers are known. It is a tab if there is only one column. */
function delimiterOf(firstLine: string): string {
  const splits = DELIMITERS.map((delimiter) => {
    const cells = split(firstLine, delimiter).lines[0]?.cells ?? [];
    return { delimiter, score: cells.filter(isKnownHeader).length * 1000 + cells.length };
  });
  return splits.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

function mustBeCsv(text: string): string {
  const start = text.trimStart();
  if (start === "") return phrases.emptyFile;
  if (start.startsWith("PK\u0003\u0004") || start.startsWith("ÐÏ\u0011à")) return phrases.archive;
  if (isBinary(start)) return phrases.binary;
  if (start.startsWith("<")) return phrases.markup;
  if (/^[{[]/.test(start)) return phrases.json;
  return phrases.noHeader;
}

function isBinary(text: string): boolean {
  const sample = text.slice(0, 1000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they distinguish a binary file from text.
  return sample.replace(/[^\u0000-\u0008\u000e-\u001f\ufffd]/g, "").length > sample.length / 20;
}
