import { notice } from "../message";

/** What a CSV must be, as it follows the file, the line and the column. */
export const phrases = {
  emptyCell: "must not be empty",
  repeatedColumn: "must be in the header only once",
  missingColumn: (spellings: readonly string[]) => `must have a column ${spellings.join(" or ")}`,
  openQuote: "must close the quotation mark that it opens",
  tooManyCells: (most: number) =>
    `must have at most ${most} values: quote a value that has the delimiter in it`,
  emptyFile: "must be a CSV, found an empty file",
  archive: "must be a CSV, found an Excel workbook or another archive: save its sheet as CSV",
  binary: "must be a CSV, found a binary file",
  markup: "must be a CSV, found an HTML or XML page, such as a login page",
  json: "must be a CSV, found JSON",
  noHeader: "must be a CSV with a header such as affiliate_id, offer_id, postback_url",
};

/** What the reader of a CSV says about a file. */
export const messages = {
  /**
   * A CSV has cells, rows or columns that cannot be read. Each line names the place, what must be there and what was
   * found; secrets in it are shown as `***`. Correct the file and run again. If a URL was cut at a comma, quote the
   * cell: most spreadsheets do that when they save a CSV.
   */
  csvInvalid: (problems: readonly string[]) => notice("csv-invalid", problems.join("\n")),
};
